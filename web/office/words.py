"""States in the office's words: an adjective and its tone. Pure data."""

from django.utils.translation import gettext_lazy as _

# subject of the lifecycle -> state -> (word, tone of components/status.html)
WORDS = {
    "call": {
        "draft": (_("draft"), "todo"),
        "open": (_("open"), "doing"),
        "closed": (_("closed"), "done"),
        "finished": (_("finished"), "closed"),
    },
    "dossier": {
        "draft": (_("draft"), "todo"),
        "submitted": (_("submitted"), "time"),
        "lapsed": (_("lapsed"), "closed"),
        "withdrawn": (_("withdrawn"), "closed"),
        "eligible": (_("eligible"), "doing"),
        "ineligible": (_("not eligible"), "closed"),
        "under_review": (_("under review"), "doing"),
        "ranked": (_("ranked"), "doing"),
        "selected": (_("selected"), "done"),
        "reserve": (_("in reserve"), "time"),
        "not_selected": (_("not selected"), "closed"),
        "offered": (_("offered"), "time"),
        "accepted": (_("accepted"), "done"),
        "declined": (_("declined"), "closed"),
        "enrolled": (_("enrolled"), "done"),
    },
    "reference request": {
        "created": (_("not sent yet"), "todo"),
        "sent": (_("sent"), "doing"),
        "opened": (_("opened"), "doing"),
        "received": (_("received"), "done"),
        "declined": (_("declined"), "problem"),
        "bounced": (_("bounced"), "problem"),
        "replaced": (_("replaced"), "closed"),
    },
    "assignment": {
        "proposed": (_("not started"), "todo"),
        "in_progress": (_("in progress"), "doing"),
        "submitted": (_("submitted"), "done"),
        "locked": (_("counted"), "done"),
        "conflicted": (_("conflict declared"), "closed"),
    },
    "ranking": {
        "computed": (_("computed"), "doing"),
        "approved": (_("approved"), "done"),
        "superseded": (_("superseded"), "closed"),
    },
    "offer": {
        "prepared": (_("prepared"), "todo"),
        "sent": (_("sent"), "time"),
        "accepted": (_("accepted"), "done"),
        "declined": (_("declined"), "closed"),
        "expired": (_("expired"), "closed"),
        "withdrawn": (_("withdrawn"), "closed"),
    },
    "needs case": {
        "noted": (_("noted"), "todo"),
        "requested": (_("waits for evidence"), "time"),
        "evidence_held": (_("to be ruled on"), "doing"),
        "approved": (_("approved"), "done"),
        "refused": (_("refused"), "closed"),
        "reported": (_("reported"), "done"),
        "withdrawn": (_("taken back"), "closed"),
    },
    "enrolment": {
        "pre_enrolled": (_("pre-enrolled"), "todo"),
        "enrolled": (_("enrolled"), "doing"),
        "on_leave": (_("on leave"), "time"),
        "withdrawn": (_("withdrawn"), "closed"),
        "completed": (_("completed"), "done"),
        "graduated": (_("graduated"), "done"),
    },
    "allocation round": {
        "draft": (_("draft"), "todo"),
        "open": (_("open"), "doing"),
        "closed": (_("closed"), "time"),
        "decided": (_("decided"), "doing"),
        "published": (_("published"), "done"),
    },
    "placement": {
        "planned": (_("planned"), "todo"),
        "announced": (_("announced"), "doing"),
        "accepted_by_host": (_("accepted by the host"), "doing"),
        "refused": (_("refused"), "problem"),
        "arrived": (_("arrived"), "done"),
        "departed": (_("departed"), "done"),
        "recognised": (_("recognised"), "done"),
        "cancelled": (_("cancelled"), "closed"),
    },
}


def said(subject: str, state: str) -> tuple[str, str]:
    """Word and tone; a state without words of ours is told as it is."""
    word, tone = WORDS.get(subject, {}).get(state, (state.replace("_", " "), "todo"))
    return str(word), tone


def choices(subject: str) -> list[tuple[str, str]]:
    """For a filter: every state of a subject, in the order of its life."""
    return [(state, str(word)) for state, (word, _tone) in WORDS[subject].items()]

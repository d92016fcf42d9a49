"""States of an admission: tables, as data. Printed to docs/states.md."""

from consortium.lifecycle import Lifecycle


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


CALL = Lifecycle(
    "call",
    "draft",
    {
        "open": (_from("draft"), "open"),
        "extend": (_from("open"), "open"),
        "close": (_from("open"), "closed"),
        "finish": (_from("closed"), "finished"),
    },
)

# domain.md 6.3, "Application".
DOSSIER = Lifecycle(
    "dossier",
    "draft",
    {
        "submit": (_from("draft"), "submitted"),
        "reopen": (_from("submitted"), "draft"),
        "lapse": (_from("draft"), "lapsed"),
        "withdraw": (
            _from("draft", "submitted", "eligible", "under_review", "ranked"),
            "withdrawn",
        ),
        "find_eligible": (_from("submitted", "ineligible"), "eligible"),
        "find_ineligible": (_from("submitted", "eligible"), "ineligible"),
        "assign": (_from("eligible", "under_review"), "under_review"),
        "rank": (_from("eligible", "under_review", "ranked"), "ranked"),
        "select": (_from("ranked", "reserve"), "selected"),
        "hold_in_reserve": (_from("ranked"), "reserve"),
        "pass_over": (_from("ranked", "reserve"), "not_selected"),
        "offer": (_from("selected"), "offered"),
        "accept": (_from("offered"), "accepted"),
        "decline": (_from("offered"), "declined"),
        "expire": (_from("offered"), "declined"),
        "enrol": (_from("accepted"), "enrolled"),
    },
)

REFERENCE = Lifecycle(
    "reference request",
    "created",
    {
        "send": (_from("created", "sent", "opened", "bounced"), "sent"),
        "open": (_from("sent", "opened"), "opened"),
        "receive": (_from("sent", "opened", "received"), "received"),
        "decline": (_from("sent", "opened"), "declined"),
        "bounce": (_from("sent", "opened"), "bounced"),
        "replace": (_from("created", "sent", "opened", "declined", "bounced"), "replaced"),
    },
)

ASSIGNMENT = Lifecycle(
    "assignment",
    "proposed",
    {
        "declare": (_from("proposed"), "in_progress"),
        "recuse": (_from("proposed", "in_progress"), "conflicted"),
        "submit": (_from("in_progress"), "submitted"),
        "reopen": (_from("submitted"), "in_progress"),
        "lock": (_from("submitted"), "locked"),
    },
)

RANKING = Lifecycle(
    "ranking",
    "computed",
    {
        "approve": (_from("computed"), "approved"),
        "supersede": (_from("computed"), "superseded"),
    },
)

OFFER = Lifecycle(
    "offer",
    "prepared",
    {
        "send": (_from("prepared"), "sent"),
        "accept": (_from("sent"), "accepted"),
        "decline": (_from("sent"), "declined"),
        "expire": (_from("sent"), "expired"),
        "withdraw": (_from("prepared", "sent"), "withdrawn"),
    },
)

# domain.md 1.4. What somebody noted in a draft nobody else sees; "request" is the submission.
NEEDS_CASE = Lifecycle(
    "needs case",
    "noted",
    {
        "request": (_from("noted", "withdrawn", "refused"), "requested"),
        "hold_evidence": (_from("requested", "refused"), "evidence_held"),
        "await_evidence": (_from("evidence_held"), "requested"),
        "approve": (_from("evidence_held", "approved"), "approved"),
        "refuse": (_from("requested", "evidence_held", "approved"), "refused"),
        "report": (_from("approved"), "reported"),
        "withdraw": (_from("requested", "evidence_held", "refused"), "withdrawn"),
    },
)

"""Where a dossier stands, in words a person of twelve understands. Pure."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Stage:
    """word: an adjective. tone: of components/status.html. then: what happens next."""

    word: Promise
    tone: str
    then: Promise


STAGES: dict[str, Stage] = {
    "draft": Stage(
        _("Not sent yet"),
        "time",
        _("Only you can see it. It counts once you submit it, before the deadline."),
    ),
    "submitted": Stage(
        _("Submitted"), "done", _("The office checks the formal rules after the deadline.")
    ),
    "lapsed": Stage(
        _("Not submitted in time"),
        "closed",
        _("The deadline passed while this was a draft, so it does not take part."),
    ),
    "withdrawn": Stage(_("Withdrawn"), "closed", _("You took this dossier back.")),
    "eligible": Stage(
        _("Formally in order"), "doing", _("Reviewers of several partners read it next.")
    ),
    "ineligible": Stage(
        _("Not eligible"), "closed", _("A formal rule of the call is not met; it says which below.")
    ),
    "under_review": Stage(
        _("Under review"), "doing", _("Reviewers of several partners read and score it.")
    ),
    "ranked": Stage(
        _("Reviewed"), "doing", _("All reviews are in; the selection committee decides.")
    ),
    "selected": Stage(_("Selected"), "done", _("The office prepares an offer for you.")),
    "reserve": Stage(
        _("On the reserve list"),
        "doing",
        _("You get an offer if a place becomes free. We write to you either way."),
    ),
    "not_selected": Stage(
        _("Not selected"), "closed", _("The places went to others. Thank you for applying.")
    ),
    "offered": Stage(_("Offered a place"), "time", _("Answer the offer before its deadline.")),
    "accepted": Stage(_("Accepted"), "done", _("You took the place; you are being enrolled.")),
    "declined": Stage(_("Declined"), "closed", _("The place was not taken.")),
    "enrolled": Stage(_("Enrolled"), "done", _("Your semesters are under “My studies”.")),
}
# A place on the list is not published; these only say that the dossier can still be taken back.
CAN_BE_WITHDRAWN = frozenset({"draft", "submitted", "eligible", "under_review", "ranked"})
HAS_OFFER = frozenset({"offered", "accepted", "declined", "enrolled"})

REFEREE: dict[str, tuple[Promise, str]] = {
    "created": (_("Not asked yet"), "todo"),
    "sent": (_("Asked"), "doing"),
    "opened": (_("Opened by the referee"), "doing"),
    "received": (_("Letter received"), "done"),
    "declined": (_("Declined"), "problem"),
    "bounced": (_("Address does not work"), "problem"),
    "replaced": (_("Replaced"), "closed"),
}

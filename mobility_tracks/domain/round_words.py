"""What a round says of itself, in the same words to students, office and programs."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.models import AllocationRound
from mobility_tracks.placement import PROPERTIES, PolicyKind

SILENCE = gettext_lazy(
    "Whoever ranks nothing finds every host equally good and gets whichever seat lets the others"
    " have their wishes."
)
SILENCE_ON_TRACKS = gettext_lazy(
    "Whoever ranks nothing finds every track equally good and gets whichever lets the others have"
    " their wishes."
)
LEFT_OUT = gettext_lazy(
    "Hosts that are not ranked count as one last wish, all equally good. A host marked as not"
    " possible is never given by the procedure, only by the office, by hand and for a reason."
)
TRACKS_LEFT_OUT = gettext_lazy(
    "Tracks that are not ranked count as one last wish, all equally good. A track marked as not"
    " possible is never given by the procedure, only by the office, by hand and for a reason."
)


class Property(NamedTuple):
    """One line of what a round promises. `key` is for programs, `label` for people."""

    key: str
    label: str | Promise
    text: str | Promise


def properties_of(round_: AllocationRound) -> Iterator[Property]:
    """What was settled before the round opened. Needs `intake` and `period`."""
    yield Property("procedure", _("How it is decided"), PROPERTIES[PolicyKind(round_.policy)])
    if round_.merit_basis:
        text = _("%(basis)s. It is fixed for everybody when the round opens.")
        basis = round_.merit_basis.rstrip(".")
        yield Property("merit", _("Merit is"), text % {"basis": basis})
    yield Property("participants", _("Who takes part"), _participants(round_))
    yield Property("silence", _("Silence means"), silence_of(round_))
    if round_.is_of_tracks:
        yield Property("left_out", _("Tracks you leave out"), TRACKS_LEFT_OUT)
        every = _(
            "The plan has a track for every student, and a seat wherever the track settles it."
        )
        yield Property("places", _("A track for everybody"), every)
        later = _("What a track leaves open is chosen later, semester by semester.")
        yield Property("later", _("Settled later"), later)
    else:
        yield Property("left_out", _("Hosts you leave out"), LEFT_OUT)
        every = _("The plan has a place for every student.")
        yield Property("places", _("A place for everybody"), every)
    text = _("Broken by lot with the published seed %(seed)s: anybody can repeat it.")
    yield Property("ties", _("Ties"), text % {"seed": round_.seed})
    yield Property("frozen", _("Frozen"), _frozen(round_))


def silence_of(round_: AllocationRound) -> str | Promise:
    return SILENCE_ON_TRACKS if round_.is_of_tracks else SILENCE


def _participants(round_: AllocationRound) -> str:
    if round_.period is None:
        return _("Everybody enrolled in %(intake)s who has no track yet.") % {
            "intake": round_.intake.name
        }
    told = _("Everybody enrolled in %(intake)s who has no place in %(period)s yet.")
    return told % {"intake": round_.intake.name, "period": round_.period.title}


def _frozen(round_: AllocationRound) -> str:
    if round_.state == "draft":
        return _("Procedure, seats and seed can no longer change once the round is open.")
    return _("Procedure, seats and seed have not changed since the round opened.")

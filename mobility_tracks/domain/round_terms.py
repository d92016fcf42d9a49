"""What a round is drafted with, and what is wrong with it. No row is written here."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NotRequired, TypedDict

from django.utils.translation import gettext as _

from consortium.errors import Invalid
from mobility_tracks.models import AllocationRound
from mobility_tracks.programme.scalars import vocabulary

MOST_SEATS = 32_767
LONGEST_SEED = 40
LONGEST_BASIS = 200
Rooms = Mapping[str, tuple[int, int]]


class Terms(TypedDict):
    """`seats`: least and most by code of an offering of the period, or of a track; one left out is
    not in the round. `rooms`: of a round for tracks, least and most by code of an offering on their
    way, for all tracks together; one left out is not counted. `merit_basis`: what merit is, in words
    for students; for the policy that respects it, and for no other."""

    title: str
    opens_at: datetime
    closes_at: datetime
    zone: str
    policy: str
    seed: str
    seats: Rooms
    rooms: NotRequired[Rooms]
    merit_basis: NotRequired[str]


def check_terms(terms: Terms) -> None:
    """Raises Invalid with every field to blame."""
    fields = dict(_faults(terms)) | dict(_basis_faults(terms))
    if fields:
        raise Invalid(_("A round says for what, until when and by which procedure."), fields=fields)


def _faults(terms: Terms) -> Iterator[tuple[str, str]]:
    if not 0 < len(terms["title"].strip()) <= 200:  # noqa: PLR2004 - as the column is long
        yield "title", _("Give a title of at most 200 characters.")
    if terms["opens_at"].tzinfo is None or terms["closes_at"].tzinfo is None:
        yield "opens_at", _("Say in which zone the times are.")
    elif terms["opens_at"] >= terms["closes_at"]:
        yield "closes_at", _("The deadline comes after the opening.")
    if terms["zone"] not in vocabulary("zone"):
        yield "zone", _("Choose a time zone, such as Europe/Paris.")
    if terms["policy"] not in AllocationRound.Policy.values:
        yield "policy", _("Choose one of the published procedures.")
    if not 0 < len(terms["seed"].strip()) <= LONGEST_SEED:
        yield "seed", _("Give a seed of at most %(n)d characters.") % {"n": LONGEST_SEED}
    if not terms["seats"]:
        yield "seats", _("Say which hosts, or tracks, take part, with their seats.")
    bad = [
        code
        for rooms in (terms["seats"], terms.get("rooms", {}))
        for code, (least, most) in rooms.items()
        if not 0 <= least <= most <= MOST_SEATS
    ]
    if bad:
        told = _("%(codes)s: the least number of seats is at most the most.")
        yield "seats", told % {"codes": ", ".join(bad)}


def _basis_faults(terms: Terms) -> Iterator[tuple[str, str]]:
    basis = terms.get("merit_basis", "").strip()
    is_by_merit = terms["policy"] == AllocationRound.Policy.MERIT_RESPECTED
    if is_by_merit and not 0 < len(basis) <= LONGEST_BASIS:
        told = _("Say what merit is, in at most %(n)d characters: students read it.")
        yield "merit_basis", told % {"n": LONGEST_BASIS}
    elif basis and not is_by_merit:
        yield "merit_basis", _("Only the procedure that respects merit has one: leave it empty.")

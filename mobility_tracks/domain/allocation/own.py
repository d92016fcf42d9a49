"""What a round has on offer for one student, and what the rules close to them, before any wish."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mobility_tracks.domain.allocation.choices import OnOffer
from mobility_tracks.domain.allocation.ground import ground_of
from mobility_tracks.domain.stays import stays_beside
from mobility_tracks.models import AllocationRound, Enrolment
from mobility_tracks.placement import Verdict


@dataclass(frozen=True)
class Own:
    """`closed`: by code, what is not open to the student, and why, in the names of what is offered.
    `together`: sentences of the rules that the plan keeps for all students together."""

    offered: OnOffer
    closed: Mapping[str, Verdict]
    together: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """Of the choices, by code."""
        return {code: choice.title for code, choice in self.offered.choices.items()}


def own_ground(round_: AllocationRound, enrolment: Enrolment) -> Own:
    """Judged by the code that decides the round, for this student alone.

    Needs an `acting` context that sees the student's announced stays: their own is enough. As many
    queries for many choices as for one.
    """
    ground = ground_of(round_)
    stays = list(stays_beside(round_).filter(enrolment=enrolment))
    found = ground.closed(enrolment, stays)
    names = ground.offered.names
    closed = {
        code: replace(verdict, fact=in_names(verdict.fact, names))
        for code, verdict in found.items()
    }
    return Own(ground.offered, closed, tuple(ground.reading.told))


def in_names(sentence: str, names: Mapping[str, str]) -> str:
    """The pure package speaks in codes; people read names."""
    if not names:
        return sentence
    codes = "|".join(map(re.escape, names))
    return re.sub(rf"(?<![\w-])({codes})(?![\w-])", lambda found: names[found[0]], sentence)

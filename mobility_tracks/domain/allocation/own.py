"""What a round has on offer for one student, and what the rules close to them, before any wish."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mobility_tracks.domain.allocation.ground import ground_of
from mobility_tracks.domain.stays import stays_elsewhere
from mobility_tracks.models import AllocationRound, Enrolment, Offering
from mobility_tracks.placement import Verdict


@dataclass(frozen=True)
class Own:
    """By offering code: what is `closed` to the student, and why, in the names of `offerings`."""

    offerings: Mapping[str, Offering]
    closed: Mapping[str, Verdict]

    @property
    def names(self) -> dict[str, str]:
        return names_of(self.offerings)


def own_ground(round_: AllocationRound, enrolment: Enrolment) -> Own:
    """Judged by the code that decides the round, for this student alone.

    Needs an `acting` context that sees the student's announced stays: their own is enough. As many
    queries for many offerings as for one.
    """
    ground = ground_of(round_)
    stays = list(stays_elsewhere(round_.period_id).filter(enrolment=enrolment))
    found = ground.closed(ground.student(enrolment, stays), stays)
    names = names_of(ground.offerings)
    closed = {
        code: replace(verdict, fact=in_names(verdict.fact, names))
        for code, verdict in found.items()
    }
    return Own(ground.offerings, closed)


def names_of(offerings: Mapping[str, Offering]) -> dict[str, str]:
    """Title by code; who offers it, where it has none."""
    return {code: row.title or row.host.institution.name for code, row in offerings.items()}


def in_names(sentence: str, names: Mapping[str, str]) -> str:
    """The pure package speaks in codes; people read names."""
    if not names:
        return sentence
    codes = "|".join(map(re.escape, names))
    return re.sub(rf"(?<![\w-])({codes})(?![\w-])", lambda found: names[found[0]], sentence)

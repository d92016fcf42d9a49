"""The stage on which a version's rules are read for one round: what is offered, what came before.

Everything is plain data, so that the reading of rules needs no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mobility_tracks.calendar import year_of_study
from mobility_tracks.domain.allocation.choices import OnOffer, by_period, passing
from mobility_tracks.domain.stays import STOPS, STUDY
from mobility_tracks.models import Offering, Period, Placement, ProgrammeVersion
from mobility_tracks.placement import Problem, Seats, Stay

_SEATS = "seats."


@dataclass(frozen=True)
class Scene:
    """What a round offers of a version. `through`: by offering code, the options that lead there; in
    a round for one period each is its own. `periods`: by period code, its offerings on offer.
    `limits`: by offering code, what holds its seats: the option itself or a group of tracks.
    `first`: when the first period begins."""

    version: ProgrammeVersion
    through: Mapping[str, tuple[str, ...]]
    periods: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, str]
    first: str
    least_credits: float

    @property
    def rules(self) -> list[dict[str, Any]]:
        rules: list[dict[str, Any]] = self.version.rules
        return rules

    def stay(self, of: Offering | Placement) -> Stay:
        """Where it is, and whether it counts for mandatory mobility (domain.md 1.2).

        Assumption: a stay counts at full partners, in a semester or term, with the credits that the
        version asks for; a thesis does not. Needs `period` and `host__institution`.
        """
        period, institution = of.period, of.host.institution
        credits_held = period.ects if of.ects is None else of.ects
        is_study = period.kind in STUDY and of.host.kind != "associated"
        return Stay(
            period=period.code,
            host=institution.key,
            country=institution.country,
            counts=is_study and credits_held >= self.least_credits,
            year=year_of_study(period.starts, first=self.first),
        )


def scene_of(version_id: UUID, offered: OnOffer) -> Scene:
    """Needs an `acting` context."""
    version = ProgrammeVersion.objects.get(pk=version_id)
    stops = Period.objects.filter(version=version, parent=None, kind__in=STOPS)
    first = stops.order_by("position").first()
    own = {code: code for code, choice in offered.choices.items() if choice.track is None}
    return Scene(
        version=version,
        through=passing(offered.choices),
        periods=by_period(offered.choices),
        limits=own | {code: seats_id(code) for code in offered.rooms},
        first=first.starts if first else "",
        least_credits=_least_credits(version),
    )


def seats_id(offering: str) -> str:
    """The id of the group that holds the seats of an offering for all tracks together. No key of a
    programme file has a dot, so it is nobody else's."""
    return f"{_SEATS}{offering}"


def rooms_in(problem: Problem) -> dict[str, Seats]:
    """Seats by code of each option, and of each offering that several tracks pass."""
    options = {option.id: option.seats for option in problem.options}
    shared = {g.id.removeprefix(_SEATS): g.seats for g in problem.groups if g.seats}
    return options | {code: seats for code, seats in shared.items() if code not in options}


def _least_credits(version: ProgrammeVersion) -> float:
    asked = [r["parameters"] for r in version.rules if r["kind"] == "mandatory_mobility"]
    return max((p.get("ects_each") or 0 for p in asked), default=0)

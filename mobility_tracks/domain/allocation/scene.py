"""The stage on which a version's rules are read for one period: what is offered, what came before.

Everything is plain data, so that the reading of rules needs no database.
"""

from dataclasses import dataclass
from typing import Any

from mobility_tracks.calendar import year_of_study
from mobility_tracks.domain.stays import STOPS, STUDY
from mobility_tracks.models import Offering, Period, Placement, ProgrammeVersion
from mobility_tracks.placement import Stay


@dataclass(frozen=True)
class Scene:
    """One period of a version. `offered`: codes. `first`: when the first period begins."""

    version: ProgrammeVersion
    period: Period
    offered: tuple[str, ...]
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


def scene_of(period: Period, offerings: list[Offering]) -> Scene:
    """Needs an `acting` context. `offerings`: those of the period that are on offer."""
    version = ProgrammeVersion.objects.get(pk=period.version_id)
    stops = Period.objects.filter(version=version, parent=None, kind__in=STOPS)
    first = stops.order_by("position").first()
    return Scene(
        version=version,
        period=period,
        offered=tuple(offering.code for offering in offerings),
        first=first.starts if first else "",
        least_credits=_least_credits(version),
    )


def _least_credits(version: ProgrammeVersion) -> float:
    asked = [r["parameters"] for r in version.rules if r["kind"] == "mandatory_mobility"]
    return max((p.get("ects_each") or 0 for p in asked), default=0)

"""Tracks as lines: the same row of stations on the programme page, in the dossier and in the offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from consortium.actor import Actor
from mobility_tracks.models import Offering, Track, TrackStep
from web.pictures.adapters import hosts_by_period, stop_of
from web.stations import LineStop


@dataclass(frozen=True, slots=True)
class Line:
    """A track with its stops, in the order of study."""

    track: Track
    stops: tuple[LineStop, ...]

    @property
    def codes(self) -> str:
        return " – ".join(stop.stations[0].code for stop in self.stops if stop.stations)


def lines_of(
    version_id: UUID, *, actor: Actor, offerings: Sequence[Offering] | None = None
) -> list[Line]:
    """Every track of a version. Two queries, three where `offerings` are not at hand yet."""
    if offerings is None:
        rows = Offering.objects.for_actor(actor, "view").for_listing()
        offerings = list(rows.filter(period__version_id=version_id))
    by_key = {offering.pk: offering for offering in offerings}
    steps = TrackStep.objects.for_actor(actor, "view").filter(track__version_id=version_id)
    by_track: dict[object, list[TrackStep]] = {}
    for step in steps.select_related("period").order_by("period__position"):
        by_track.setdefault(step.track_id, []).append(step)
    tracks = Track.objects.for_actor(actor, "view").filter(version_id=version_id)
    return [Line(t, _stops(by_track.get(t.pk, []), by_key)) for t in tracks]


def _stops(steps: list[TrackStep], offerings: Mapping[UUID, Offering]) -> tuple[LineStop, ...]:
    every = hosts_by_period(offerings.values())
    stops = []
    for period_id, group in groupby(steps, key=lambda step: step.period_id):
        of_period = list(group)
        named = (offerings.get(step.offering_id) for step in of_period if step.offering_id)
        chosen = [offering.host for offering in named if offering]
        stops.append(stop_of(of_period[0].period, chosen or every.get(period_id, [])))
    return tuple(stop for stop in stops if stop.stations)

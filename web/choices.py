"""What a round offers, as pages show it: a host as its station, a track as its row of stations."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from consortium.actor import Actor
from mobility_tracks.domain.allocation.choices import Choice, name_on_way
from mobility_tracks.models import Offering
from web.lines import lines_of
from web.pictures.adapters import station_of
from web.stations import LineStop, Station


@dataclass(frozen=True, slots=True)
class Shown:
    """`station`: of a host, None for a track; `stops`: of a track, those left open included."""

    code: str
    title: str
    station: Station | None = None
    stops: tuple[LineStop, ...] = ()


def host_shown(offering: Offering) -> Shown:
    """A host on the way of tracks, in its period."""
    return Shown(offering.code, name_on_way(offering), station_of(offering.host))


def shown_of(choices: Mapping[str, Choice], version_id: UUID, *, actor: Actor) -> dict[str, Shown]:
    """By code. No query for hosts, two or three for tracks. Needs an `acting` context."""
    tracks = {code for code, choice in choices.items() if choice.track is not None}
    lines = lines_of(version_id, actor=actor) if tracks else []
    stops = {line.track.code: line.stops for line in lines}
    return {
        code: Shown(code, choice.title, stops=stops.get(code, ()))
        if code in tracks
        else Shown(code, choice.title, station_of(choice.offering.host))
        for code, choice in choices.items()
    }

"""From rows to what the pictures take: the one place that knows both. Reads attributes only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility_tracks.domain import flows
from mobility_tracks.models import Offering, Period
from partners.models import Partnership
from web.pictures.path_strip import StripStop
from web.pictures.tracks import Column, Flow, Stop, TrackMap
from web.stations import SHAPES, LineStop, Station

_CHOICE = 4  # more hosts than this are "a laboratory", not a list
_LAB, _ANY = _NAMELESS = ("lab", "any")  # codes of partners are in capitals
_CROWD = 6  # more hosts than this in one column hide the others
NOBODY_KNOWS = Station(code="?", colour=5, shape="drop")


def station_of(partnership: Partnership) -> Station:
    """Needs `institution` loaded. A shape that nobody draws becomes a circle."""
    return _station(
        code=partnership.code,
        name=partnership.institution.name,
        colour=partnership.colour,
        shape=partnership.shape,
    )


def _station(*, code: str, name: str, colour: int, shape: str) -> Station:
    return Station(
        code=code, name=name, colour=colour, shape=shape if shape in SHAPES else "circle"
    )


def stop_of(period: Period, hosts: Sequence[Partnership], *, when: str = "") -> LineStop:
    """One period of a line; many hosts to choose from become one nameless station."""
    found = tuple({host.pk: station_of(host) for host in hosts}.values())
    return LineStop(
        stations=found if len(found) <= _CHOICE else (_any_of(period, len(found)),),
        title=period.title,
        when=when,
        state="" if len(found) == 1 else "open",
    )


def _any_of(period: Period, hosts: int) -> Station:
    code, name = _nameless(period.kind, hosts)
    return Station(code=code, name=name, colour=5, shape="drop")


def _nameless(kind: str, hosts: int) -> tuple[str, str]:
    """Code and name of many hosts to choose from: laboratories, where they host theses."""
    if kind == Period.Kind.THESIS:
        name = ngettext("%(n)d laboratory", "one of %(n)d laboratories", hosts)
        return _LAB, name % {"n": hosts}
    return _ANY, ngettext("%(n)d host", "one of %(n)d hosts", hosts) % {"n": hosts}


def hosts_by_period(offerings: Iterable[Offering]) -> dict[object, list[Partnership]]:
    """Hosts per period key, each once, in the order of the offerings."""
    found: dict[object, dict[object, Partnership]] = {}
    for offering in offerings:
        found.setdefault(offering.period_id, {})[offering.host_id] = offering.host
    return {period: list(hosts.values()) for period, hosts in found.items()}


def gathered(told: flows.TrackMap) -> flows.TrackMap:
    """The map with one nameless station in place of each crowd: hosts that are named elsewhere.

    Eleven laboratories side by side hide the three hosts that one really chooses among.
    """
    crowded = {
        i: _crowd(column) for i, column in enumerate(told.columns) if len(column.stations) > _CROWD
    }
    columns = tuple(
        replace(column, stations=(crowded[i],)) if i in crowded else column
        for i, column in enumerate(told.columns)
    )
    legs: dict[tuple[int, str, str], int] = {}
    for flow in told.flows:
        here, there = crowded.get(flow.from_column), crowded.get(flow.from_column + 1)
        leg = (
            flow.from_column,
            here.code if here else flow.from_code,
            there.code if there else flow.to_code,
        )
        legs[leg] = legs.get(leg, 0) + flow.students
    return flows.TrackMap(columns, tuple(flows.Flow(*leg, n) for leg, n in legs.items()))


def names_nobody(told: flows.TrackMap) -> bool:
    """Every period is a crowd, so that there is nothing to draw but nameless stations."""
    return all(stop.code in _NAMELESS for column in told.columns for stop in column.stations)


def _crowd(column: flows.Column) -> flows.Stop:
    seats = [stop.seats for stop in column.stations]
    code, name = _nameless(column.kind, len(column.stations))
    return flows.Stop(
        code=code,
        name=name,
        kind="network",
        colour=5,
        shape="drop",
        city="",
        country="",
        seats=sum(filter(None, seats)) if None not in seats else None,
        students=sum(stop.students for stop in column.stations),
    )


def track_map_of(told: flows.TrackMap) -> TrackMap | None:
    """None where there is nothing to draw: fewer than two periods with hosts."""
    if len(told.columns) < 2:
        return None
    return TrackMap(
        columns=tuple(
            Column(
                code=column.code,
                title=column.title,
                when=column.when,
                stations=tuple(_drawn(stop) for stop in column.stations),
            )
            for column in told.columns
        ),
        flows=tuple(
            Flow(flow.from_column, flow.from_code, flow.to_code, flow.students)
            for flow in told.flows
        ),
    )


def _drawn(stop: flows.Stop) -> Stop:
    station = station_at(stop)
    return Stop(
        code=station.code,
        name=station.name,
        kind=stop.kind,
        colour=station.colour,
        shape=station.shape,
        seats=stop.seats,
    )


def station_at(stop: flows.Stop) -> Station:
    """The station of a stop that `mobility_tracks.domain.flows` read."""
    return _station(code=stop.code, name=stop.name, colour=stop.colour, shape=stop.shape)


def strip_of(path: Sequence[flows.PathStop]) -> tuple[StripStop, ...]:
    """A student's stops; where the host is not known yet, a nameless station."""
    return tuple(
        StripStop(
            station=station_at(stop.stop) if stop.stop else NOBODY_KNOWS,
            period=stop.title,
            dates=dates_of(stop),
            state=stop.state,
            credits=_("%(n)s ECTS") % {"n": stop.ects} if stop.stop else "",
        )
        for stop in path
    )


def dates_of(stop: flows.PathStop) -> str:
    return " – ".join(date_format(day, "j M Y") for day in (stop.starts_on, stop.ends_on) if day)

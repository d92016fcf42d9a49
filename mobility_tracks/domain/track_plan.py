"""The stops of a programme's paths, as plain data for pictures: periods, and hosts in each."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consortium.actor import Actor
from mobility_tracks.calendar import nominal, resolve
from mobility_tracks.domain.stays import STOPS
from mobility_tracks.models import Offering, Period, ProgrammeVersion


@dataclass(frozen=True, slots=True)
class Stop:
    """A host in one period. `kind`: that of the institution; seats None: nobody counted them.

    planned: those of the students who are not announced yet. confirmed: the host itself said how
    many it takes, at all that it offers in the period. host_id: of the partnership.
    """

    code: str
    name: str
    kind: str
    colour: int
    shape: str
    city: str
    country: str
    seats: int | None = None
    students: int = 0
    planned: int = 0
    confirmed: bool = False
    host_id: int = 0


Counts = Counter[tuple[UUID, int]]  # by period and host


@dataclass(frozen=True, slots=True)
class Column:
    """A semester, term or thesis, with the hosts that offer it. `when`: its months in words."""

    code: str
    title: str
    when: str
    stations: tuple[Stop, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many students go from a host in one column to a host in the next. 0: possible, nobody."""

    from_column: int
    from_code: str
    to_code: str
    students: int = 0


@dataclass(frozen=True, slots=True)
class TrackMap:
    columns: tuple[Column, ...]
    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class PathStop:
    """One period of a student's path. state: done, here, next, or open while no host is known.

    `placement_state` is the placement's own; `stop` is None while open, and `choices` are then the
    hosts that offer the period.
    """

    period: str
    title: str
    kind: str
    state: str
    starts_on: date | None
    ends_on: date | None
    ects: str
    stop: Stop | None = None
    choices: tuple[Stop, ...] = ()
    placement_id: object = None
    placement_state: str = ""
    reason: str = ""


class TrackPlan:
    """The periods that are stops of a path, and what is offered in them: three queries."""

    def __init__(self, version_id: UUID, actor: Actor, year: int | None = None) -> None:
        self.year = year
        periods = Period.objects.for_actor(actor, "view").filter(
            version_id=version_id, parent=None, kind__in=STOPS
        )
        offerings = Offering.objects.for_actor(actor, "view").filter(period__in=periods)
        self.offered: dict[object, list[Offering]] = {}
        for offering in offerings.for_listing():
            self.offered.setdefault(offering.period_id, []).append(offering)
        self.periods = [p for p in periods.order_by("position") if p.pk in self.offered]
        versions = ProgrammeVersion.objects.for_actor(actor, "view").filter(pk=version_id)
        told = versions.values_list("texts__facts__optional", flat=True).first()
        self.optional = frozenset(told or ())
        self.column_of = {period.pk: i for i, period in enumerate(self.periods)}
        self.codes = {
            offering.host_id: offering.host.code
            for rows in self.offered.values()
            for offering in rows
        }

    def without_unused(self, used: Collection[object]) -> None:
        """Leave out optional periods that nobody uses: the ways past them would break there."""
        self.periods = [p for p in self.periods if p.code not in self.optional or p.pk in used]
        self.column_of = {period.pk: i for i, period in enumerate(self.periods)}

    def columns(
        self, seats: Mapping[UUID, int], students: Counts, planned: Counts
    ) -> tuple[Column, ...]:
        """seats: those that hosts confirmed, by offering."""
        return tuple(
            Column(
                code=period.code,
                title=period.title,
                when=self.when(period),
                stations=tuple(
                    replace(
                        stop,
                        students=students[period.pk, stop.host_id],
                        planned=planned[period.pk, stop.host_id],
                    )
                    for stop in self._stops(period, seats)
                ),
                kind=period.kind,
            )
            for period in self.periods
        )

    def _stops(self, period: Period, seats: Mapping[UUID, int]) -> Iterator[Stop]:
        """A host once, with the seats of all it offers in the period."""
        by_host: dict[object, list[Offering]] = {}
        for offering in self.offered[period.pk]:
            by_host.setdefault(offering.host_id, []).append(offering)
        for rows in by_host.values():
            counted = [seats.get(row.pk, row.max_seats) for row in rows]
            known = [count for count in counted if count is not None]
            total = sum(known) if len(known) == len(counted) else None
            confirmed = all(row.pk in seats for row in rows)
            yield replace(stop_of(rows[0]), seats=total, confirmed=confirmed)

    def when(self, period: Period) -> str:
        """Feb to Jun 2028 for an intake, February to June without a year."""
        if self.year is not None:
            begin, end = (resolve(text, year=self.year) for text in (period.starts, period.ends))
            form = "M Y"
        else:
            begin, end = (_month(text) for text in (period.starts, period.ends))
            form = "F"
        if begin is None or end is None:
            return ""
        first = "M" if self.year is not None and begin.year == end.year else form
        return _("%(first)s to %(last)s") % {
            "first": date_format(begin, first),
            "last": date_format(end, form),
        }


def stop_of(offering: Offering) -> Stop:
    """The station at which an offering is given. Needs `host__institution`."""
    host, institution = offering.host, offering.host.institution
    return Stop(
        code=host.code,
        name=institution.name,
        kind=institution.kind,
        colour=host.colour,
        shape=host.shape,
        city=institution.city,
        country=institution.country,
        host_id=host.pk,
    )


def _month(text: str) -> date | None:
    day = nominal(text)
    return date(2001, day.month, 1) if day else None

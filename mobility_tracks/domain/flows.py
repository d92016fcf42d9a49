"""Who goes where: the data of the track map, of the public map, and of one student's path.

Every function takes a constant number of queries, whatever the number of students.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.calendar import nominal, resolve
from mobility_tracks.domain.stays import GONE, STOPS
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Intake,
    Offering,
    Period,
    Placement,
    ProgrammeVersion,
    RoundSeats,
    TrackStep,
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A host in one period. `kind`: that of the institution; seats None: nobody counted them."""

    code: str
    name: str
    kind: str
    colour: int
    shape: str
    city: str
    country: str
    seats: int | None = None
    students: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A semester, term or thesis, with the hosts that offer it. `when`: its months in words."""

    code: str
    title: str
    when: str
    stations: tuple[Stop, ...]


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


_STATES = {"arrived": "here", "departed": "done", "recognised": "done"}


def flows(intake: Intake, *, actor: Actor) -> TrackMap:
    """Columns, hosts with seats and students, and flows with at least one student.

    Counts what the actor may see: for the office plans not yet published too, for others announced
    stays. Seats are those of the period's latest round, else those of the programme.
    """
    with acting(actor):
        plan = _Plan(intake.version_id, actor, year=intake.year)
        stays = list(
            Placement.objects.for_actor(actor, "view")
            .filter(enrolment__intake_id=intake.pk, period__in=list(plan.column_of))
            .exclude(state__in=GONE)
            .order_by("enrolment_id")
            .values_list("enrolment_id", "period_id", "host_id")
        )
        columns = plan.columns(_round_seats(intake, actor), Counter(row[1:] for row in stays))
        return TrackMap(columns, tuple(_taken(stays, plan)))


def possible_flows(version: ProgrammeVersion, *, actor: Actor) -> TrackMap:
    """The ways that the tracks of a version allow, with nobody on them: for the public page."""
    with acting(actor):
        plan = _Plan(version.pk, actor)
        steps = TrackStep.objects.for_actor(actor, "view").filter(track__version_id=version.pk)
        rows = steps.order_by("track__position").values_list(
            "track_id", "period_id", "offering__host_id"
        )
        return TrackMap(plan.columns({}, Counter()), tuple(_possible(rows, plan)))


def study_path(enrolment: Enrolment, *, actor: Actor) -> tuple[PathStop, ...]:
    """The student's semesters, terms and thesis in order, open ones included.

    Shows what the actor may see of the enrolment's stays, so a plan that is not published is open.
    """
    with acting(actor):
        intake = Intake.objects.reach(actor, "view", pk=enrolment.intake_id)
        plan = _Plan(intake.version_id, actor, year=intake.year)
        stays = list(
            Placement.objects.for_actor(actor, "view")
            .filter(enrolment_id=enrolment.pk)
            .exclude(state__in=GONE)
            .exclude(state="planned")
            .order_by("starts_on", "pk")
        )
        return tuple(stop for period in plan.periods for stop in _stops(period, stays, plan))


class _Plan:
    """The periods that are stops of a path, and what is offered in them: two queries."""

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
        self.column_of = {period.pk: i for i, period in enumerate(self.periods)}
        self.codes = {
            offering.host_id: offering.host.code
            for rows in self.offered.values()
            for offering in rows
        }

    def columns(
        self, seats: dict[object, int], students: Counter[tuple[object, ...]]
    ) -> tuple[Column, ...]:
        return tuple(
            Column(
                code=period.code,
                title=period.title,
                when=self.when(period),
                stations=tuple(self._stops(period, seats, students)),
            )
            for period in self.periods
        )

    def _stops(
        self, period: Period, seats: dict[object, int], students: Counter[tuple[object, ...]]
    ) -> Iterator[Stop]:
        """A host once, with the seats of all it offers in the period."""
        by_host: dict[object, list[Offering]] = {}
        for offering in self.offered[period.pk]:
            by_host.setdefault(offering.host_id, []).append(offering)
        for host, rows in by_host.items():
            counted = [seats.get(row.pk, row.max_seats) for row in rows]
            known = [count for count in counted if count is not None]
            total = sum(known) if len(known) == len(counted) else None
            yield stop_of(rows[0], seats=total, students=students[period.pk, host])

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


def stop_of(offering: Offering, *, seats: int | None = None, students: int = 0) -> Stop:
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
        seats=seats,
        students=students,
    )


def _month(text: str) -> date | None:
    day = nominal(text)
    return date(2001, day.month, 1) if day else None


def _round_seats(intake: Intake, actor: Actor) -> dict[object, int]:
    """Most seats by offering, of the latest round that asked for wishes."""
    rounds = AllocationRound.objects.for_actor(actor, "view").filter(intake_id=intake.pk)
    rows = RoundSeats.objects.for_actor(actor, "view").filter(round__in=rounds.values("pk"))
    told = rows.exclude(round__state="draft").order_by("round__opens_at", "round_id")
    return dict(told.values_list("offering_id", "most"))


def _taken(stays: Iterable[tuple[UUID, UUID, int]], plan: _Plan) -> Iterator[Flow]:
    paths: dict[object, dict[int, list[str]]] = {}
    for student, period, host in stays:
        columns = paths.setdefault(student, {})
        columns.setdefault(plan.column_of[period], []).append(plan.codes[host])
    counts = Counter(leg for columns in paths.values() for leg in _legs(columns))
    yield from (Flow(*leg, students=count) for leg, count in sorted(counts.items()))


def _legs(columns: dict[int, list[str]]) -> Iterator[tuple[int, str, str]]:
    for column, codes in columns.items():
        for code in codes:
            yield from ((column, code, onward) for onward in columns.get(column + 1, ()))


def _possible(rows: Iterable[tuple[UUID, UUID, int | None]], plan: _Plan) -> Iterator[Flow]:
    tracks: dict[object, dict[int, list[str]]] = {}
    for track, period, host in rows:
        if period in plan.column_of:
            codes = tracks.setdefault(track, {}).setdefault(plan.column_of[period], [])
            every = (offering.host_id for offering in plan.offered[period])
            codes.extend(plan.codes[each] for each in ([host] if host else every))
    legs = dict.fromkeys(leg for columns in tracks.values() for leg in _legs(columns))
    yield from (Flow(*leg) for leg in sorted(legs))


def _stops(period: Period, stays: list[Placement], plan: _Plan) -> Iterator[PathStop]:
    mine = [stay for stay in stays if stay.period_id == period.pk]
    offered = {offering.pk: offering for offering in plan.offered[period.pk]}
    for stay in mine:
        yield PathStop(
            period=period.code,
            title=period.title,
            kind=period.kind,
            state=_STATES.get(stay.state, "next"),
            starts_on=stay.starts_on,
            ends_on=stay.ends_on,
            ects=str(stay.ects),
            stop=stop_of(offered[stay.offering_id]),
            placement_id=stay.pk,
            placement_state=stay.state,
            reason=stay.reason,
        )
    if not mine and plan.year is not None:
        yield PathStop(
            period=period.code,
            title=period.title,
            kind=period.kind,
            state="open",
            starts_on=resolve(period.starts, year=plan.year),
            ends_on=resolve(period.ends, year=plan.year),
            ects=str(period.ects),
            choices=tuple(stop_of(offering) for offering in offered.values()),
        )

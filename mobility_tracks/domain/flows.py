"""Who goes where: the data of the track map, of the public map, and of one student's path.

Every function takes a constant number of queries, whatever the number of students.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.calendar import resolve
from mobility_tracks.domain.seats import confirmed
from mobility_tracks.domain.stays import GONE
from mobility_tracks.domain.track_plan import (
    Column,
    Flow,
    PathStop,
    Stop,
    TrackMap,
    TrackPlan,
    stop_of,
)
from mobility_tracks.models import (
    Enrolment,
    Intake,
    Period,
    Placement,
    ProgrammeVersion,
    TrackStep,
)

__all__ = [
    "Column",
    "Flow",
    "PathStop",
    "Stop",
    "TrackMap",
    "flows",
    "possible_flows",
    "study_path",
]

PLANNED = "planned"  # decided, and told to nobody yet
_STATES = {"arrived": "here", "departed": "done", "recognised": "done"}


def flows(intake: Intake, *, actor: Actor) -> TrackMap:
    """Columns, hosts with seats and students, and flows with at least one student.

    Counts what the actor may see: for the office plans not yet published too, for others announced
    stays. Seats are those that the host confirmed for the intake, else those of the programme.
    """
    with acting(actor):
        plan = TrackPlan(intake.version_id, actor, year=intake.year)
        stays = list(
            Placement.objects.for_actor(actor, "view")
            .filter(enrolment__intake_id=intake.pk, period__in=list(plan.column_of))
            .exclude(state__in=GONE)
            .order_by("enrolment_id")
            .values_list("enrolment_id", "period_id", "host_id", "state")
        )
        plan.without_unused({period for _who, period, _host, _state in stays})
        students = Counter((period, host) for _who, period, host, _state in stays)
        planned = Counter((period, host) for _who, period, host, state in stays if state == PLANNED)
        seats = {pk: row.most for pk, row in confirmed(intake, actor=actor).items()}
        columns = plan.columns(seats, students, planned)
        return TrackMap(columns, tuple(_taken((row[:3] for row in stays), plan)))


def possible_flows(version: ProgrammeVersion, *, actor: Actor) -> TrackMap:
    """The ways that the tracks of a version allow, with nobody on them: for the public page."""
    with acting(actor):
        plan = TrackPlan(version.pk, actor)
        plan.without_unused(())
        steps = TrackStep.objects.for_actor(actor, "view").filter(track__version_id=version.pk)
        rows = steps.order_by("track__position").values_list(
            "track_id", "period_id", "offering__host_id"
        )
        columns = plan.columns({}, Counter(), Counter())
        return TrackMap(columns, tuple(_possible(rows, plan)))


def study_path(enrolment: Enrolment, *, actor: Actor) -> tuple[PathStop, ...]:
    """The student's semesters, terms and thesis in order, open ones included.

    An optional period stands there once the student has a stay in it.
    Shows what the actor may see of the enrolment's stays, so a plan that is not published is open.
    """
    with acting(actor):
        intake = Intake.objects.reach(actor, "view", pk=enrolment.intake_id)
        plan = TrackPlan(intake.version_id, actor, year=intake.year)
        stays = list(
            Placement.objects.for_actor(actor, "view")
            .filter(enrolment_id=enrolment.pk)
            .exclude(state__in=GONE)
            .exclude(state=PLANNED)
            .order_by("starts_on", "pk")
        )
        plan.without_unused({stay.period_id for stay in stays})
        return tuple(stop for period in plan.periods for stop in _stops(period, stays, plan))


def _taken(stays: Iterable[tuple[UUID, UUID, int]], plan: TrackPlan) -> Iterator[Flow]:
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


def _possible(rows: Iterable[tuple[UUID, UUID, int | None]], plan: TrackPlan) -> Iterator[Flow]:
    tracks: dict[object, dict[int, list[str]]] = {}
    for track, period, host in rows:
        if period in plan.column_of:
            codes = tracks.setdefault(track, {}).setdefault(plan.column_of[period], [])
            every = (offering.host_id for offering in plan.offered[period])
            codes.extend(plan.codes[each] for each in ([host] if host else every))
    legs = dict.fromkeys(leg for columns in tracks.values() for leg in _legs(columns))
    yield from (Flow(*leg) for leg in sorted(legs))


def _stops(period: Period, stays: list[Placement], plan: TrackPlan) -> Iterator[PathStop]:
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

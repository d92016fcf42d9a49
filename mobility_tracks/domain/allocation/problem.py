"""A round as the pure package takes it: students with their wishes and paths, options, rules."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mobility_tracks.domain.allocation.rules import Reading, in_residence, read_rules
from mobility_tracks.domain.allocation.scene import Scene, scene_of
from mobility_tracks.domain.allocation.tracks import Ways, ways_of
from mobility_tracks.domain.stays import GONE, stays_elsewhere
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Placement,
    Preference,
    RoundSeats,
)
from mobility_tracks.placement import Option, Policy, PolicyKind, Problem, Seats, Student


@dataclass(frozen=True)
class Case:
    """A round read from the rows. `dropped`: by reference, wishes that the student's own path or
    residence closes, with the reason. `unchecked`: sentences of rules that people must check."""

    problem: Problem
    offerings: dict[str, Offering]
    students: dict[str, Enrolment]
    dropped: dict[str, dict[str, str]]
    unchecked: list[str]

    def in_words(self, sentence: str) -> str:
        """The pure package speaks in codes; people read the host's name."""
        codes = "|".join(re.escape(code) for code in self.offerings)
        return re.sub(rf"(?<![\w-])({codes})(?![\w-])", self._name, sentence)

    def _name(self, found: re.Match[str]) -> str:
        return self.offerings[found[0]].title or found[0]


def students_of(round_: AllocationRound) -> list[Enrolment]:
    """Who takes part: everybody enrolled in the intake who was not placed by hand already."""
    placed = Placement.objects.filter(period_id=round_.period_id).exclude(state__in=GONE)
    return list(
        Enrolment.objects.filter(intake_id=round_.intake_id, state="enrolled")
        .exclude(pk__in=placed.exclude(round=round_).values("enrolment_id"))
        .order_by("reference")
    )


def seats_of(round_: AllocationRound) -> dict[str, Seats]:
    """Seats by offering code, less those given by hand to students of the intake."""
    taken = Counter(
        Placement.objects.filter(period_id=round_.period_id, enrolment__intake_id=round_.intake_id)
        .exclude(state__in=GONE)
        .exclude(round=round_)
        .values_list("offering_id", flat=True)
    )
    rows = RoundSeats.objects.filter(round=round_).select_related("offering")
    return {
        row.offering.code: Seats(
            most=max(0, row.most - taken[row.offering_id]),
            least=max(0, row.least - taken[row.offering_id]),
        )
        for row in rows.order_by("offering__position", "offering__code")
    }


def case_of(round_: AllocationRound) -> Case:
    """Read a round whole. Needs an `acting` context that sees all of it."""
    offerings = {
        row.code: row
        for row in Offering.objects.filter(
            pk__in=RoundSeats.objects.filter(round=round_).values("offering")
        )
        .select_related("period", "host__institution")
        .order_by("position", "code")
    }
    scene = scene_of(round_.period, list(offerings.values()))
    reading = read_rules(scene)
    enrolled = students_of(round_)
    options = tuple(_options(scene, offerings, seats_of(round_), reading))
    reader = _Students(round_, scene, reading, options)
    students = tuple(reader.student(enrolment) for enrolment in enrolled)
    problem = Problem(
        students=students,
        options=options,
        policy=Policy(PolicyKind(round_.policy)),
        seed=round_.seed,
        rules=tuple(reading.rules),
        groups=tuple(reading.groups),
    )
    return Case(
        problem=problem,
        offerings=offerings,
        students={enrolment.reference: enrolment for enrolment in enrolled},
        dropped=reader.dropped,
        unchecked=reading.unchecked,
    )


def _options(
    scene: Scene, offerings: dict[str, Offering], seats: dict[str, Seats], reading: Reading
) -> Iterator[Option]:
    for code, offering in offerings.items():
        room = seats[code]
        if code in reading.opens_with:
            least = min(room.most, max(room.least, reading.opens_with[code]))
            room = replace(room, least=least, may_stay_closed=True)
        yield Option(code, (scene.stay(offering),), room)


class _Students:
    """Reads wishes, paths and frozen merits of a round once, then makes its students."""

    def __init__(
        self, round_: AllocationRound, scene: Scene, reading: Reading, options: tuple[Option, ...]
    ) -> None:
        self.scene, self.reading, self.options = scene, reading, options
        self.ways: Ways = ways_of(round_.period)
        self.merits: Mapping[str, int] = round_.result.get("merits", {})
        self.wishes = _wishes(round_)
        self.paths = paths_of(round_)
        self.dropped: dict[str, dict[str, str]] = {}

    def student(self, enrolment: Enrolment) -> Student:
        placements = self.paths.get(enrolment.pk, [])
        student = Student(
            id=enrolment.reference,
            residence_country=enrolment.residence_country,
            merit=self.merits.get(enrolment.reference),
            visited=tuple(self.scene.stay(placement) for placement in placements),
        )
        closed = self._closed(student, placements)
        wishes = self.wishes.get(enrolment.pk, [])
        self.dropped[student.id] = {code: closed[code] for code in wishes if code in closed}
        ranks = tuple((code,) for code in wishes if code not in closed)
        return replace(student, ranks=ranks, impossible=closed)

    def _closed(self, student: Student, placements: list[Placement]) -> dict[str, str]:
        countries = {option.id: option.countries[0] for option in self.options}
        closed = dict(in_residence(self.reading, student, countries))
        path = {placement.period.code: placement.offering.code for placement in placements}
        onward = self.ways.onward(path, self.scene.period.code)
        for option in self.options:
            if onward is not None and option.id not in onward:
                closed.setdefault(option.id, _("no track leads there from the path so far"))
        return closed


def _wishes(round_: AllocationRound) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    rows = Preference.objects.filter(round=round_).order_by("rank")
    for enrolment, code in rows.values_list("enrolment_id", "offering__code"):
        found.setdefault(enrolment, []).append(code)
    return found


def paths_of(round_: AllocationRound) -> dict[object, list[Placement]]:
    """The announced stays of every student of the intake in other study periods."""
    found: dict[object, list[Placement]] = {}
    for placement in stays_elsewhere(round_.period_id).filter(
        enrolment__intake_id=round_.intake_id
    ):
        found.setdefault(placement.enrolment_id, []).append(placement)
    return found

"""A round as the pure package takes it: students with their wishes and paths, options, rules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from consortium.scoping import ScopedQuerySet
from mobility_tracks.domain.allocation.closing import closing_rules
from mobility_tracks.domain.allocation.ground import Ground, ground_of
from mobility_tracks.domain.allocation.judging import Said
from mobility_tracks.domain.allocation.own import in_names, names_of
from mobility_tracks.domain.allocation.rules import unchecked_in
from mobility_tracks.domain.round_wishes import Wishes, wishes_in
from mobility_tracks.domain.stays import GONE, stays_elsewhere
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Placement,
    Preference,
    RoundSeats,
)
from mobility_tracks.placement import Policy, PolicyKind, Problem, Seats, Student, Verdict

# In place of the student's own words, which are nobody's who reads the plan or its file.
OWN_REASON = "the student's own reason"


@dataclass(frozen=True)
class Case:
    """A round read from the rows. `dropped`: by reference, wishes that the student's own path
    closes, with the reason. `unchecked`: sentences of rules that people must check."""

    problem: Problem
    offerings: Mapping[str, Offering]
    students: dict[str, Enrolment]
    dropped: dict[str, dict[str, Verdict]]
    unchecked: list[str]

    def in_words(self, sentence: str) -> str:
        """The pure package speaks in codes; people read the host's name."""
        return in_names(sentence, names_of(self.offerings))


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
    ground = ground_of(round_, seats_of(round_))
    enrolled = students_of(round_)
    reader = _Students(round_, ground)
    students = tuple(reader.student(enrolment) for enrolment in enrolled)
    problem = Problem(
        students=students,
        options=ground.options,
        policy=Policy(PolicyKind(round_.policy)),
        seed=round_.seed,
        rules=tuple(closing_rules(reader.said)),
        groups=tuple(ground.reading.groups),
    )
    return Case(
        problem=problem,
        offerings=ground.offerings,
        students={enrolment.reference: enrolment for enrolment in enrolled},
        dropped=reader.dropped,
        unchecked=unchecked_in(ground.scene, ground.reading, reader.unsettled),
    )


class _Students:
    """Reads wishes, paths, frozen merits and places by hand of a round once, then makes its
    students. Wishes for a host that has dropped out since are no wishes any more."""

    def __init__(self, round_: AllocationRound, ground: Ground) -> None:
        self.ground = ground
        self.merits: Mapping[str, int] = round_.result.get("merits", {})
        self.by_hand: Mapping[str, list[str]] = round_.result.get("by_hand", {})
        self.wishes = wishes_of(Preference.objects.filter(round=round_))
        self.paths = paths_of(round_)
        self.dropped: dict[str, dict[str, Verdict]] = {}
        self.said: dict[str, dict[str, Said]] = {}

    @property
    def unsettled(self) -> set[str]:
        """Ids of rules that could not be judged for somebody."""
        return {
            id_ for said in self.said.values() for each in said.values() for id_ in each.unsettled
        }

    def student(self, enrolment: Enrolment) -> Student:
        stays = self.paths.get(enrolment.pk, [])
        student = self.ground.student(enrolment, stays)
        closed = self.ground.fenced(student, stays)
        self.said[student.id] = self.ground.said(student, stays, closed)
        wishes = self.wishes.get(enrolment.pk, Wishes())
        self.dropped[student.id] = {c: closed[c] for c in wishes.ranked if c in closed}
        gone = {*wishes.ranked, *wishes.impossible} - self.ground.offerings.keys()
        shut = closed.keys() | gone
        open_ = (tuple(c for c in codes if c not in shut) for codes in wishes.ranks)
        given, because = self.by_hand.get(student.id, ("", ""))
        return replace(
            student,
            given=given if given in self.ground.offerings else "",
            given_because=because,
            merit=self.merits.get(student.id),
            ranks=tuple(filter(None, open_)),
            impossible=dict.fromkeys((c for c in wishes.impossible if c not in gone), OWN_REASON)
            | {code: verdict.fact for code, verdict in closed.items()},
        )


def wishes_of(rows: ScopedQuerySet[Preference]) -> dict[UUID, Wishes]:
    """By enrolment, in one query; equals in the order in which they were saved, as ids count up."""
    told = rows.order_by("enrolment_id", "rank", "id").values_list(
        "enrolment_id", "offering__code", "rank", "because"
    )
    return {
        enrolment: wishes_in((code, rank, because) for _enrolment, code, rank, because in own)
        for enrolment, own in groupby(told, lambda row: row[0])
    }


def paths_of(round_: AllocationRound) -> dict[object, list[Placement]]:
    """The announced stays of every student of the intake in other study periods."""
    found: dict[object, list[Placement]] = {}
    for placement in stays_elsewhere(round_.period_id).filter(
        enrolment__intake_id=round_.intake_id
    ):
        found.setdefault(placement.enrolment_id, []).append(placement)
    return found

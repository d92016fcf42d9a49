"""A round as the pure package takes it: students with their wishes and paths, options, rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from consortium.scoping import ScopedQuerySet
from mobility_tracks.domain.allocation.choices import Choice, OnOffer
from mobility_tracks.domain.allocation.closing import Said, closing_rules
from mobility_tracks.domain.allocation.ground import Ground, ground_of
from mobility_tracks.domain.allocation.own import in_names
from mobility_tracks.domain.allocation.rules import unchecked_in
from mobility_tracks.domain.allocation.takers import seats_of, students_of
from mobility_tracks.domain.round_wishes import Wishes, wishes_in
from mobility_tracks.domain.stays import stays_beside
from mobility_tracks.models import AllocationRound, Enrolment, Placement, Preference
from mobility_tracks.placement import Policy, PolicyKind, Problem, Student, Verdict

# In place of the student's own words, which are nobody's who reads the plan or its file.
OWN_REASON = "the student's own reason"


@dataclass(frozen=True)
class Case:
    """A round read from the rows. `dropped`: by reference, wishes that the student's own path
    closes, with the reason. `unchecked`: sentences of rules that people must check."""

    problem: Problem
    offered: OnOffer
    students: dict[str, Enrolment]
    dropped: dict[str, dict[str, Verdict]]
    unchecked: list[str]

    @property
    def choices(self) -> Mapping[str, Choice]:
        return self.offered.choices

    def in_words(self, sentence: str) -> str:
        """The pure package speaks in codes; people read the names of hosts and tracks."""
        return in_names(sentence, self.offered.names)


def case_of(round_: AllocationRound) -> Case:
    """Read a round whole. Needs an `acting` context that sees all of it."""
    enrolled = students_of(round_)
    ground = ground_of(round_, seats_of(round_, enrolled))
    reader = _Students(round_, ground)
    students = tuple(reader.student(enrolment) for enrolment in enrolled)
    problem = Problem(
        students=students,
        options=ground.options,
        policy=Policy(PolicyKind(round_.policy)),
        seed=round_.seed,
        rules=tuple(closing_rules(reader.said)),
        groups=ground.groups,
        overflows=tuple(ground.reading.overflows),
    )
    return Case(
        problem=problem,
        offered=ground.offered,
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
        closed = self.ground.fenced(enrolment, stays)
        self.said[student.id] = self.ground.said(enrolment, stays, closed)
        wishes = self.wishes.get(enrolment.pk, Wishes())
        self.dropped[student.id] = {c: closed[c] for c in wishes.ranked if c in closed}
        gone = {*wishes.ranked, *wishes.impossible} - self.ground.offered.choices.keys()
        shut = closed.keys() | gone
        open_ = (tuple(c for c in codes if c not in shut) for codes in wishes.ranks)
        given, because = self.by_hand.get(student.id, ("", ""))
        return replace(
            student,
            given=given if given in self.ground.offered.choices else "",
            given_because=because,
            merit=self.merits.get(student.id),
            ranks=tuple(filter(None, open_)),
            impossible=dict.fromkeys((c for c in wishes.impossible if c not in gone), OWN_REASON)
            | {code: verdict.fact for code, verdict in closed.items()},
        )


def wishes_of(rows: ScopedQuerySet[Preference]) -> dict[UUID, Wishes]:
    """By enrolment, in one query; equals in the order in which they were saved, as ids count up."""
    told = rows.order_by("enrolment_id", "rank", "id").values_list(
        "enrolment_id", "offering__code", "track__code", "rank", "because"
    )
    return {
        enrolment: wishes_in((o or track, rank, because) for _who, o, track, rank, because in own)
        for enrolment, own in groupby(told, lambda row: row[0])
    }


def paths_of(round_: AllocationRound) -> dict[object, list[Placement]]:
    """The announced stays of every student of the intake that the round does not decide on."""
    found: dict[object, list[Placement]] = {}
    for placement in stays_beside(round_).filter(enrolment__intake_id=round_.intake_id):
        found.setdefault(placement.enrolment_id, []).append(placement)
    return found

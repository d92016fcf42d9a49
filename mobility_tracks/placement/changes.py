"""What may be changed in a round to see what would follow: small data, applied to a problem."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from mobility_tracks.placement.problem import (
    Group,
    Overflow,
    Policy,
    Problem,
    ProblemInvalid,
    Rule,
    Seats,
    Student,
)
from mobility_tracks.placement.rules import parts_of


class Change(Protocol):
    def on(self, problem: Problem) -> Problem:
        """The problem with this change. ProblemInvalid when it has nothing to change."""


@dataclass(frozen=True, slots=True)
class NewSeats:
    """Another number of seats for one option."""

    option: str
    seats: Seats

    def on(self, problem: Problem) -> Problem:
        _known("Option", self.option, (row.id for row in problem.options))
        options = (
            replace(row, seats=self.seats) if row.id == self.option else row
            for row in problem.options
        )
        return replace(problem, options=tuple(options))


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group added, or in place of the one with its id."""

    group: Group

    def on(self, problem: Problem) -> Problem:
        rest = (row for row in problem.groups if row.id != self.group.id)
        return replace(problem, groups=(*rest, self.group))


@dataclass(frozen=True, slots=True)
class GroupOff:
    """A group binds no more, and nothing waits for it to be full."""

    group: str

    def on(self, problem: Problem) -> Problem:
        _known("Group", self.group, (row.id for row in problem.groups))
        groups = tuple(group for group in problem.groups if group.id != self.group)
        return replace(problem, groups=groups, overflows=_waiting(problem, {self.group}))


@dataclass(frozen=True, slots=True)
class OverflowOff:
    """What opened only once others were full is open from the start."""

    overflow: str

    def on(self, problem: Problem) -> Problem:
        _known("Overflow", self.overflow, (row.id for row in problem.overflows))
        kept = (row for row in problem.overflows if row.id != self.overflow)
        return replace(problem, overflows=tuple(kept))


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule added, or in place of the one with its id."""

    rule: Rule

    def on(self, problem: Problem) -> Problem:
        rest = (row for row in problem.rules if row.id != self.rule.id)
        return replace(problem, rules=(*rest, self.rule))


@dataclass(frozen=True, slots=True)
class RuleOff:
    """A rule does not hold, and no more does what it closes together with others."""

    rule: str

    def on(self, problem: Problem) -> Problem:
        _known("Rule", self.rule, (row.id for row in problem.rules))
        kept = (row for row in problem.rules if self.rule not in (row.id, *parts_of(row)))
        return replace(problem, rules=tuple(kept))


@dataclass(frozen=True, slots=True)
class NewPolicy:
    policy: Policy

    def on(self, problem: Problem) -> Problem:
        return replace(problem, policy=self.policy)


@dataclass(frozen=True, slots=True)
class HostOff:
    """A host drops out: no option with a stay there is offered, nothing waits for one."""

    host: str

    def on(self, problem: Problem) -> Problem:
        _known("Host", self.host, (h for option in problem.options for h in option.hosts))
        gone = {option.id for option in problem.options if self.host in option.hosts}
        groups = [_without(group, gone) for group in problem.groups]
        empty = {group.id for group in groups if not group.options}
        return replace(
            problem,
            options=tuple(option for option in problem.options if option.id not in gone),
            groups=tuple(group for group in groups if group.options),
            students=tuple(_unwished(student, gone) for student in problem.students),
            overflows=_waiting(problem, gone | empty),
        )


@dataclass(frozen=True, slots=True)
class Withdrawn:
    student: str

    def on(self, problem: Problem) -> Problem:
        _known("Student", self.student, (row.id for row in problem.students))
        students = (row for row in problem.students if row.id != self.student)
        return replace(problem, students=tuple(students))


@dataclass(frozen=True, slots=True)
class Arrived:
    student: Student

    def on(self, problem: Problem) -> Problem:
        return replace(problem, students=(*problem.students, self.student))


@dataclass(frozen=True, slots=True)
class Retold:
    """What is known of a student has changed: other wishes, another residence, a place by hand."""

    student: Student

    def on(self, problem: Problem) -> Problem:
        _known("Student", self.student.id, (row.id for row in problem.students))
        students = (self.student if row.id == self.student.id else row for row in problem.students)
        return replace(problem, students=tuple(students))


@dataclass(frozen=True, slots=True)
class ByHand:
    """The student gets the option, whatever rules say; `reason` is for everybody who asks why."""

    student: str
    option: str
    reason: str

    def on(self, problem: Problem) -> Problem:
        _known("Student", self.student, (row.id for row in problem.students))
        students = (
            replace(row, given=self.option, given_because=self.reason)
            if row.id == self.student
            else row
            for row in problem.students
        )
        return replace(problem, students=tuple(students))


def changed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """The problem after all changes, in their order; what is placed by hand comes on top.

    Raises ProblemInvalid for a change of something that is not in the round.
    """
    for change in sorted(changes, key=lambda change: isinstance(change, ByHand)):
        problem = change.on(problem)
    return problem


def _without(group: Group, gone: set[str]) -> Group:
    parts = (_others(part, gone) for part in group.parts)
    kept = tuple(part for part in parts if part)
    return replace(group, options=_others(group.options, gone), parts=kept)


def _waiting(problem: Problem, gone: set[str]) -> tuple[Overflow, ...]:
    """The overflows without what is gone: options of theirs, or options and groups before them."""
    rest = (
        replace(row, options=_others(row.options, gone), after=_others(row.after, gone))
        for row in problem.overflows
    )
    return tuple(row for row in rest if row.options and row.after)


def _others(ids: Sequence[str], gone: set[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each not in gone)


def _unwished(student: Student, gone: set[str]) -> Student:
    kept = (tuple(o for o in options if o not in gone) for options in student.ranks)
    return replace(
        student,
        ranks=tuple(options for options in kept if options),
        impossible={o: why for o, why in student.impossible.items() if o not in gone},
    )


def _known(noun: str, wanted: str, ids: Iterable[str]) -> None:
    if wanted not in set(ids):
        raise ProblemInvalid([f"{noun} {wanted} is not in this round."])

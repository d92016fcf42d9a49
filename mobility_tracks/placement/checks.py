"""Faults of an input that no plan could repair, each as a sentence naming the thing and the fact.

What a rule forbids is not a fault: it is answered when reasons are given (`explain`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from mobility_tracks.placement.problem import (
    Group,
    Overflow,
    Problem,
    ProblemInvalid,
    Seats,
    Student,
)
from mobility_tracks.placement.rules import PREDICATES, missing_parameters, uneven


def check(problem: Problem) -> None:
    """Raises ProblemInvalid with every fault found, in a stable order."""
    faults = list(_faults(problem))
    if faults:
        raise ProblemInvalid(faults)


def _faults(problem: Problem) -> Iterator[str]:
    yield from _repeated("Student", (student.id for student in problem.students))
    yield from _repeated("Option", (option.id for option in problem.options))
    yield from _repeated("Rule", (rule.id for rule in problem.rules))
    yield from _repeated("Group", (group.id for group in problem.groups))
    yield from _repeated("Overflow", (overflow.id for overflow in problem.overflows))
    known = {option.id for option in problem.options}
    for option in sorted(problem.options, key=lambda row: row.id):
        yield from _seat_faults(f"Option {option.id}", option.seats)
        if not option.stays:
            yield f"Option {option.id} has no stay, so nobody knows where it leads."
    for student in sorted(problem.students, key=lambda row: row.id):
        yield from _wish_faults(student, known)
        yield from _hand_faults(student, known)
    yield from _group_faults(problem, known)
    for overflow in sorted(problem.overflows, key=lambda row: row.id):
        yield from _overflow_faults(overflow, problem, known)
    yield from _rule_faults(problem)
    if problem.policy.exponent not in (1, 2):
        yield f"The policy's exponent is {problem.policy.exponent}; it may be 1 or 2."


def _repeated(noun: str, ids: Iterable[str]) -> Iterator[str]:
    for key, count in sorted(Counter(ids).items()):
        if count > 1:
            yield f"{noun} {key} is given {count} times."
        if not key:
            yield f"{noun} without an id."


def _seat_faults(name: str, seats: Seats) -> Iterator[str]:
    if seats.least < 0 or seats.most < 0:
        yield f"{name} has a negative number of seats."
    if seats.least > seats.most:
        yield f"{name} must take at least {seats.least} students but has {seats.most} seats."


def _hand_faults(student: Student, known: set[str]) -> Iterator[str]:
    if student.given and student.given not in known:
        yield f"Student {student.id} is given {student.given} by hand, which is not offered."
    if student.given and not student.given_because.strip():
        yield f"Student {student.id} is given {student.given} by hand without a reason."


def _wish_faults(student: Student, known: set[str]) -> Iterator[str]:
    ranked = Counter(option for rank_class in student.ranks for option in rank_class)
    for option, count in sorted(ranked.items()):
        if option not in known:
            yield f"Student {student.id} ranks {option}, which is not offered."
        if count > 1:
            yield f"Student {student.id} ranks {option} {count} times."
        if option in student.impossible:
            yield f"Student {student.id} ranks {option} and says it is not possible."
    for option in sorted(set(student.impossible) - known):
        yield f"Student {student.id} rules out {option}, which is not offered."
    if not all(student.ranks):
        yield f"Student {student.id} has an empty wish class."


def _group_faults(problem: Problem, known: set[str]) -> Iterator[str]:
    for group in sorted(problem.groups, key=lambda row: row.id):
        for option in sorted(set(group.options) - known):
            yield f"Group {group.id} names {option}, which is not offered."
        if len(set(group.options)) != len(group.options) or not group.options:
            yield f"Group {group.id} must name one or more options, each once."
        if group.seats:
            yield from _seat_faults(f"Group {group.id}", group.seats)
        if group.tolerance is not None and group.tolerance < 0:
            yield f"Group {group.id} has a negative tolerance."
        if group.parts:
            yield from _part_faults(group)


def _part_faults(group: Group) -> Iterator[str]:
    listed = Counter(option for part in group.parts for option in part)
    if not all(group.parts):
        yield f"Group {group.id} has an empty part."
    for option, count in sorted(listed.items()):
        if option not in group.options:
            yield f"Group {group.id} has a part with {option}, which is not in the group."
        if count > 1:
            yield f"Group {group.id} has {option} {count} times in its parts."
    for option in sorted(set(group.options) - set(listed)):
        yield f"Group {group.id} has {option} in none of its parts."


def _overflow_faults(overflow: Overflow, problem: Problem, known: set[str]) -> Iterator[str]:
    name = f"Overflow {overflow.id}"
    for option in sorted(set(overflow.options) - known):
        yield f"{name} names {option}, which is not offered."
    for noun, ids in (("options", overflow.options), ("things to wait for", overflow.after)):
        if len(set(ids)) != len(ids) or not ids:
            yield f"{name} must name one or more {noun}, each once."
    groups = {group.id: group for group in problem.groups}
    for after in sorted(set(overflow.after)):
        if after in overflow.options:
            yield f"{name} waits for {after}, which is to wait itself."
        if after in known and after in groups:
            yield f"{name} waits for {after}, which is an option and a group."
        elif after in groups and groups[after].seats is None:
            yield f"{name} waits for the group {after}, which has no seats to fill."
        elif after not in known and after not in groups:
            yield f"{name} waits for {after}, which is not in this round."


def _rule_faults(problem: Problem) -> Iterator[str]:
    for rule in sorted(problem.rules, key=lambda row: row.id):
        if rule.kind not in PREDICATES:
            yield f"Rule {rule.id} is of the unknown kind {rule.kind}."
            continue
        for name in missing_parameters(rule):
            yield f"Rule {rule.id} ({rule.kind}) lacks the parameter {name}."
        if uneven(rule):
            yield f"Rule {rule.id} ({rule.kind}) has lists of different length."

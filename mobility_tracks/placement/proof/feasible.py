"""Whether places keep the rules and limits of a round, each fault as a sentence."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from mobility_tracks.placement.problem import Group, Overflow, Problem, Seats
from mobility_tracks.placement.proof.frame import before
from mobility_tracks.placement.rules import verdicts

Places = Mapping[str, str | None]


def optional_of(problem: Problem) -> set[str]:
    """Ids of the students who may stay without a place."""
    may = problem.policy.allow_unplaced
    return {student.id for student in problem.students if may and not student.given}


def misplaced(problem: Problem, places: Places, optional: Collection[str]) -> Iterator[str]:
    """Students with no place or a wrong one; those in `optional` may have none."""
    ids = {student.id for student in problem.students}
    for missing in sorted(ids ^ set(places)):
        yield f"Student {missing} is missing from the plan or from the problem."
    options = {option.id: option for option in problem.options}
    for student in problem.students:
        place = places.get(student.id)
        if place is None:
            if student.id not in optional:
                yield f"Student {student.id} has no place."
        elif place not in options:
            yield f"Student {student.id} is placed in {place}, which is not offered."
        elif student.given:
            if place != student.given:
                yield f"Student {student.id} is not in {student.given}, which was given by hand."
        elif place in student.impossible:
            yield f"Student {student.id} ruled out {place}: {student.impossible[place]}."
        else:
            for verdict in verdicts(problem, student, options[place]):
                yield f"Student {student.id} in {place} breaks a rule: {verdict.fact}."


def over_limits(problem: Problem, counts: Mapping[str, int]) -> Iterator[str]:
    """Limits that these numbers of students per option break."""
    for option in problem.options:
        yield from _seat_limit(option.id, option.seats, counts.get(option.id, 0))
    for group in problem.groups:
        yield from _group_limit(group, counts)
    for overflow in problem.overflows:
        yield from _overflow_limit(problem, overflow, counts)


def _seat_limit(name: str, seats: Seats, count: int) -> Iterator[str]:
    low = 0 if seats.may_stay_closed and count == 0 else seats.least
    if not low <= count <= seats.most:
        yield f"{name} has {count} students; {seats.least} to {seats.most} are allowed."


def _group_limit(group: Group, counts: Mapping[str, int]) -> Iterator[str]:
    if group.seats is not None:
        yield from _seat_limit(f"Group {group.id}", group.seats, _sum(counts, group.options))
    sizes = [_sum(counts, part) for part in group.parts or zip(group.options, strict=True)]
    if group.tolerance is not None and max(sizes) > min(sizes) + group.tolerance:
        yield f"Group {group.id}: sizes {sizes} differ by more than {group.tolerance}."


def _overflow_limit(
    problem: Problem, overflow: Overflow, counts: Mapping[str, int]
) -> Iterator[str]:
    if _sum(counts, overflow.options) == 0:
        return
    for name, options, most in before(problem, overflow):
        count = _sum(counts, options)
        if count != most:
            yield f"Overflow {overflow.id} is open, but {name} has {count} of {most} students."


def _sum(counts: Mapping[str, int], options: Iterable[str]) -> int:
    return sum(counts.get(option, 0) for option in options)

"""Why no plan exists: a smallest set of demands that cannot hold together.

Each demand can be waived (a student may stay unplaced, a rule is off, a limit is lifted). Divide
and conquer (QuickXplain, Junker 2004) leaves a set none of whose members could be spared.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from mobility_tracks.placement.demands import demands_of, told
from mobility_tracks.placement.edges import edges_of
from mobility_tracks.placement.engine import NoPlan
from mobility_tracks.placement.plan import Conflict, Demand
from mobility_tracks.placement.problem import Option, Overflow, Problem, Seats, Student
from mobility_tracks.placement.search import Search
from mobility_tracks.placement.wishes import wishes_of


def smallest_conflict(problem: Problem) -> Conflict:
    """The conflict of an infeasible problem, in sentences."""
    return told(problem, smallest_demands(problem))


def smallest_demands(problem: Problem) -> list[Demand]:
    """Demands that cannot hold together, though without any one of them the others can."""
    demands = list(demands_of(problem))
    return _counted(problem) or _quick(problem, [], demands, is_new=False)


def _counted(problem: Problem) -> list[Demand]:
    """The plain case, without search: more students than seats, nobody placed by hand."""
    total = sum(option.seats.most for option in problem.options)
    if problem.policy.allow_unplaced or len(problem.students) <= total:
        return []
    if any(student.given for student in problem.students):
        return []
    students = sorted(student.id for student in problem.students)[: total + 1]
    seats = [Demand("most", o.id) for o in problem.options]
    return seats + [Demand("place", student) for student in students]


def _quick(
    problem: Problem, held: list[Demand], open_: Sequence[Demand], *, is_new: bool
) -> list[Demand]:
    if is_new and not possible(problem, held):
        return []
    if len(open_) == 1:
        return list(open_)
    middle = len(open_) // 2
    left, right = list(open_[:middle]), list(open_[middle:])
    from_right = _quick(problem, held + left, right, is_new=bool(left))
    from_left = _quick(problem, held + from_right, left, is_new=bool(from_right))
    return from_left + from_right


def possible(problem: Problem, demands: Collection[Demand]) -> bool:
    """Whether some plan meets these demands, all others waived."""
    relaxed, optional = waived(problem, demands)
    try:
        Search(edges_of(relaxed, wishes_of(relaxed), optional), relaxed).check()
    except NoPlan:
        return False
    return True


def waived(problem: Problem, demands: Collection[Demand]) -> tuple[Problem, set[str]]:
    """The problem with these demands alone, and the students who may stay unplaced in it."""
    held = set(demands)
    relaxed = replace(
        problem,
        rules=tuple(r for r in problem.rules if Demand("rule", r.id) in held),
        groups=tuple(g for g in problem.groups if Demand("group", g.id) in held),
        options=tuple(_relaxed(o, held, len(problem.students)) for o in problem.options),
        students=tuple(_unbound(s, held) for s in problem.students),
        overflows=tuple(_waiting(problem, held)),
    )
    placed = {demand.id for demand in held if demand.kind == "place"}
    return relaxed, {student.id for student in problem.students} - placed


def _relaxed(option: Option, held: set[Demand], everybody: int) -> Option:
    seats = option.seats
    most = seats.most if Demand("most", option.id) in held else max(everybody, seats.most)
    least = seats.least if Demand("least", option.id) in held else 0
    return replace(option, seats=Seats(most, least, seats.may_stay_closed))


def _unbound(student: Student, held: set[Demand]) -> Student:
    return student if Demand("own", student.id) in held else replace(student, impossible={})


def _waiting(problem: Problem, held: set[Demand]) -> list[Overflow]:
    """The overflows held, each waiting for what still has a number of seats."""
    full = {demand.id for demand in held if demand.kind in {"most", "group"}}
    kept = (row for row in problem.overflows if Demand("overflow", row.id) in held)
    found = (replace(row, after=tuple(a for a in row.after if a in full)) for row in kept)
    return [row for row in found if row.after]

"""Why no plan exists: a smallest set of demands that cannot hold together.

Each demand can be waived (a student may stay unplaced, a rule is off, a limit is lifted). Divide
and conquer (QuickXplain, Junker 2004) leaves a set none of whose members could be spared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mobility_tracks.placement.edges import edges_of
from mobility_tracks.placement.engine import NoPlan
from mobility_tracks.placement.limits import group_name
from mobility_tracks.placement.plan import Conflict
from mobility_tracks.placement.problem import Group, Option, Problem, Seats, Student
from mobility_tracks.placement.search import Search
from mobility_tracks.placement.wishes import wishes_of

Kind = Literal["rule", "group", "least", "most", "own", "place"]


@dataclass(frozen=True, slots=True)
class Demand:
    kind: Kind
    id: str


def smallest_conflict(problem: Problem) -> Conflict:
    """The conflict of an infeasible problem, in sentences."""
    return _told(problem, smallest_demands(problem))


def smallest_demands(problem: Problem) -> list[Demand]:
    """Demands that cannot hold together, though without any one of them the others can."""
    demands = list(_demands(problem))
    return _counted(problem) or _quick(problem, [], demands, is_new=False)


def _demands(problem: Problem) -> Iterator[Demand]:
    yield from (Demand("rule", rule.id) for rule in problem.rules)
    yield from (Demand("group", group.id) for group in problem.groups)
    yield from (Demand("least", o.id) for o in problem.options if o.seats.least)
    yield from (Demand("most", o.id) for o in problem.options)
    yield from (Demand("own", s.id) for s in problem.students if s.impossible)
    if not problem.policy.allow_unplaced:
        yield from (Demand("place", student.id) for student in problem.students)


def _counted(problem: Problem) -> list[Demand]:
    """The plain case, without search: more students than seats."""
    total = sum(option.seats.most for option in problem.options)
    if problem.policy.allow_unplaced or len(problem.students) <= total:
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


def possible(problem: Problem, demands: Sequence[Demand]) -> bool:
    """Whether some plan meets these demands, all others waived."""
    held = set(demands)
    relaxed = replace(
        problem,
        rules=tuple(r for r in problem.rules if Demand("rule", r.id) in held),
        groups=tuple(g for g in problem.groups if Demand("group", g.id) in held),
        options=tuple(_relaxed(o, held, len(problem.students)) for o in problem.options),
        students=tuple(_unbound(s, held) for s in problem.students),
    )
    placed = {demand.id for demand in held if demand.kind == "place"}
    optional = {student.id for student in problem.students} - placed
    try:
        Search(edges_of(relaxed, wishes_of(relaxed), optional), relaxed).check()
    except NoPlan:
        return False
    return True


def _relaxed(option: Option, held: set[Demand], everybody: int) -> Option:
    seats = option.seats
    most = seats.most if Demand("most", option.id) in held else max(everybody, seats.most)
    least = seats.least if Demand("least", option.id) in held else 0
    return replace(option, seats=Seats(most, least, seats.may_stay_closed))


def _unbound(student: Student, held: set[Demand]) -> Student:
    return student if Demand("own", student.id) in held else replace(student, impossible={})


def _told(problem: Problem, kept: Sequence[Demand]) -> Conflict:
    ids = {kind: sorted({d.id for d in kept if d.kind == kind}) for kind in _KINDS}
    students = sorted({*ids["place"], *ids["own"]})
    return Conflict(
        rules=tuple(ids["rule"]),
        seats=tuple(sorted({*ids["most"], *ids["least"], *ids["group"]})),
        students=tuple(students),
        sentences=tuple(_sentences(problem, ids)),
    )


_KINDS: tuple[Kind, ...] = ("rule", "group", "least", "most", "own", "place")


def _sentences(problem: Problem, ids: dict[Kind, list[str]]) -> Iterator[str]:
    if ids["place"]:
        verb = "student must be placed" if len(ids["place"]) == 1 else "students must be placed"
        yield f"{len(ids['place'])} {verb}: {_listed(ids['place'])}."
    for student in ids["own"]:
        reasons = problem.student(student).impossible
        listed = "; ".join(f"{option} ({why})" for option, why in sorted(reasons.items()))
        yield f"Student {student} cannot take: {listed}."
    for rule in sorted(problem.rules, key=lambda row: row.id):
        if rule.id in ids["rule"]:
            yield f"Rule {rule.id}: {rule.sentence or rule.kind}"
    for option in ids["most"]:
        yield f"{option} has {problem.option(option).seats.most} seats."
    for option in ids["least"]:
        yield f"{option} needs at least {problem.option(option).seats.least} students."
    yield from (_group(g) for g in problem.groups if g.id in ids["group"])
    yield "These cannot all hold together; without any one of them the others could."


def _group(group: Group) -> str:
    limits = []
    if group.seats:
        limits.append(f"between {group.seats.least} and {group.seats.most} students")
    if group.tolerance is not None:
        limits.append(f"sizes at most {group.tolerance} apart")
    return f"{group_name(group)}: {', '.join(limits)}."


def _listed(names: Sequence[str], show: int = 5) -> str:
    if len(names) <= show + 1:
        return ", ".join(names)
    return f"{', '.join(names[:show])} and {len(names) - show} more"

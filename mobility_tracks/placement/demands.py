"""What a round demands, one by one, and a set of demands that cannot all hold, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from mobility_tracks.placement.names import group_name, opens_after
from mobility_tracks.placement.plan import Conflict
from mobility_tracks.placement.problem import Group, Overflow, Problem

Kind = Literal["rule", "group", "overflow", "least", "most", "own", "place"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that can be waived: a rule, group or overflow by its id; the least or most students
    of an option; a student's `own` reasons; that a student gets a `place`. Without an option's most
    (or without the group) nothing waits for it to be full."""

    kind: Kind
    id: str


def demands_of(problem: Problem) -> Iterator[Demand]:
    yield from (Demand("rule", rule.id) for rule in problem.rules)
    yield from (Demand("group", group.id) for group in problem.groups)
    yield from (Demand("overflow", overflow.id) for overflow in problem.overflows)
    yield from (Demand("least", o.id) for o in problem.options if o.seats.least)
    yield from (Demand("most", o.id) for o in problem.options)
    yield from (Demand("own", s.id) for s in problem.students if s.impossible)
    for student in problem.students:
        if student.given or not problem.policy.allow_unplaced:
            yield Demand("place", student.id)


def told(problem: Problem, kept: Sequence[Demand]) -> Conflict:
    """The conflict that demands of the problem make."""
    ids = {kind: sorted({d.id for d in kept if d.kind == kind}) for kind in KINDS}
    return Conflict(
        rules=tuple(ids["rule"]),
        seats=tuple(sorted({*ids["most"], *ids["least"], *ids["group"]})),
        students=tuple(sorted({*ids["place"], *ids["own"]})),
        sentences=tuple(_sentences(problem, ids)),
        overflows=tuple(ids["overflow"]),
    )


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
    yield from (_overflow(o) for o in problem.overflows if o.id in ids["overflow"])
    yield "These cannot all hold together; without any one of them the others could."


def _group(group: Group) -> str:
    limits = []
    if group.seats:
        limits.append(f"between {group.seats.least} and {group.seats.most} students")
    if group.tolerance is not None:
        limits.append(f"sizes at most {group.tolerance} apart")
    return f"{group_name(group)}: {', '.join(limits)}."


def _overflow(overflow: Overflow) -> str:
    stated = f"{overflow.sentence.removesuffix('.')}: " if overflow.sentence else ""
    return f"{stated}{opens_after(overflow.options, overflow.after)}."


def _listed(names: Sequence[str], show: int = 5) -> str:
    if len(names) <= show + 1:
        return ", ".join(names)
    return f"{', '.join(names[:show])} and {len(names) - show} more"

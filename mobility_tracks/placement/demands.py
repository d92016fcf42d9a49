"""What a round demands, one by one, and a set of demands that cannot all hold, in sentences."""

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from mobility_tracks.placement.names import group_name, opens_after
from mobility_tracks.placement.plan import Conflict, Demand, Kind
from mobility_tracks.placement.problem import Group, Overflow, Problem

KINDS: tuple[Kind, ...] = get_args(Kind)
# The order in which sentences name them.
_TOLD: tuple[Kind, ...] = ("place", "own", "rule", "most", "least", "group", "overflow")
NONE_SPARED = "These cannot all hold together; without any one of them the others could."


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


def told(problem: Problem, kept: Collection[Demand]) -> Conflict:
    """The conflict that demands of the problem make."""
    ids = _ids(kept)
    return Conflict(
        demands=tuple(Demand(kind, each) for kind in _TOLD for each in ids[kind]),
        rules=tuple(ids["rule"]),
        seats=tuple(sorted({*ids["most"], *ids["least"], *ids["group"]})),
        students=tuple(sorted({*ids["place"], *ids["own"]})),
        overflows=tuple(ids["overflow"]),
        sentences=(*sentences(problem, kept), NONE_SPARED),
    )


def sentences(problem: Problem, kept: Collection[Demand]) -> Iterator[str]:
    """The demands in words, all places asked for in one sentence."""
    ids = _ids(kept)
    if ids["place"]:
        verb = "student must be placed" if len(ids["place"]) == 1 else "students must be placed"
        yield f"{len(ids['place'])} {verb}: {_listed(ids['place'])}."
    for student in ids["own"]:
        reasons = problem.student(student).impossible
        listed = "; ".join(f"{option} ({why})" for option, why in sorted(reasons.items()))
        yield f"Student {student} cannot take: {listed}."
    rules = {rule.id: rule for rule in problem.rules}
    for rule in ids["rule"]:
        yield f"Rule {rule}: {rules[rule].sentence or rules[rule].kind}"
    for option in ids["most"]:
        yield f"{option} has {problem.option(option).seats.most} seats."
    for option in ids["least"]:
        yield f"{option} needs at least {problem.option(option).seats.least} students."
    groups = {group.id: group for group in problem.groups}
    yield from (_group(groups[group]) for group in ids["group"])
    overflows = {overflow.id: overflow for overflow in problem.overflows}
    yield from (_overflow(overflows[overflow]) for overflow in ids["overflow"])


def _ids(kept: Collection[Demand]) -> dict[Kind, list[str]]:
    return {kind: sorted({d.id for d in kept if d.kind == kind}) for kind in KINDS}


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

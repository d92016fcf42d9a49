"""A round with some of its demands alone, all others waived, for the check alone."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from mobility_tracks.placement.plan import Demand
from mobility_tracks.placement.problem import Problem, Seats


def reduced(problem: Problem, demands: Collection[Demand]) -> tuple[Problem, set[str]]:
    """What every plan that meets these demands keeps, and who may stay without a place."""
    of = {kind: {d.id for d in demands if d.kind == kind} for kind in {d.kind for d in demands}}
    full = of.get("most", set()) | of.get("group", set())
    options = []
    for option in problem.options:
        room = max(option.seats.most, len(problem.students))
        most = option.seats.most if option.id in of.get("most", ()) else room
        least = option.seats.least if option.id in of.get("least", ()) else 0
        options.append(replace(option, seats=Seats(most, least, option.seats.may_stay_closed)))
    students = [
        row if row.id in of.get("own", ()) else replace(row, impossible={})
        for row in problem.students
    ]
    overflows = [
        replace(row, after=tuple(name for name in row.after if name in full))
        for row in problem.overflows
        if row.id in of.get("overflow", ()) and full.intersection(row.after)
    ]
    left = replace(
        problem,
        options=tuple(options),
        students=tuple(students),
        overflows=tuple(overflows),
        rules=tuple(row for row in problem.rules if row.id in of.get("rule", ())),
        groups=tuple(row for row in problem.groups if row.id in of.get("group", ())),
    )
    return left, {row.id for row in problem.students} - of.get("place", set())


def undemanded(problem: Problem, demands: Sequence[Demand]) -> Iterator[str]:
    """A sentence for each demand that the round does not make, or that is named twice."""
    all_placed = not problem.policy.allow_unplaced
    made = {
        "rule": {row.id for row in problem.rules},
        "group": {row.id for row in problem.groups},
        "overflow": {row.id for row in problem.overflows},
        "least": {row.id for row in problem.options},
        "most": {row.id for row in problem.options},
        "own": {row.id for row in problem.students},
        "place": {row.id for row in problem.students if all_placed or row.given},
    }
    for demand, count in Counter(demands).items():
        if demand.id not in made.get(demand.kind, ()):
            yield f"The round does not demand {demand.kind} {demand.id}."
        if count > 1:
            yield f"The demand {demand.kind} {demand.id} is named {count} times."

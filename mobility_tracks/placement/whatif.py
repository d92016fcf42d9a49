"""What would follow from a change: the new plan, who moves from where to where, every figure.

Nothing is written anywhere. Two ways to solve again. Afresh: the best plan of the changed round,
as if it were decided now. With the fewest moves (`fewest_moves`): for a round already announced,
when somebody leaves, arrives or a seat goes. Then first as few of those who stay as possible lose
their place, and among such plans the policy, then the draw, decides. So a withdrawal moves nobody
unless a least number or a balance makes it necessary, and a newcomer takes what is free before
anybody is asked to move; nobody who may keep the place is worse off. The price is that a freed seat
is not offered on: who wants that, asks for the best plan and reads who would move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mobility_tracks.placement.changes import Change, changed
from mobility_tracks.placement.plan import Plan
from mobility_tracks.placement.problem import Keep, Problem
from mobility_tracks.placement.rules import Verdict, verdicts
from mobility_tracks.placement.solve import solve
from mobility_tracks.placement.wishes import wishes_of


@dataclass(frozen=True, slots=True)
class Figures:
    """`sum_of_ranks`: over students placed who ranked something; `sizes`: every option's."""

    students: int
    first_choices: int
    sum_of_ranks: int
    indifferent: int
    unplaced: int
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Move:
    """`before`, `after`: options, None for no place. Ranks count in the student's own list (one
    more than its length for what is not listed); None without a place or without wishes."""

    student: str
    before: str | None
    after: str | None
    rank_before: int | None
    rank_after: int | None

    @property
    def is_worse(self) -> bool:
        """Whether a place, or a better wish, was lost. Without wishes no place is worse."""
        if self.after is None or self.before is None:
            return self.before is not None
        return (self.rank_after or 0) > (self.rank_before or 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """`moves`: those in both rounds whose place differs; `left`, `joined`: with their place."""

    moves: tuple[Move, ...]
    left: Mapping[str, str | None]
    joined: Mapping[str, str | None]
    before: Figures
    after: Figures


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`problem` and `plan` are what would be adopted, and can be certified as any other.
    `by_hand`: for each student placed by hand, what stands against it; often nothing."""

    problem: Problem
    plan: Plan
    difference: Difference
    by_hand: Mapping[str, tuple[Verdict, ...]]


def what_if(
    problem: Problem, plan: Plan, changes: Sequence[Change], *, fewest_moves: bool = False
) -> WhatIf:
    """What follows from the changes. `plan` must be a plan of `problem`.

    Raises what `solve` raises: ProblemInvalid for a change that contradicts the round, Infeasible
    with the smallest conflict when nothing is possible any more.
    """
    after = changed(replace(problem, keep=None), changes)
    stay = {student.id for student in after.students}
    if fewest_moves:
        places = {s: o for s, o in plan.assignment.items() if s in stay}
        after = replace(after, keep=Keep(places))
    found = solve(after)
    return WhatIf(after, found, difference(problem, plan, after, found), objections(after))


def difference(problem: Problem, plan: Plan, other: Problem, found: Plan) -> Difference:
    """From one plan to another, students in the order of their ids."""
    old, new = plan.assignment, found.assignment
    moved = sorted(s for s in old if s in new and old[s] != new[s])
    return Difference(
        moves=tuple(_move(problem, other, s, old[s], new[s]) for s in moved),
        left={s: old[s] for s in sorted(old) if s not in new},
        joined={s: new[s] for s in sorted(new) if s not in old},
        before=figures(problem, plan),
        after=figures(other, found),
    )


def figures(problem: Problem, plan: Plan) -> Figures:
    wishes = wishes_of(problem)
    ranks = [
        wishes[s].rank[o] for s, o in plan.assignment.items() if o and not wishes[s].indifferent
    ]
    return Figures(
        students=len(plan.assignment),
        first_choices=ranks.count(1),
        sum_of_ranks=sum(ranks),
        indifferent=plan.indifferent,
        unplaced=plan.unplaced,
        sizes={option.id: plan.counts.get(option.id, 0) for option in problem.options},
    )


def objections(problem: Problem) -> dict[str, tuple[Verdict, ...]]:
    """Of every student placed by hand, the rules and own reasons that are overruled by it."""
    options = {option.id: option for option in problem.options}
    found: dict[str, tuple[Verdict, ...]] = {}
    for student in problem.students:
        if student.given:
            against = list(verdicts(problem, student, options[student.given]))
            if student.given in student.impossible:
                why = student.impossible[student.given]
                fact = f"the student ruled out {student.given}: {why}"
                against.append(Verdict("Own reasons are respected", fact, "", "Ask the student"))
            found[student.id] = tuple(against)
    return found


def _move(
    problem: Problem, other: Problem, student: str, before: str | None, after: str | None
) -> Move:
    return Move(student, before, after, _own(problem, student, before), _own(other, student, after))


def _own(problem: Problem, student: str, option: str | None) -> int | None:
    ranks = problem.student(student).ranks
    if option is None or not ranks:
        return None
    return next((n for n, wished in enumerate(ranks, 1) if option in wished), len(ranks) + 1)

"""The plans still possible while a plan's stages are checked one by one, for `verify` alone."""

from collections.abc import Iterable, Mapping

from mobility_tracks.placement.plan import Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.expected import Ranks, cost_of

NOWHERE = ""
_FREE = "\x00free seats"


class Face:
    """Open options per student and seat limits per option; each check narrows both.

    `is_sized`: only plans with the same number of students in each option count.
    """

    def __init__(
        self,
        problem: Problem,
        assignment: Mapping[str, str | None],
        ranks: Ranks,
        *,
        is_sized: bool,
    ) -> None:
        self._problem, self._ranks = problem, ranks
        self._at = {student: option or NOWHERE for student, option in assignment.items()}
        self._open = {student: set(ranks[student]) for student in assignment}
        self._low = {option.id: option.seats.least for option in problem.options}
        self._high = {option.id: option.seats.most for option in problem.options}
        self._count = dict.fromkeys([*self._low, NOWHERE], 0)
        for option in self._at.values():
            self._count[option] += 1
        if problem.policy.allow_unplaced:
            self._low[NOWHERE], self._high[NOWHERE] = 0, len(assignment)
            for student in problem.students:
                if not student.given:
                    self._open[student.id].add(NOWHERE)
        if is_sized:
            self._low, self._high = dict(self._count), dict(self._count)
        self._arcs: dict[str, dict[str, int]] = {}

    def restrict(self, stage: Stage, prices: Mapping[str, int]) -> int:
        """The lower bound these prices prove; keeps the plans that could still reach it."""
        cost, bound = cost_of(self._problem, stage, self._ranks), 0
        for option, value in prices.items():
            limits = self._low if value > 0 else self._high
            bound += value * limits.get(option, 0)
        # Without prices, those whom the stage does not concern add nothing anywhere.
        concerned = self._open if prices or not stage.students else stage.students
        for student in concerned:
            options = self._open[student]
            reduced = {o: cost(student, o or None) - prices.get(o, 0) for o in options}
            least = min(reduced.values())
            bound += least
            self._open[student] = {o for o in options if reduced[o] == least}
        for option, value in prices.items():
            self._tighten(option, value)
        self._arcs = {}
        return bound

    def serve(self, student: str, places: Mapping[str, int]) -> bool:
        """Whether no plan still possible gives the student a lower place; drops those with
        another one. Nowhere comes after every place."""
        if not self._arcs:
            self._build()
        last = len(places) + 1
        self._add(student, -1)
        mine = places.get(self._at[student], last)
        better = {o for o in self._open[student] if places.get(o, last) < mine}
        improvable = self._at[student] in self._reached(better)
        self._open[student] = {o for o in self._open[student] if places.get(o, last) == mine}
        self._add(student, 1)
        return not improvable

    def keep(self, student: str, places: Mapping[str, int]) -> None:
        """Drops plans that give the student another place than this one, or one equal to it."""
        last = len(places) + 1
        mine = places.get(self._at[student], last)
        self._open[student] = {o for o in self._open[student] if places.get(o, last) == mine}
        self._arcs = {}

    def is_fewest(self, option: str) -> bool:
        """Whether no plan still possible has fewer students in the option; drops those with
        another number."""
        if not self._arcs:
            self._build()
        count, low = self._count[option], self._low.get(option, 0)
        self._high[option] = count
        could_shrink = count > low and _FREE in self._reached([option])
        self._low[option] = count
        return not could_shrink

    def _tighten(self, option: str, value: int) -> None:
        if value < 0:
            self._low[option] = self._high.get(option, 0)
        elif value > 0:
            self._high[option] = self._low.get(option, 0)

    def _build(self) -> None:
        self._arcs = {option: {} for option in self._count}
        for student in self._open:
            self._add(student, 1)

    def _add(self, student: str, change: int) -> None:
        row = self._arcs[self._at[student]]
        for option in self._open[student]:
            row[option] = row.get(option, 0) + change

    def _reached(self, starts: Iterable[str]) -> set[str]:
        seen = set(starts)
        queue = list(seen)
        for node in queue:
            for following in self._next(node) - seen:
                seen.add(following)
                queue.append(following)
        return seen

    def _next(self, node: str) -> set[str]:
        if node == _FREE:
            return {option for option, low in self._low.items() if self._count[option] > low}
        found = {option for option, movers in self._arcs[node].items() if movers}
        if self._count[node] < self._high.get(node, 0):
            found.add(_FREE)
        return found

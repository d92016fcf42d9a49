"""Rounds with groups, balance or options that may stay closed: linear first, then a small search.

Only the numbers of the layout need to be whole. Each aim is bounded by the linear relaxation in
exact integers; edges too dear for any plan that could still be best are set aside, and HiGHS
searches what is left. Each stage adds "no worse than found" as a row.
"""

from collections.abc import Sequence
from math import ceil

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, costs
from mobility_tracks.placement.engine import NoPlan, Reached
from mobility_tracks.placement.highs import Answer, Ints
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.plan import SolverFailure
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.space import SCALES, Space, Worth

# HiGHS' feasibility tolerance; the true optimum is a whole number.
_TOLERANCE = 1e-6


class Search:
    """An Engine for the stages and the sizes. Raises NoPlan when nothing is feasible."""

    def __init__(self, edges: Edges, problem: Problem) -> None:
        layout = layout_of(edges.options, problem)
        low, high = layout.box()
        self._space = Space(edges, layout, low, high)
        self._stage = 0
        if np.any(low > high) or len(np.unique(edges.student)) < len(edges.students):
            raise NoPlan
        self._solved(np.zeros(len(edges.student), dtype=np.int64), None)

    def minimise(self, target: Target) -> Reached:
        space = self._space
        cost = costs(target, space.edges)
        value = self._least(cost)
        space.hold(self._stage, costs(target, space.edges), value)
        self._stage += 1
        return Reached(value, value, None)

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        space = self._space
        place = {option: level for level, options in enumerate(levels) for option in options}
        mine = space.edges.of(student)
        mine = mine[space.alive[mine]]
        level = np.array([place[int(option)] for option in space.edges.option[mine]])
        cost = np.zeros(len(space.edges.student), dtype=np.int64)
        cost[mine] = level
        reached = round(self._solved(cost, None).value)
        space.drop(mine[level != reached])
        self._stage += 1
        return reached

    def shrink(self, option: int) -> int:
        """The fewest students the option can have; plans with another number are dropped."""
        space = self._space
        if space.low[option] < space.high[option]:
            cost = np.zeros(len(space.edges.student), dtype=np.int64)
            sizes = np.zeros(len(space.low), dtype=np.int64)
            sizes[option] = 1
            least = round(self._solved(cost, sizes).value)
            space.low[option] = space.high[option] = least
            space.confine(space.low, space.high)
        return int(space.low[option])

    def _solved(self, cost: Ints, size_cost: Ints | None) -> Answer:
        answer = self._space.relax(cost, size_cost)
        if answer is not None and len(self._space.fractional(answer)):
            answer = self._space.search(cost, size_cost)
        if answer is None:
            raise NoPlan
        return answer

    def _least(self, cost: Ints) -> int:
        space = self._space
        answer = space.relax(cost)
        if answer is None:
            raise NoPlan
        bound = ceil(answer.value - _TOLERANCE)
        if not len(space.fractional(answer)) and abs(answer.value - bound) > _TOLERANCE:
            raise SolverFailure(f"Whole sizes reach {answer.value}, which is no whole number.")
        worth, scale = self._exact(answer, cost, bound)
        if not len(space.fractional(answer)):
            self._set_aside(worth, 0)
            return bound
        return self._searched(cost, bound, worth, scale)

    def _exact(self, answer: Answer, cost: Ints, bound: int) -> tuple[Worth, int]:
        """The multipliers' exact worth against `bound`, by the first scale that loses little."""
        space, box = self._space, (self._space.low, self._space.high)
        best: tuple[Worth, int] | None = None
        for scale in SCALES:
            by = space.multipliers(answer.row_duals, scale, goal=True)
            worth = space.worth(by, cost, bound, box)
            if best is None or worth.total * best[1] > best[0].total * scale:
                best = worth, scale
            if worth.total >= scale * (answer.value - bound - _TOLERANCE):
                break
        if best is None:
            raise SolverFailure("No scale was tried.")
        return best

    def _searched(self, cost: Ints, bound: int, worth: Worth, scale: int) -> int:
        space, beyond = self._space, 0
        while True:
            keep = worth.regret <= beyond * scale - worth.total
            answer = space.search(cost, keep=keep)
            if answer is not None and round(answer.value) <= bound + beyond:
                value = round(answer.value)
                self._set_aside(worth, (value - bound) * scale)
                return value
            if answer is None and np.all(keep | ~space.alive):
                raise NoPlan
            found = None if answer is None else round(answer.value) - bound
            beyond = 2 * beyond + 1 if found is None else min(found, 2 * beyond + 1)

    def _set_aside(self, worth: Worth, more: int) -> None:
        """Edges that no plan of the value reached can use."""
        self._space.drop(np.flatnonzero(self._space.alive & (worth.regret > more - worth.total)))

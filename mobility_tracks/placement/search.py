"""Rounds with groups, balance or options that may stay closed: branch and bound, gap zero.

Each stage adds "no worse than found" as a row; serving a student removes edges. The plan left at
the end is the only one, so it does not depend on the way the search went.
"""

from collections.abc import Sequence
from math import ceil

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, costs
from mobility_tracks.placement.engine import NoPlan, Reached
from mobility_tracks.placement.highs import Floats, Ints, Model, Rows
from mobility_tracks.placement.problem import Problem, Seats


class Search:
    """An Engine. Raises NoPlan when nothing is feasible."""

    def __init__(self, edges: Edges, problem: Problem) -> None:
        self._edges = edges
        self._alive = np.ones(len(edges.student), dtype=bool)
        layout = _Layout(edges)
        layout.limits(problem)
        self._width = layout.width
        self._model = Model(layout.upper(), layout.rows, integer=True)
        self._at = self._solve(np.zeros(len(edges.student), dtype=np.int64))[0]

    def minimise(self, target: Target) -> Reached:
        cost = costs(target, self._edges)
        self._at, bound = self._solve(cost)
        value = int(cost[self._chosen()].sum())
        costly = np.flatnonzero(cost)
        self._model.add_row(-np.inf, value, costly, cost[costly].astype(np.float64))
        return Reached(value, max(bound, 0), None)

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        mine = self._edges.of(student)
        mine = mine[self._alive[mine]]
        place = {option: level for level, options in enumerate(levels) for option in options}
        level = np.array([place[int(option)] for option in self._edges.option[mine]])
        if place[int(self._at[student])] > level.min():
            cost = np.zeros(len(self._edges.student), dtype=np.int64)
            cost[mine] = level
            self._at, _ = self._solve(cost)
        reached = place[int(self._at[student])]
        self._drop(mine[level != reached])
        return reached

    def placed(self) -> list[int]:
        return [int(option) for option in self._at]

    def _drop(self, edges: Ints) -> None:
        if len(edges):
            self._alive[edges] = False
            self._model.forbid(edges)

    def _chosen(self) -> Ints:
        return np.flatnonzero(self._edges.option == self._at[self._edges.student])

    def _solve(self, cost: Ints) -> tuple[Ints, int]:
        padded = np.zeros(self._width)
        padded[: len(cost)] = cost
        answer = self._model.minimise(padded)
        if answer is None:
            raise NoPlan
        chosen = answer.values[: len(cost)] > 0.5
        # 1e-6 is HiGHS' feasibility tolerance; the true optimum is a whole number.
        return self._edges.option[chosen], ceil(answer.bound - 1e-6)


class _Layout:
    """Rows and extra columns: one edge column each, then `open` flags and group floors."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._extra: list[float] = []
        self.rows = Rows()
        for mine in edges.by_student():
            self.rows.add(1, 1, mine)

    @property
    def width(self) -> int:
        return len(self._edges.student) + len(self._extra)

    def upper(self) -> Floats:
        return np.concatenate([np.ones(len(self._edges.student)), np.array(self._extra)])

    def limits(self, problem: Problem) -> None:
        for option in sorted(problem.options, key=lambda row: row.id):
            self._seats([option.id], option.seats)
        for group in sorted(problem.groups, key=lambda row: row.id):
            if group.seats:
                self._seats(sorted(group.options), group.seats)
            if group.tolerance is not None:
                self._balance(sorted(group.options), group.tolerance)
        self._column(0.0)  # HiGHS does not take a model without columns

    def _into(self, options: Sequence[str]) -> Ints:
        numbers = [self._edges.options.index(option) for option in options]
        return np.flatnonzero(np.isin(self._edges.option, numbers))

    def _seats(self, options: Sequence[str], seats: Seats) -> None:
        into = self._into(options)
        if not seats.may_stay_closed:
            self.rows.add(seats.least, seats.most, into)
            return
        is_open = self._column(1.0)
        for limit, low, high in ((seats.most, -np.inf, 0.0), (seats.least, 0.0, np.inf)):
            self.rows.add(low, high, np.append(into, is_open), _ones_and(len(into), -limit))

    def _balance(self, options: Sequence[str], tolerance: int) -> None:
        floor = self._column(float(len(self._edges.students)))
        for option in options:
            into = self._into([option])
            self.rows.add(0.0, tolerance, np.append(into, floor), _ones_and(len(into), -1))

    def _column(self, upper: float) -> int:
        self._extra.append(upper)
        return self.width - 1


def _ones_and(count: int, last: float) -> Floats:
    return np.append(np.ones(count), last)

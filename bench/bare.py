"""The model of a round handed straight to HiGHS: the least sum of squared dissatisfaction, no more.

One column for each student and permitted option; a row for each student, option, shared number of
seats and balanced size. No check of the input, no draw, no proof beyond the solver's word.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from mobility_tracks.placement import Problem
from mobility_tracks.placement.wishes import wishes_of

SETTINGS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}
Row = tuple[float, float, Sequence[int], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Bare:
    """Arrays ready to be handed over. Not `is_whole`: a linear program, which seats alone allow."""

    costs: NDArray[np.float64]
    rows: tuple[Row, ...]
    floors: int
    is_whole: bool

    def optimum(self) -> int:
        model = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        for name, value in SETTINGS.items():
            model.setOptionValue(name, value)
        model.passModel(self._lp())
        model.run()
        return round(model.getInfo().objective_function_value)

    def _lp(self) -> highspy.HighsLp:
        many = len(self.costs) + self.floors
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = many, len(self.rows)
        lp.col_cost_ = np.concatenate([self.costs, np.zeros(self.floors)])
        lp.col_lower_ = np.zeros(many)
        lp.col_upper_ = np.concatenate([np.ones(len(self.costs)), np.full(self.floors, np.inf)])
        lp.row_lower_ = np.array([row[0] for row in self.rows])
        lp.row_upper_ = np.array([row[1] for row in self.rows])
        matrix = lp.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row[2]) for row in self.rows)])
        matrix.index_ = np.concatenate([row[2] for row in self.rows]).astype(np.int64)
        matrix.value_ = np.concatenate([row[3] for row in self.rows]).astype(np.float64)
        if self.is_whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * many
        return lp


def bare(problem: Problem) -> Bare:
    """Of a problem without options that may stay closed, nobody staying unplaced."""
    wishes = wishes_of(problem)
    costs: list[int] = []
    of: dict[str, list[int]] = {option.id: [] for option in problem.options}
    rows: list[Row] = []
    for student in problem.students:
        first = len(costs)
        for option, rank in sorted(wishes[student.id].rank.items()):
            of[option].append(len(costs))
            costs.append((rank - 1) ** 2)
        rows.append((1, 1, *_ones(range(first, len(costs)))))
    rows += [(o.seats.least, o.seats.most, *_ones(of[o.id])) for o in problem.options]
    floors = 0
    for group in problem.groups:
        if group.seats:
            members = [column for option in group.options for column in of[option]]
            rows.append((group.seats.least, group.seats.most, *_ones(members)))
        if group.tolerance is not None:
            floor = len(costs) + floors
            floors += 1
            rows += [
                (0, group.tolerance, [*of[option], floor], [*_ones(of[option])[1], -1.0])
                for option in group.options
            ]
    return Bare(np.array(costs, dtype=np.float64), tuple(rows), floors, bool(problem.groups))


def _ones(columns: Sequence[int]) -> tuple[Sequence[int], Sequence[float]]:
    return columns, [1.0] * len(columns)


@contextmanager
def silence() -> Iterator[None]:
    """HiGHS greets on the process's own output, past Python's, when it is first used."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)

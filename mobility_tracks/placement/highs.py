"""The one place that talks to HiGHS: build a model, minimise, read values, bound and row duals.

One thread, fixed random seed, both gaps zero. Two machines may still visit different corners;
callers therefore only use facts that do not depend on the corner (values, faces, uniqueness).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import highspy
import numpy as np
from numpy.typing import NDArray

from mobility_tracks.placement.plan import SolverFailure

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
VERSION = f"highspy {version('highspy')}"


@dataclass(slots=True)
class Rows:
    """Constraints low <= row <= high, row-wise, weights one unless given."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    columns: list[Ints] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)

    def add(self, low: float, high: float, columns: Ints, weights: Floats | None = None) -> None:
        self.low.append(low)
        self.high.append(high)
        self.columns.append(columns)
        self.weights.append(np.ones(len(columns)) if weights is None else weights)


@dataclass(frozen=True, slots=True)
class Answer:
    """`bound` is the dual bound of a search, the value itself of a linear program."""

    values: Floats
    value: float
    bound: float
    row_duals: Floats


class Model:
    """A model with columns in [0, upper], those named in `whole` integer."""

    def __init__(self, upper: Floats, rows: Rows, whole: Sequence[int] = ()) -> None:
        self._count = len(upper)
        self._every = np.arange(self._count, dtype=np.int32)
        self._integer = len(whole) > 0
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy has no types
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(_lp(upper, rows, whole))

    def minimise(self, costs: Floats) -> Answer | None:
        """The optimum, or None if nothing is feasible. Raises SolverFailure on any other end."""
        self._highs.changeColsCost(self._count, self._every, costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailure(f"HiGHS ended with {status.name}.")
        return self._answer()

    def ray(self) -> Floats | None:
        """Row multipliers that show the last linear program to be infeasible, where HiGHS has
        them."""
        _, exists, ray = self._highs.getDualRay()  # type: ignore[attr-defined]  # as above
        return np.array(ray) if exists else None

    def bind(self, columns: Ints, low: Floats, high: Floats) -> None:
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), low, high)

    def forbid(self, columns: Ints) -> None:
        zeros = np.zeros(len(columns))
        self.bind(columns, zeros, zeros)

    def add_row(self, low: float, high: float, columns: Ints, weights: Floats) -> None:
        self._highs.addRow(low, high, len(columns), columns.astype(np.int32), weights)

    def _answer(self) -> Answer:
        solution, info = self._highs.getSolution(), self._highs.getInfo()
        value = info.objective_function_value
        bound = info.mip_dual_bound if self._integer else value
        return Answer(np.array(solution.col_value), value, bound, np.array(solution.row_dual))


_OPTIONS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}


def _lp(upper: Floats, rows: Rows, whole: Sequence[int]) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(rows.low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(len(upper)), np.zeros(len(upper)), upper
    lp.row_lower_, lp.row_upper_ = np.array(rows.low), np.array(rows.high)
    if len(whole):
        kinds = [highspy.HighsVarType.kContinuous] * len(upper)
        for column in whole:
            kinds[column] = highspy.HighsVarType.kInteger
        lp.integrality_ = kinds
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *map(len, rows.columns)])
    matrix.index_ = np.concatenate(rows.columns) if rows.columns else np.zeros(0, dtype=np.int64)
    matrix.value_ = np.concatenate(rows.weights) if rows.weights else np.zeros(0)
    return lp

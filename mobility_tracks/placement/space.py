"""The plans still possible while a round with groups, balance or closable options is solved.

Edges may be dropped, earlier aims held at their value, numbers of the layout confined to a box. The
linear relaxation gives multipliers; `worth` turns them, rounded, into an exact bound in integers,
so nothing that follows from a bound rests on the solver's arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mobility_tracks.placement.crowds import TOLERANCE, Crowds, Held, View, single
from mobility_tracks.placement.edges import Edges
from mobility_tracks.placement.highs import Flags, Floats, Ints
from mobility_tracks.placement.layout import Layout
from mobility_tracks.placement.program import Box, Program, Relaxed

SCALES = (1, 2, 3, 4, 6, 12, 60, 840, 10_000, 1_000_000)
# Crowds are worth a program of their own where there are so many times fewer than students.
_FEWER = 1.5


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Integers: of the aim in hand, of held aims by stage, of option sizes, of layout rows."""

    goal: int
    earlier: Mapping[int, int]
    prices: Ints
    rows: Ints


@dataclass(frozen=True, slots=True)
class Worth:
    """`total` is the bound minus the limit, times `goal`: above zero, no plan keeps the limit.
    `regret`: what each edge adds to it when it is used."""

    total: int
    regret: Ints


@dataclass(slots=True)
class Space:
    """`box` bounds the layout's numbers from below and above. `changed` lists the students whose
    edges were dropped, in turn; `era` counts how often edges were numbered anew."""

    edges: Edges
    layout: Layout
    box: Box
    held: list[Held] = field(default_factory=list)
    alive: Flags = field(init=False)
    free: Ints = field(init=False)
    crowds: Crowds = field(init=False)
    changed: list[int] = field(init=False, default_factory=list)
    era: int = field(init=False, default=0)
    _confined: Box = field(init=False)
    _single: Program | None = field(init=False, default=None)
    _crowded: tuple[Ints, Program] | None = field(init=False, default=None)
    _told_apart: Ints | None = field(init=False, default=None)
    _last: Program | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._number_anew()
        self.crowds = Crowds(len(self.edges.students))
        self._confined = self.box

    @property
    def sizes(self) -> int:
        return len(self.edges.options)

    def drop(self, edges: Ints) -> None:
        """Forget edges. The arrays shrink once most of them are forgotten."""
        edges = edges[self.alive[edges]]
        if not len(edges):
            return
        self.alive[edges] = False
        self._crowded = self._told_apart = None
        students = np.unique(self.edges.student[edges]).tolist()
        self.changed += students
        self.crowds.touched(students)
        if self._single is not None:
            self._single.forbid(edges)
        if 2 * self.alive.sum() < len(self.alive):
            self.edges = self.edges.kept(self.alive)
            for row in self.held:
                row.cost = row.cost[self.alive]
            self._number_anew()

    def hold(self, stage: int, cost: Ints, value: int) -> None:
        """Only plans with at most this value of the aim count from now on."""
        if _sum_by_student(np.maximum, np.where(self.alive, cost, 0), self.edges) <= value:
            return
        row = Held(stage, cost, value)
        self.held.append(row)
        self._crowded = self._told_apart = None
        costly = self.edges.student[self.alive & (cost != 0)]
        self.crowds.hold(row, np.unique(costly).tolist())
        if self._single is not None:
            self._single.hold(row)

    def fix(self, number: int, value: int) -> None:
        """Only plans with this value of the number count from now on."""
        self.box = self.box[0].copy(), self.box[1].copy()
        self.box[0][number] = self.box[1][number] = value
        self.confine(self.box)

    def confine(self, box: Box) -> None:
        """Bounds of the numbers for the linear program alone, until the next call."""
        self._confined = box
        for program in (self._single, self._crowded and self._crowded[1]):
            if program:
                program.confine(box)

    def relax(self, cost: Ints, size_cost: Ints | None = None) -> Relaxed | None:
        """The linear relaxation; `size_cost` is on the layout's numbers."""
        self._last = self._crowds_of(cost) or self._singles()
        return self._last.relax(cost, size_cost)

    def search(self, cost: Ints, keep: Flags, size_cost: Ints | None = None) -> Relaxed | None:
        """The best plan, by HiGHS' own search, using only the edges to `keep`."""
        view = self.crowds.view(self.edges, self.alive, self.alive & keep, cost)
        program = Program(view, self.layout, self.held, is_whole=True)
        program.confine(self.box)
        return program.relax(cost, size_cost)

    def ray(self) -> Floats | None:
        return self._last.ray() if self._last is not None else None

    def least(self, cost: Ints) -> Ints:
        """The least of a cost by edge, by student."""
        far = np.where(self.alive, cost, np.iinfo(np.int64).max // 4)
        starts = self.edges.starts
        return np.minimum.reduceat(far, starts) if len(starts) else np.zeros(0, np.int64)

    def multipliers(self, duals: Floats, scale: int, *, goal: bool) -> Multipliers:
        """Duals times `scale`, rounded to integers of the right sign."""
        prices = np.rint(scale * duals[: self.sizes]).astype(np.int64)
        rest = np.maximum(0, np.rint(-scale * duals[self.sizes :])).astype(np.int64)
        rows, earlier = rest[: len(self.layout.rows)], rest[len(self.layout.rows) :]
        return Multipliers(
            scale if goal else 0,
            {row.stage: int(m) for row, m in zip(self.held, earlier, strict=True) if m},
            prices,
            rows,
        )

    def worth(self, by: Multipliers, cost: Ints, limit: int, box: Box) -> Worth:
        """The exact bound that these multipliers prove on `cost`, against `limit`."""
        reduced, constant = self.reduced(by, cost)
        factors, more = self.on_numbers(by)
        least = self.least(reduced)
        total = constant + more - by.goal * limit + least_value(factors, box) + int(least.sum())
        return Worth(total, reduced - least[self.edges.student])

    def reduced(self, by: Multipliers, cost: Ints) -> tuple[Ints, int]:
        """What each edge adds to the sum of these multipliers, and what the aims held take off."""
        reduced = by.goal * cost - np.append(by.prices, 0)[self.edges.option]
        constant = 0
        for row in self.held:
            if factor := by.earlier.get(row.stage):
                reduced = reduced + factor * row.cost
                constant -= factor * row.value
        return reduced, constant

    def on_numbers(self, by: Multipliers) -> tuple[Ints, int]:
        """The factor of each number in the sum, and what the layout's rows take off."""
        factors = np.zeros(len(self.box[0]), dtype=np.int64)
        factors[: self.sizes] = by.prices
        constant = 0
        for row in np.flatnonzero(by.rows).tolist():
            terms, limit = self.layout.rows[row]
            for number, factor in terms.items():
                factors[number] += by.rows[row] * factor
            constant -= int(by.rows[row]) * limit
        return factors, constant

    def _number_anew(self) -> None:
        self.alive = np.ones(len(self.edges.student), dtype=bool)
        self.free = np.zeros(len(self.edges.student), dtype=np.int64)
        self._single = self._crowded = self._told_apart = None
        self.era += 1

    def _crowds_of(self, cost: Ints) -> Program | None:
        """A program of crowds for this cost, where that is much smaller."""
        if self._crowded is not None and self._crowded[0] is cost:
            return self._crowded[1]
        if self._told_apart is cost:
            return None
        program = None
        if self.crowds.are_few(self.edges, self.alive, cost, _FEWER):
            view = self.crowds.view(self.edges, self.alive, self.alive, cost)
            program = self._gathered(cost, view)
        self._told_apart = cost if program is None else None
        return program

    def gather(self, cost: Ints) -> None:
        """To be told before a cost is asked about that is the same for all who are alike."""
        if self.crowds.are_few(self.edges, self.alive, self.free, _FEWER):
            self._gathered(cost, self.crowds.view(self.edges, self.alive, self.alive, self.free))

    def _gathered(self, cost: Ints, view: View) -> Program | None:
        if _FEWER * len(view.many) > len(self.edges.students):
            return None
        program = Program(view, self.layout, self.held)
        program.confine(self._confined)
        self._crowded = cost, program
        return program

    def _singles(self) -> Program:
        if self._single is None:
            self._single = Program(single(self.edges, self.alive), self.layout, self.held)
            self._single.confine(self._confined)
        return self._single


def least_value(factors: Ints, box: Box) -> int:
    """The smallest value that numbers in the box give to their sum by these factors."""
    return int(np.where(factors > 0, factors * box[0], factors * box[1]).sum())


def fractional(numbers: Floats) -> Ints:
    return np.flatnonzero(np.abs(numbers - np.rint(numbers)) > TOLERANCE)


def _sum_by_student(of: np.ufunc, cost: Ints, edges: Edges) -> int:
    return int(of.reduceat(cost, edges.starts).sum()) if len(edges.starts) else 0

"""The plans still possible while a round with groups, balance or closable options is solved.

Edges may be dropped, earlier aims held at their value, numbers of the layout confined to a box. The
linear relaxation gives multipliers; `worth` turns them, rounded, into an exact bound in integers,
so nothing that follows from a bound rests on the solver's arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mobility_tracks.placement.edges import Edges, cheapest
from mobility_tracks.placement.highs import Answer, Flags, Floats, Ints, Model, Rows
from mobility_tracks.placement.layout import Layout

SCALES = (1, 2, 3, 4, 6, 12, 60, 840, 10_000, 1_000_000)
# HiGHS' feasibility tolerance.
TOLERANCE = 1e-6
Box = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Integers: of the aim in hand, of held aims by stage, of option sizes, of layout rows."""

    goal: int
    earlier: Mapping[int, int]
    prices: Ints
    rows: Ints


@dataclass(slots=True)
class Held:
    """An aim of an earlier stage: its costs by edge, and the value it may not exceed."""

    stage: int
    cost: Ints
    value: int


@dataclass(frozen=True, slots=True)
class Worth:
    """`total` is the bound minus the limit, times `goal`: above zero, no plan keeps the limit.
    `regret`: what each edge adds to it when it is used."""

    total: int
    regret: Ints


@dataclass(slots=True)
class Space:
    """`box` bounds the layout's numbers from below and above."""

    edges: Edges
    layout: Layout
    box: Box
    held: list[Held] = field(default_factory=list)
    alive: Flags = field(init=False)
    _model: Model | None = field(default=None, init=False)
    _active: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.alive = np.ones(len(self.edges.student), dtype=bool)

    @property
    def sizes(self) -> int:
        return len(self.edges.options)

    def drop(self, edges: Ints) -> None:
        """Forget edges. The arrays shrink once most of them are forgotten."""
        self.alive[edges] = False
        if self._model is not None:
            self._model.forbid(edges)
        if 2 * self.alive.sum() < len(self.alive):
            self.edges = self.edges.kept(self.alive)
            for row in self.held:
                row.cost = row.cost[self.alive]
            self.alive = np.ones(len(self.edges.student), dtype=bool)
            self._model = None

    def hold(self, stage: int, cost: Ints, value: int) -> None:
        self.held.append(Held(stage, cost, value))
        if self._model is not None:
            costly = np.flatnonzero(cost)
            self._model.add_row(-np.inf, value, costly, cost[costly].astype(np.float64))

    def holds(self, at: Ints) -> bool:
        """Whether a plan (option numbers by student number) keeps the aims held."""
        chosen = self.edges.option == at[self.edges.student]
        return all(int(row.cost[chosen].sum()) <= row.value for row in self.held)

    def fix(self, number: int, value: int) -> None:
        """Only plans with this value of the number count from now on."""
        self.box = self.box[0].copy(), self.box[1].copy()
        self.box[0][number] = self.box[1][number] = value
        self.confine(self.box)

    def confine(self, box: Box) -> None:
        """Bounds of the numbers for the linear program alone, until the next call."""
        if self._model is not None:
            columns = np.arange(len(box[0])) + len(self.edges.student)
            self._model.bind(columns, box[0].astype(np.float64), box[1].astype(np.float64))

    def relax(self, cost: Ints, size_cost: Ints | None = None) -> Answer | None:
        """The linear relaxation; `size_cost` is on the layout's numbers.

        Begins with a few places of each student and lets those in that could lower the value.
        """
        model, objective = self._begun(cost), self._objective(cost, size_cost)
        while True:
            answer = model.minimise(objective)
            asleep = self.alive & ~self._active
            if answer is not None:
                asleep &= self._reduced(answer.row_duals, cost) < -TOLERANCE / 10
            if not asleep.any():
                return answer
            self._wake(np.flatnonzero(asleep))

    def _begun(self, cost: Ints) -> Model:
        if self._model is None:
            self._active = self.alive & cheapest(self.edges, cost, self.alive)
            self._model = self._build(self.alive, is_whole=False)
            self._model.forbid(np.flatnonzero(~self._active))
            self.confine(self.box)
        return self._model

    def _wake(self, edges: Ints) -> None:
        self._active[edges] = True
        if self._model is not None:
            self._model.bind(edges, np.zeros(len(edges)), np.ones(len(edges)))

    def _reduced(self, duals: Floats, cost: Ints) -> Floats:
        """Reduced costs of all edges under the duals of the relaxation."""
        people = len(self.edges.students)
        prices = np.append(duals[people : people + self.sizes], 0.0)
        reduced = cost - prices[self.edges.option] - duals[self.edges.student]
        earlier = duals[people + self.sizes + len(self.layout.rows) :]
        for row, factor in zip(self.held, earlier, strict=True):
            if factor:
                reduced = reduced - factor * row.cost
        return np.asarray(reduced, dtype=np.float64)

    def search(self, cost: Ints, keep: Flags, size_cost: Ints | None = None) -> Answer | None:
        """The best plan, by HiGHS' own search, using only the edges to `keep`."""
        kept = self.alive & keep
        model = self._build(kept, is_whole=True)
        model.forbid(np.flatnonzero(~kept))
        columns = np.arange(len(self.box[0])) + len(self.edges.student)
        model.bind(columns, self.box[0].astype(np.float64), self.box[1].astype(np.float64))
        return model.minimise(self._objective(cost, size_cost))

    def ray(self) -> Floats | None:
        return self._model.ray() if self._model is not None else None

    def numbers(self, answer: Answer) -> Floats:
        """The layout's numbers of an answer."""
        first = len(self.edges.student)
        return answer.values[first : first + len(self.box[0])]

    def fractional(self, answer: Answer) -> Ints:
        numbers = self.numbers(answer)
        return np.flatnonzero(np.abs(numbers - np.rint(numbers)) > TOLERANCE)

    def multipliers(self, duals: Floats, scale: int, *, goal: bool) -> Multipliers:
        """Row duals times `scale`, rounded to integers of the right sign."""
        first = len(self.edges.students)
        prices = np.rint(scale * duals[first : first + self.sizes]).astype(np.int64)
        rest = np.maximum(0, np.rint(-scale * duals[first + self.sizes :])).astype(np.int64)
        rows, earlier = rest[: len(self.layout.rows)], rest[len(self.layout.rows) :]
        return Multipliers(
            scale if goal else 0,
            {row.stage: int(m) for row, m in zip(self.held, earlier, strict=True) if m},
            prices,
            rows,
        )

    def worth(
        self,
        by: Multipliers,
        cost: Ints,
        limit: int,
        box: Box,
        alive: Flags | None = None,
    ) -> Worth:
        """The exact bound that these multipliers prove on `cost`, against `limit`."""
        alive = self.alive if alive is None else alive
        reduced = by.goal * cost - np.append(by.prices, 0)[self.edges.option]
        total = -by.goal * limit
        for row in self.held:
            if factor := by.earlier.get(row.stage):
                reduced = reduced + factor * row.cost
                total -= factor * row.value
        factors, constant = self._on_numbers(by)
        total += constant + int(np.where(factors > 0, factors * box[0], factors * box[1]).sum())
        reduced = np.where(alive, reduced, np.iinfo(np.int64).max // 4)
        starts = np.searchsorted(self.edges.student, np.arange(len(self.edges.students)))
        least = np.minimum.reduceat(reduced, starts) if len(starts) else np.zeros(0, np.int64)
        return Worth(total + int(least.sum()), reduced - least[self.edges.student])

    def _on_numbers(self, by: Multipliers) -> tuple[Ints, int]:
        factors = np.zeros(len(self.box[0]), dtype=np.int64)
        factors[: self.sizes] = by.prices
        constant = 0
        for row in np.flatnonzero(by.rows).tolist():
            terms, limit = self.layout.rows[row]
            for number, factor in terms.items():
                factors[number] += by.rows[row] * factor
            constant -= int(by.rows[row]) * limit
        return factors, constant

    def _objective(self, cost: Ints, size_cost: Ints | None) -> Floats:
        numbers = np.zeros(len(self.box[0])) if size_cost is None else size_cost
        return np.concatenate([cost, numbers, [0.0]]).astype(np.float64)

    def _build(self, kept: Flags, *, is_whole: bool) -> Model:
        many, numbers = len(self.edges.student), len(self.box[0])
        rows = Rows()
        for mine in self.edges.by_student():
            rows.add(1, 1, mine[kept[mine]])
        order = np.argsort(self.edges.option, kind="stable")
        cuts = np.searchsorted(self.edges.option[order], np.arange(self.sizes + 1))
        for option in range(self.sizes):
            into = order[cuts[option] : cuts[option + 1]]
            into = into[kept[into]]
            rows.add(0, 0, np.append(into, many + option), _ones_and(len(into), -1))
        for terms, limit in self.layout.rows:
            columns = np.array([many + number for number in terms], dtype=np.int64)
            rows.add(-np.inf, limit, columns, np.array(list(terms.values()), dtype=np.float64))
        for row in self.held:
            costly = np.flatnonzero((row.cost != 0) & kept)
            rows.add(-np.inf, row.value, costly, row.cost[costly].astype(np.float64))
        # HiGHS does not take a model without columns, hence the last one.
        upper = np.concatenate([np.ones(many), self.box[1], [0.0]]).astype(np.float64)
        whole = range(many, many + numbers) if is_whole else ()
        return Model(upper, rows, whole)


def _ones_and(count: int, last: float) -> Floats:
    return np.append(np.ones(count), last)

"""The linear program over the plans of a space, and its whole-number form for HiGHS' own search.

One row for each crowd, each option's size, each row of the layout, each aim held. Begins with a few
places of each crowd and lets those in that could lower the value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mobility_tracks.placement.crowds import TOLERANCE, Held, View
from mobility_tracks.placement.edges import cheapest
from mobility_tracks.placement.highs import Answer, Floats, Ints, Model, Rows
from mobility_tracks.placement.layout import Layout

Box = tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`numbers` of the layout; `amounts` of students on the edges of `view`; `duals` of sizes, rows
    of the layout and aims held."""

    value: float
    numbers: Floats
    amounts: Floats
    duals: Floats
    view: View

    def standing(self) -> list[tuple[int, int, int]] | None:
        """Somebody of each crowd, option and how many of them, where the amounts are whole."""
        rows = self.view.standing(self.amounts)
        if rows is None:
            return None
        return [(next(iter(self.view.members[crowd])), at, many) for crowd, at, many in rows]

    def placed(self) -> Ints | None:
        """The plan (option numbers by student number), where it is one."""
        return self.view.placed(self.amounts)


class Program:
    """`bind` and `forbid` change it; `cost` is by edge of the space, `size_cost` by number."""

    def __init__(
        self, view: View, layout: Layout, held: Sequence[Held], *, is_whole: bool = False
    ) -> None:
        self._view, self._layout, self._is_whole = view, layout, is_whole
        self._held = list(held)
        self._costs = [row.cost[view.source] for row in held]
        self._room = view.many[view.edges.student].astype(np.float64)
        self._asleep = np.zeros(len(view.source), dtype=bool)
        self._model: Model | None = None
        self._box: Box | None = None

    def relax(self, cost: Ints, size_cost: Ints | None = None) -> Relaxed | None:
        """The least value; None where nothing is feasible."""
        mine = cost[self._view.source]
        model = self._begun(mine)
        objective = np.concatenate([mine, self._on_numbers(size_cost), [0.0]]).astype(np.float64)
        while True:
            answer = model.minimise(objective)
            cheaper = self._asleep
            if answer is not None:
                cheaper = cheaper & (self._reduced(answer.row_duals, mine) < -TOLERANCE / 10)
            if not cheaper.any():
                return None if answer is None else self._told(answer)
            edges = np.flatnonzero(cheaper)
            self._asleep[edges] = False
            model.bind(edges, np.zeros(len(edges)), self._room[edges])

    def confine(self, box: Box) -> None:
        self._box = box
        if self._model is not None:
            columns = np.arange(len(box[0])) + len(self._room)
            self._model.bind(columns, box[0].astype(np.float64), box[1].astype(np.float64))

    def forbid(self, edges: Ints) -> None:
        """Edges of the space that are not to be used any more."""
        here = np.searchsorted(self._view.source, edges)
        here = here[self._view.source[np.minimum(here, len(self._room) - 1)] == edges]
        self._room[here] = 0
        self._asleep[here] = False
        if self._model is not None:
            self._model.forbid(here)

    def hold(self, row: Held) -> None:
        cost = row.cost[self._view.source]
        self._held.append(row)
        self._costs.append(cost)
        if self._model is not None:
            costly = np.flatnonzero(cost)
            self._model.add_row(-np.inf, row.value, costly, cost[costly].astype(np.float64))

    def ray(self) -> Floats | None:
        """Multipliers, as duals, that show the last program to be infeasible."""
        ray = self._model.ray() if self._model is not None else None
        return None if ray is None else ray[len(self._view.many) :]

    def _told(self, answer: Answer) -> Relaxed:
        first = len(self._room)
        return Relaxed(
            answer.value,
            answer.values[first : first + len(self._layout.low)],
            answer.values[:first],
            answer.row_duals[len(self._view.many) :],
            self._view,
        )

    def _on_numbers(self, size_cost: Ints | None) -> Ints | Floats:
        return np.zeros(len(self._layout.low)) if size_cost is None else size_cost

    def _reduced(self, duals: Floats, cost: Ints) -> Floats:
        """Reduced costs of all edges under the duals of the relaxation."""
        edges, crowds = self._view.edges, len(self._view.many)
        sizes = len(edges.options)
        prices = np.append(duals[crowds : crowds + sizes], 0.0)
        reduced = cost - prices[edges.option] - duals[edges.student]
        earlier = duals[crowds + sizes + len(self._layout.rows) :]
        for held, factor in zip(self._costs, earlier, strict=True):
            if factor:
                reduced = reduced - factor * held
        return np.asarray(reduced, dtype=np.float64)

    def _begun(self, cost: Ints) -> Model:
        if self._model is None:
            if not self._is_whole:
                self._asleep = (self._room > 0) & ~cheapest(self._view.edges, cost)
            self._model = self._built()
            self._model.forbid(np.flatnonzero(self._asleep | (self._room == 0)))
            if self._box is not None:
                self.confine(self._box)
        return self._model

    def _built(self) -> Model:
        edges, many, numbers = self._view.edges, len(self._room), len(self._layout.low)
        sizes = len(edges.options)
        rows = Rows()
        for mine, count in zip(edges.by_student(), self._view.many.tolist(), strict=True):
            rows.add(count, count, mine)
        order = np.argsort(edges.option, kind="stable")
        cuts = np.searchsorted(edges.option[order], np.arange(sizes + 1))
        for option in range(sizes):
            into = order[cuts[option] : cuts[option + 1]]
            columns = np.append(into, many + option)
            rows.add(0, 0, columns, np.append(np.ones(len(into)), -1))
        for terms, limit in self._layout.rows:
            columns = np.array([many + number for number in terms], dtype=np.int64)
            rows.add(-np.inf, limit, columns, np.array(list(terms.values()), dtype=np.float64))
        for row, cost in zip(self._held, self._costs, strict=True):
            costly = np.flatnonzero(cost)
            rows.add(-np.inf, row.value, costly, cost[costly].astype(np.float64))
        # HiGHS does not take a model without columns, hence the last one.
        upper = np.concatenate([self._room, self._layout.high, [0.0]]).astype(np.float64)
        return Model(upper, rows, range(many, many + numbers) if self._is_whole else ())

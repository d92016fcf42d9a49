"""Rounds whose only limits are seats per option: a transport problem, solved as a linear program.

Its matrix is totally unimodular, so corners are whole and prices are whole. Each stage's prices are
checked in integers before they are believed; then complementary slackness describes *all* optimal
plans (edges without regret, priced options at their limit), and the next stage works inside them.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, cheapest, costs
from mobility_tracks.placement.engine import NoPlan, Reached
from mobility_tracks.placement.highs import Answer, Flags, Floats, Ints, Model, Rows
from mobility_tracks.placement.plan import SolverFailure
from mobility_tracks.placement.potentials import potentials
from mobility_tracks.placement.problem import Problem, Seats
from mobility_tracks.placement.serial import Chains


def fits(problem: Problem) -> bool:
    """Whether seats per option are the only limits."""
    is_closable = any(option.seats.may_stay_closed for option in problem.options)
    return not problem.groups and not problem.overflows and not is_closable


class KnownBest:
    """An Engine on a plan that a search found to be the best: its values are looked up, and proved
    again where prices prove them."""

    def __init__(self, flow: "Flow") -> None:
        self.minimise, self.settle, self.shrink = flow.minimise, flow.stay, flow.shrink


class Flow:
    """An Engine. Every act raises NoPlan when nothing is feasible. `at`: a feasible plan, if known."""

    def __init__(self, edges: Edges, seats: Mapping[str, Seats], at: Ints | None = None) -> None:
        self._edges = edges
        self._keep: Flags = np.ones(len(edges.student), dtype=bool)
        limits = [(seats[option].least, seats[option].most) for option in edges.options]
        limits.append((0, len(edges.students)))
        self._low = np.array([low for low, _ in limits], dtype=np.int64)
        self._high = np.array([high for _, high in limits], dtype=np.int64)
        self._chains: Chains | None = None
        self._at = at

    def minimise(self, target: Target) -> Reached:
        self._tidy()
        self._narrow(self._keep)
        cost = costs(target, self._edges)
        prices = np.zeros(len(self._low), dtype=np.int64)
        at = self._at
        if at is None or self._value(cost, at) != self._bound(cost, prices):
            at, prices = self._sized(cost) or self._corner(cost.astype(np.float64))
        value, bound = self._value(cost, at), self._bound(cost, prices)
        if value != bound:
            raise SolverFailure(f"The dual prices prove {bound}, the plan has {value}.")
        self._at = at
        self._stay_on_face(cost, prices)
        return Reached(value, bound, {o: int(p) for o, p in enumerate(prices) if p})

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        if self._chains is None:
            self._chains = self._new_chains()
        level = self._chains.settle(student, levels)
        mine = self._edges.of(student)
        self._keep[mine] = np.isin(self._edges.option[mine], list(self._chains.allowed[student]))
        return level

    def stay(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        """The level of the plan at hand, which is known to be the best one the student can have."""
        self._tidy()
        here = int(self._present()[student])
        level = next(number for number, options in enumerate(levels) if here in options)
        mine = self._edges.of(student)
        self._keep[mine] = np.isin(self._edges.option[mine], list(levels[level]))
        return level

    def shrink(self, option: int) -> int:
        if self._chains is None:
            self._chains = self._new_chains()
        count = self._chains.shrink(option)
        self._low[option] = self._high[option] = count
        return count

    def placed(self) -> list[int]:
        """The plan that the student numbers are left with: option numbers by student number."""
        return list(self._chains.at) if self._chains else self._present().tolist()

    def _tidy(self) -> None:
        if self._chains is not None:
            self._at = np.array(self._chains.at, dtype=np.int64)
            self._chains = None

    def _narrow(self, keep: Flags) -> None:
        self._edges = self._edges.kept(keep)
        self._keep = np.ones(len(self._edges.student), dtype=bool)

    def _new_chains(self) -> Chains:
        self._narrow(self._keep)
        allowed: list[set[int]] = [set() for _ in self._edges.students]
        for student, option in zip(
            self._edges.student.tolist(), self._edges.option.tolist(), strict=True
        ):
            allowed[student].add(option)
        at: list[int] = self._present().tolist()
        return Chains(allowed, at, self._low.tolist(), self._high.tolist())

    def _present(self) -> Ints:
        if self._at is None:
            self._at = self._corner(np.zeros(len(self._edges.student)))[0]
        return self._at

    def _sized(self, cost: Ints) -> tuple[Ints, Ints] | None:
        """The plan at hand with its prices, where all sizes are given and it is the best for them."""
        if self._at is None or not np.array_equal(self._low[:-1], self._high[:-1]):
            return None
        prices = potentials(self._edges, cost, self._at)
        return None if prices is None else (self._at, prices)

    def _corner(self, cost: Floats) -> tuple[Ints, Ints]:
        if not self._edges.students:
            if np.any(self._low > 0):
                raise NoPlan
            return np.zeros(0, dtype=np.int64), np.zeros(len(self._low), dtype=np.int64)
        if len(np.unique(self._edges.student)) < len(self._edges.students):
            raise NoPlan
        active = cheapest(self._edges, cost)
        if self._at is not None:
            active |= self._edges.option == self._at[self._edges.student]
        while True:
            edges = self._edges.kept(active)
            answer = self._model(edges).minimise(cost[active])
            if answer is None and active.all():
                raise NoPlan
            dear = active if answer is None else active | self._cheaper(cost, answer)
            if answer is not None and np.array_equal(dear, active):
                return self._whole(edges, answer)
            active = dear if answer is not None else np.ones(len(active), dtype=bool)

    def _cheaper(self, cost: Floats, answer: Answer) -> Flags:
        """Edges left out that would lower the value at these prices."""
        people = len(self._edges.students)
        prices = answer.row_duals[people:][self._edges.option]
        least = answer.row_duals[:people][self._edges.student]
        return np.asarray(cost - prices < least - 0.5)

    def _model(self, edges: Edges) -> Model:
        rows = Rows()
        for mine in edges.by_student():
            rows.add(1, 1, mine)
        order = np.argsort(edges.option, kind="stable")
        cuts = np.searchsorted(edges.option[order], np.arange(len(self._low) + 1))
        for option, (low, high) in enumerate(zip(self._low, self._high, strict=True)):
            rows.add(float(low), float(high), order[cuts[option] : cuts[option + 1]])
        return Model(np.ones(len(edges.student)), rows)

    def _whole(self, edges: Edges, answer: Answer) -> tuple[Ints, Ints]:
        chosen = answer.values > 0.5
        if chosen.sum() != len(edges.students):
            raise SolverFailure("The linear program ended between two corners.")
        duals = answer.row_duals[len(edges.students) :]
        return edges.option[chosen], np.rint(duals).astype(np.int64)

    def _value(self, cost: Ints, at: Ints) -> int:
        return int(cost[self._edges.option == at[self._edges.student]].sum())

    def _least_regret(self, cost: Ints, prices: Ints) -> tuple[Ints, Ints]:
        reduced = cost - prices[self._edges.option]
        least = np.full(len(self._edges.students), np.iinfo(np.int64).max)
        np.minimum.at(least, self._edges.student, reduced)
        return reduced, least

    def _bound(self, cost: Ints, prices: Ints) -> int:
        _, least = self._least_regret(cost, prices)
        limit = np.where(prices > 0, self._low, self._high)
        return int(least.sum() + (prices * limit).sum())

    def _stay_on_face(self, cost: Ints, prices: Ints) -> None:
        reduced, least = self._least_regret(cost, prices)
        self._narrow(reduced == least[self._edges.student])
        self._low = np.where(prices < 0, self._high, self._low)
        self._high = np.where(prices > 0, self._low, self._high)

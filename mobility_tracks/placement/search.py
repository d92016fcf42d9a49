"""Rounds with groups, balance or options that may stay closed: linear first, then a small search.

Only the numbers of the layout need to be whole. Each aim is bounded by the linear relaxation in
exact integers; places too dear for any plan that could still be best are set aside, and what is
left is searched. Each stage adds "no worse than found" as a row.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, costs
from mobility_tracks.placement.engine import NoPlan, Reached
from mobility_tracks.placement.highs import Answer, Ints
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.plan import SolverFailure
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.prover import Denied, Prover, branch, halves
from mobility_tracks.placement.serial import Chains
from mobility_tracks.placement.space import TOLERANCE, Box, Space

# Nodes of our own dive before the question is handed to HiGHS' search.
_DIVE = 60
# The most that one student's rank weighs while another one is being served.
_KIND = 9


def _units(value: float, unit: int) -> int:
    """Whole units that a value above this bound has at least."""
    return ceil(value - TOLERANCE) if unit == 1 else ceil(value / unit - 0.02)


class Search:
    """An Engine. Raises NoPlan when nothing is feasible."""

    def __init__(self, edges: Edges, problem: Problem) -> None:
        layout = layout_of(edges.options, problem)
        self._space = Space(edges, layout, layout.box())
        self._prover = Prover(self._space)
        self._stage = 0
        self._at: Ints | None = None
        self._chains: Chains | None = None
        self._sizes: Ints = np.zeros(0, dtype=np.int64)
        if len(np.unique(edges.student)) < len(edges.students):
            raise NoPlan

    def check(self) -> None:
        """Raises NoPlan unless some plan exists."""
        self._whole(self._root(self._free(), None), self._free(), None)

    def any_plan(self) -> Ints:
        """Some plan: option numbers by student number. Raises NoPlan unless one exists."""
        self.check()
        if self._at is None:
            self._settle_sizes(self._free())
        if self._at is None:
            raise SolverFailure("The linear program ended between two corners.")
        return self._at

    def minimise(self, target: Target) -> Reached:
        space = self._space
        cost = costs(target, space.edges)
        root = self._root(cost, None)
        bound = ceil(root.value - TOLERANCE)
        by = self._prover.root(root, cost, bound)
        worth = space.worth(by, cost, bound, space.box)
        value = self._dive(root, cost, None)
        if value is None:
            value = self._searched(cost, bound, worth.regret + worth.total, by.goal)
        room = (value - bound) * by.goal - worth.total
        space.drop(np.flatnonzero(space.alive & (worth.regret > room)))
        space.hold(self._stage, costs(target, space.edges), value)
        self._stage += 1
        return Reached(value, value, None)

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        space = self._space
        place = {option: level for level, options in enumerate(levels) for option in options}
        mine = space.edges.of(student)
        mine = mine[space.alive[mine]]
        level = np.array([place[int(option)] for option in space.edges.option[mine]])
        reached = self._level(student, mine, level, place)
        space.drop(mine[level != reached])
        self._stage += 1
        return reached

    def shrink(self, option: int) -> int:
        space = self._space
        if space.box[0][option] < space.box[1][option]:
            one = np.zeros(len(space.box[0]), dtype=np.int64)
            one[option] = 1
            root = self._root(self._free(), one)
            space.fix(option, self._whole(root, self._free(), one))
        return int(space.box[0][option])

    def plan(self) -> Ints | None:
        """A plan of all values and sizes reached: option numbers by student number."""
        answer = self._space.relax(self._free())
        if answer is not None:
            self._remember(answer)
        return self._at

    def _level(self, student: int, mine: Ints, level: Ints, place: dict[int, int]) -> int:
        """The best level a plan left can give. Leaves of earlier students answer most questions."""
        space = self._space
        wanted: list[int] = sorted(set(level.tolist()))
        for best in wanted:
            here = space.edges.option[mine[level == best]].tolist()
            if self._at is not None and place[int(self._at[student])] == best:
                if self._chains:
                    self._chains.settle(student, [here])
                return best
            alive = space.alive.copy()
            alive[mine[level != best]] = False
            if self._prover.known(Denied(self._free(), space.box, alive=alive), space.box) is None:
                return best if self._moves_to(student, here) else self._reach(mine, level)
        raise NoPlan

    def _moves_to(self, student: int, options: list[int]) -> bool:
        """Whether a chain of moves that keeps all sizes, and all aims held, brings the student
        there; makes the moves."""
        if self._at is None:
            return False
        if self._chains is None:
            self._chains = self._new_chains(self._at)
        if self._chains.settle(student, [options, [int(self._at[student])]]) == 0:
            at = np.array(self._chains.at, dtype=np.int64)
            if self._space.holds(at):
                self._at = at
                return True
        self._chains = None
        return False

    def _new_chains(self, at: Ints) -> Chains:
        edges, alive = self._space.edges, self._space.alive
        allowed: list[set[int]] = [set() for _ in edges.students]
        for who, option in zip(
            edges.student[alive].tolist(), edges.option[alive].tolist(), strict=True
        ):
            allowed[who].add(option)
        sizes = np.bincount(at, minlength=edges.nowhere + 1).tolist()
        return Chains(allowed, at.tolist(), sizes, sizes)

    def _reach(self, mine: Ints, level: Ints) -> int:
        """Asks the relaxation; what refutes the levels above is kept for the students to come.

        All others' ranks weigh a little too: the plan found then suits most of those still to be
        served, and the next program begins close to its end.
        """
        space, cost = self._space, self._free()
        cost[mine] = level
        kind = np.minimum(space.edges.rank - 1, _KIND)
        weight = 100 * (1 + _KIND * len(space.edges.students))
        root = self._root(weight * cost + kind, None)
        reached = self._level_of(root, weight * cost + kind, weight)
        if self._at is None:
            self._settle_sizes(weight * cost + kind)
        if level.min() < reached:
            alive = space.alive.copy()
            alive[mine[level >= reached]] = False
            root = replace(root, row_duals=root.row_duals / weight)
            self._prover.found(Denied(cost, space.box, alive=alive), space.box, root)
        return reached

    def _level_of(self, root: Answer, cost: Ints, weight: int) -> int:
        value = self._dive(root, cost, None, unit=weight)
        if value is None:
            answer = self._space.search(cost, self._space.alive)
            if answer is None:
                raise NoPlan
            self._remember(answer)
            value = round(answer.value)
        return value // weight

    def _root(self, cost: Ints, size_cost: Ints | None) -> Answer:
        root = self._space.relax(cost, size_cost)
        if root is None:
            raise NoPlan
        return root

    def _whole(self, root: Answer, cost: Ints, size_cost: Ints | None) -> int:
        """The least value over plans of whole sizes."""
        value = self._dive(root, cost, size_cost)
        if value is not None:
            return value
        answer = self._space.search(cost, self._space.alive, size_cost)
        if answer is None:
            raise NoPlan
        self._remember(answer)
        return round(answer.value)

    def _dive(self, root: Answer, cost: Ints, size_cost: Ints | None, unit: int = 1) -> int | None:
        """Branch and bound on warm linear programs; None when it would take too many.

        Less than one `unit` of the value does not matter, and a hundredth of it is the most that
        costs beside the aim may add up to. Raises NoPlan when there is nothing to find.
        """
        space, best = self._space, None
        waiting: list[tuple[Box, Answer | None]] = [(space.box, root)]
        nodes = 0
        bound = _units(root.value, unit)
        try:
            while waiting and nodes < _DIVE:
                box, answer = waiting.pop()
                nodes += 1
                if answer is None:
                    space.confine(box)
                    answer = space.relax(cost, size_cost)
                if answer is None or (best and _units(answer.value, unit) >= best.value // unit):
                    continue
                if len(space.fractional(answer)):
                    waiting += [(half, None) for half in self._halves(answer, box)]
                    continue
                best = replace(answer, value=float(round(answer.value)))
                if best.value // unit <= bound:
                    waiting.clear()
        finally:
            space.confine(space.box)
        if waiting:
            return None
        if best is None:
            raise NoPlan
        self._remember(best)
        return int(best.value)

    def _halves(self, answer: Answer, box: Box) -> list[Box]:
        """The nearer half comes last, which is the one to be taken up next."""
        number, most = branch(self._space, answer)
        low, high = halves(box, number, most)
        is_low = self._space.numbers(answer)[number] - most < 0.5  # noqa: PLR2004 - half way
        return [high, low] if is_low else [low, high]

    def _searched(self, cost: Ints, bound: int, dear: Ints, scale: int) -> int:
        """HiGHS' search among places that a plan of at most `bound + beyond` can use."""
        beyond = 0
        while True:
            keep = dear <= beyond * scale
            answer = self._space.search(cost, keep)
            value = None if answer is None else round(answer.value)
            if value is not None and value <= bound + beyond and answer is not None:
                self._remember(answer)
                return value
            if value is None and np.all(keep | ~self._space.alive):
                raise NoPlan
            beyond = 2 * beyond + 1 if value is None else min(value - bound, 2 * beyond + 1)

    def _remember(self, answer: Answer) -> None:
        """The plan of an answer, where it has one place for each student."""
        self._chains = None
        edges = self._space.edges
        chosen = answer.values[: len(edges.student)] > 1 - TOLERANCE
        is_plan = chosen.sum() == len(edges.students)
        self._at = edges.option[chosen] if is_plan else None
        self._sizes = np.rint(self._space.numbers(answer)).astype(np.int64)

    def _settle_sizes(self, cost: Ints) -> None:
        """Whole sizes leave a transport problem, whose corners are plans: take one."""
        self._space.confine((self._sizes, self._sizes))
        answer = self._space.relax(cost)
        self._space.confine(self._space.box)
        if answer is not None:
            self._remember(answer)

    def _free(self) -> Ints:
        return np.zeros(len(self._space.edges.student), dtype=np.int64)

"""Search trees whose leaves are exact: rounded multipliers that contradict what a claim denies.

HiGHS does not hand over the tree of its own search. Here every node is a linear program; its dual
values, or the ray of an infeasible one, are rounded to integers, and a leaf is taken only if the
exact sum contradicts the claim's opposite. `proof` checks the same sums again on its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mobility_tracks.placement.crowds import TOLERANCE
from mobility_tracks.placement.highs import Floats, Ints
from mobility_tracks.placement.known import Known
from mobility_tracks.placement.plan import SolverFailure
from mobility_tracks.placement.program import Box, Relaxed
from mobility_tracks.placement.proof.certificate import Leaf, Tree
from mobility_tracks.placement.space import SCALES, Multipliers, Space

NODES = 20_000
_RECENT = 24


class Unproved(SolverFailure):
    """The search for a proof grew beyond NODES nodes, or arithmetic of the solver stood in its way.
    It says nothing against the plan."""


@dataclass(slots=True)
class Denied:
    """The opposite of a claim. `cost` (or `size_cost`, on the layout's numbers) is the aim whose
    lower bound refutes it; with `is_goal` that aim itself is denied to be above `limit`. `only`:
    edges of one student, who is denied to be elsewhere."""

    cost: Ints
    box: Box
    is_goal: bool = False
    limit: int = 0
    only: Ints | None = None
    size_cost: Ints | None = None


class Prover:
    """Works on a space and collects the leaves found there."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self.leaves: list[Leaf] = []
        self._numbers: dict[str, int] = {}
        self._recent: list[Known] = []

    def root(self, answer: Relaxed, cost: Ints, value: int) -> Multipliers:
        """The multipliers of the relaxation of an aim, by the scale that loses least."""
        best: tuple[float, Multipliers] | None = None
        for scale in SCALES:
            by = self._space.multipliers(answer.duals, scale, goal=True)
            bound = self._space.worth(by, cost, value, self._space.box).total / scale
            if best is None or bound > best[0] + TOLERANCE:
                best = bound, by
            if bound >= answer.value - value - TOLERANCE:
                break
        if best is None:
            raise Unproved("No scale was tried.")
        return best[1]

    def known(self, denied: Denied, box: Box) -> int | None:
        """A leaf made before that serves here too: most claims of one round resemble each other."""
        for leaf in reversed(self._recent):
            if (denied.is_goal or not leaf.by.goal) and self._refutes(leaf, denied, box):
                return leaf.number
        return None

    def found(self, denied: Denied, box: Box, answer: Relaxed | None) -> int | None:
        """A new leaf from the linear program just solved, if its numbers refute the denied."""
        for duals in self._duals(answer):
            for scale in SCALES:
                goal = denied.is_goal and answer is not None
                by = self._space.multipliers(duals, scale, goal=goal)
                if self._refutes(Known(self._space, by), denied, box):
                    return self.keep(by)
        return None

    def tree(self, denied: Denied) -> Tree:
        """Raises Unproved when none is found."""
        try:
            return tuple(self._grown(denied))
        finally:
            self._space.confine(self._space.box)

    def keep(self, by: Multipliers) -> int:
        """The number of the leaf, which is from now on among the known ones."""
        leaf = Leaf(by.goal, dict(by.earlier), _sparse(by.prices), _sparse(by.rows))
        number = self._numbers.setdefault(repr(leaf), len(self.leaves))
        if number == len(self.leaves):
            self.leaves.append(leaf)
        self._recent = [row for row in self._recent if row.number != number][-_RECENT:]
        self._recent.append(Known(self._space, by, number))
        return number

    def _refutes(self, leaf: Known, denied: Denied, box: Box) -> bool:
        if np.any(box[0] > box[1]):
            return True
        if leaf.by.goal:
            return self._space.worth(leaf.by, denied.cost, denied.limit, box).total > 0
        return leaf.total(box, denied.only) > 0

    def _grown(self, denied: Denied) -> list[tuple[int, ...]]:
        nodes: list[tuple[int, ...]] = [()]
        waiting = [(0, denied.box)]
        while waiting:
            place, box = waiting.pop()
            leaf, answer = self.known(denied, box), None
            if leaf is None:
                answer = self._solved(denied, box)
                leaf = self.found(denied, box, answer)
            if leaf is not None:
                nodes[place] = (leaf,)
                continue
            if len(nodes) > NODES or answer is None:
                raise Unproved("No proof of this plan was found.")
            number, most = branch(self._space, answer)
            nodes[place] = (number, most, len(nodes), len(nodes) + 1)
            low, high = halves(box, number, most)
            waiting += [(len(nodes), low), (len(nodes) + 1, high)]
            nodes += [(), ()]
        return nodes

    def _solved(self, denied: Denied, box: Box) -> Relaxed | None:
        if denied.size_cost is not None:
            # A claim on a size is bounded, not confined: its multipliers then contradict the box.
            box = box[0], np.where(denied.size_cost > 0, self._space.box[1], box[1])
        self._space.confine(box)
        return self._space.relax(denied.cost, denied.size_cost)

    def _duals(self, answer: Relaxed | None) -> Iterable[Floats]:
        if answer is not None:
            return (answer.duals,)
        ray = self._space.ray()
        if ray is None:
            return ()
        unit = ray / (np.abs(ray).max() or 1.0)
        return (unit, -unit, ray, -ray)


def branch(space: Space, answer: Relaxed) -> tuple[int, int]:
    """A number that is not whole, and the whole number below it. Flags and floors come first: each
    settles several sizes at once. Raises Unproved where all are whole."""
    numbers = answer.numbers
    gaps = np.abs(numbers - np.rint(numbers))
    if not len(gaps) or gaps.max() < TOLERANCE:
        raise Unproved("A plan as good in every number stood in the way of a proof.")
    gaps[space.sizes :] += gaps[space.sizes :] > TOLERANCE
    number = int(gaps.argmax())
    return number, int(np.floor(numbers[number]))


def halves(box: Box, number: int, most: int) -> tuple[Box, Box]:
    low, high = box[0].copy(), box[1].copy()
    low[number], high[number] = most + 1, most
    return (box[0], high), (low, box[1])


def _sparse(values: Ints) -> dict[int, int]:
    return {int(place): int(values[place]) for place in np.flatnonzero(values)}

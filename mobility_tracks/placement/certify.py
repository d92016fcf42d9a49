"""Makes the certificate of a plan: for each claim, a small search tree whose leaves prove it.

HiGHS does not hand over the tree of its own search. Here every node is a linear program; its dual
values, or the ray of an infeasible one, are rounded to integers, and a leaf is taken only if the
exact sum contradicts the claim's opposite. `proof` checks the same sums again on its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, costs, edges_of
from mobility_tracks.placement.flow import fits
from mobility_tracks.placement.highs import Answer, Flags, Floats, Ints
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.plan import Aim, Plan, SolverFailure, Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate, Claim, Leaf
from mobility_tracks.placement.space import SCALES, Multipliers, Space
from mobility_tracks.placement.wishes import draw, wishes_of

NODES = 20_000
RECENT = 24


class Unproved(SolverFailure):
    """The search for a proof grew beyond NODES nodes, or arithmetic of the solver stood in its way.
    It says nothing against the plan."""


def certify(problem: Problem, plan: Plan) -> Certificate:
    """The certificate of a plan that `solve` gave. Raises Unproved when none was found.

    Empty where seats per option are the only limits: the prices in the plan's stages suffice.
    """
    if fits(problem):
        return Certificate()
    wishes = wishes_of(problem)
    optional = wishes.keys() if problem.policy.allow_unplaced else ()
    maker = _Maker(problem, edges_of(problem, wishes, optional))
    stages = tuple(maker.stage(number, stage) for number, stage in enumerate(plan.stages))
    drawn = sorted((option.id for option in problem.options), key=lambda o: draw(problem.seed, o))
    sizes = tuple(maker.size(option, plan.counts.get(option, 0)) for option in drawn)
    return Certificate(tuple(maker.leaves), stages, sizes)


@dataclass(slots=True)
class _Denied:
    """The opposite of a claim, and the aim whose lower bound refutes it."""

    cost: Ints
    is_goal: bool = False
    limit: int = 0
    alive: Flags | None = None
    size_cost: Ints | None = None
    low: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    high: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


class _Maker:
    def __init__(self, problem: Problem, edges: Edges) -> None:
        layout = layout_of(edges.options, problem)
        low, high = layout.box()
        self._space = Space(edges, layout, low, high)
        self._problem = problem
        self._number = {student: place for place, student in enumerate(edges.students)}
        self.leaves: list[Leaf] = []
        self._known: dict[str, int] = {}
        self._recent: list[tuple[int, Multipliers]] = []

    def stage(self, number: int, stage: Stage) -> Claim:
        if stage.aim is Aim.MERIT_RANK:
            return self._merit(self._number[stage.students[0]], stage.value)
        members = tuple(self._number[student] for student in stage.students) or None
        target = Target(stage.aim, stage.rank, self._problem.policy.exponent, members)
        space = self._space
        cost = costs(target, space.edges)
        denied = _Denied(cost, True, stage.value - 1, None, None, space.low, space.high)
        root = self._root(cost, stage.value)
        claim = Claim(self._tree(denied, root), self._leaf(root) if root else None)
        if root:
            worth = space.worth(root, cost, stage.value, (space.low, space.high))
            space.drop(np.flatnonzero(space.alive & (worth.regret > -worth.total)))
        space.hold(number, costs(target, space.edges), stage.value)
        self._recent.clear()
        return claim

    def size(self, option: str, size: int) -> Claim:
        space = self._space
        number = space.edges.options.index(option)
        if size == space.low[number]:
            tree: tuple[tuple[int, ...], ...] = ()
        else:
            high, one = space.high.copy(), np.zeros(len(space.low), np.int64)
            high[number], one[number] = size - 1, 1
            cost = np.zeros(len(space.edges.student), np.int64)
            tree = self._tree(_Denied(cost, size_cost=one, low=space.low, high=high), None)
        space.low[number] = space.high[number] = size
        space.confine(space.low, space.high)
        return Claim(tree)

    def _merit(self, student: int, rank: int) -> Claim:
        space = self._space
        mine = space.edges.of(student)
        mine = mine[space.alive[mine]]
        worse = mine[space.edges.rank[mine] >= rank]
        tree: tuple[tuple[int, ...], ...] = ()
        if len(worse) < len(mine):
            cost, alive = np.zeros(len(space.edges.student), np.int64), space.alive.copy()
            cost[worse], alive[worse] = 1, False
            denied = _Denied(cost, alive=alive, low=space.low, high=space.high)
            tree = self._tree(denied, None)
        space.drop(mine[space.edges.rank[mine] != rank])
        return Claim(tree)

    def _root(self, cost: Ints, value: int) -> Multipliers | None:
        """The relaxation's multipliers, by the scale that loses least."""
        space, box = self._space, (self._space.low, self._space.high)
        answer = space.relax(cost)
        if answer is None:
            return None
        tried = [space.multipliers(answer.row_duals, scale, goal=True) for scale in SCALES]
        worths = [space.worth(by, cost, value, box).total / by.goal for by in tried]
        best = max(worths)
        return next(by for by, worth in zip(tried, worths, strict=True) if worth >= best - 1e-6)

    def _tree(self, denied: _Denied, root: Multipliers | None) -> tuple[tuple[int, ...], ...]:
        nodes: list[tuple[int, ...]] = [()]
        waiting = [(0, denied.low, denied.high)]
        while waiting:
            place, low, high = waiting.pop()
            leaf, answer = self._known_leaf(denied, low, high, root), None
            if leaf is None:
                answer = self._solved(denied, low, high)
                leaf = self._new_leaf(denied, low, high, answer)
            if leaf is not None:
                nodes[place] = (leaf,)
                continue
            if len(nodes) > NODES or answer is None:
                self._space.confine(self._space.low, self._space.high)
                raise Unproved("No proof of this plan was found.")
            number, most = self._branch(answer, low, high)
            nodes[place] = (number, most, len(nodes), len(nodes) + 1)
            waiting += _halves(len(nodes), number, most, low, high)
            nodes += [(), ()]
        self._space.confine(self._space.low, self._space.high)
        return tuple(nodes)

    def _known_leaf(
        self, denied: _Denied, low: Ints, high: Ints, root: Multipliers | None
    ) -> int | None:
        """A leaf made before that serves here too: most claims of one round resemble each other."""
        if root is not None and self._refutes(root, denied, low, high):
            return self._leaf(root)
        for number, by in reversed(self._recent):
            if (denied.is_goal or not by.goal) and self._refutes(by, denied, low, high):
                return number
        return None

    def _solved(self, denied: _Denied, low: Ints, high: Ints) -> Answer | None:
        size_cost = denied.size_cost
        # A claim on a size is bounded, not confined: its multipliers then contradict the box.
        most = high if size_cost is None else np.where(size_cost > 0, self._space.high, high)
        self._space.confine(low, most)
        return self._space.relax(denied.cost, size_cost)

    def _new_leaf(
        self, denied: _Denied, low: Ints, high: Ints, answer: Answer | None
    ) -> int | None:
        for duals in self._candidates(answer):
            for scale in SCALES:
                goal = denied.is_goal and answer is not None
                by = self._space.multipliers(duals, scale, goal=goal)
                if self._refutes(by, denied, low, high):
                    return self._leaf(by)
        return None

    def _candidates(self, answer: Answer | None) -> Iterable[Floats]:
        if answer is not None:
            return (answer.row_duals,)
        ray = self._space.ray()
        if ray is None:
            return ()
        largest = np.abs(ray).max() or 1.0
        return (ray / largest, -ray / largest, ray, -ray)

    def _refutes(self, by: Multipliers, denied: _Denied, low: Ints, high: Ints) -> bool:
        if np.any(low > high):
            return True
        space = self._space
        worth = space.worth(by, denied.cost, denied.limit, (low, high), denied.alive)
        return worth.total > 0

    def _branch(self, answer: Answer, low: Ints, high: Ints) -> tuple[int, int]:
        numbers = self._space.numbers(answer)
        loose = np.flatnonzero(low < high)
        gaps = np.abs(numbers[loose] - np.rint(numbers[loose]))
        if not len(loose) or gaps.max() < 1e-6:  # noqa: PLR2004 - HiGHS' tolerance
            self._space.confine(self._space.low, self._space.high)
            raise Unproved("A plan as good in every number stood in the way of a proof.")
        # Flags and floors first: each settles several sizes at once.
        gaps = np.where((loose >= self._space.sizes) & (gaps > 1e-6), gaps + 1, gaps)  # noqa: PLR2004
        number = int(loose[gaps.argmax()])
        return number, int(np.floor(numbers[number]))

    def _leaf(self, by: Multipliers) -> int:
        leaf = Leaf(by.goal, dict(by.earlier), _sparse(by.prices), _sparse(by.rows))
        key = repr(leaf)
        if key not in self._known:
            self._known[key] = len(self.leaves)
            self.leaves.append(leaf)
        number = self._known[key]
        self._recent = [row for row in self._recent if row[0] != number][-RECENT:]
        self._recent.append((number, by))
        return number


def _sparse(values: Ints) -> dict[int, int]:
    return {int(place): int(values[place]) for place in np.flatnonzero(values)}


def _halves(
    place: int, number: int, most: int, low: Ints, high: Ints
) -> list[tuple[int, Ints, Ints]]:
    lower, upper = high.copy(), low.copy()
    lower[number], upper[number] = most, most + 1
    return [(place, low, lower), (place + 1, upper, high)]

"""Makes the certificate of a plan: one search tree for each stage and each size of the draw."""

import numpy as np

from mobility_tracks.placement.edges import Edges, Target, costs, edges_of, may_stay_unplaced
from mobility_tracks.placement.flow import fits
from mobility_tracks.placement.highs import Ints
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.plan import Aim, Plan, Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate, Claim
from mobility_tracks.placement.prover import Denied, Prover, Unproved
from mobility_tracks.placement.space import Multipliers, Space
from mobility_tracks.placement.wishes import draw, wishes_of


def certify(problem: Problem, plan: Plan) -> Certificate:
    """The certificate of a plan that `solve` gave. Raises Unproved when none was found.

    Empty where seats per option are the only limits: the prices in the plan's stages suffice.
    """
    if fits(problem):
        return Certificate()
    wishes = wishes_of(problem)
    maker = _Maker(problem, edges_of(problem, wishes, may_stay_unplaced(problem)))
    stages = tuple(maker.stage(number, stage) for number, stage in enumerate(plan.stages))
    drawn = sorted((option.id for option in problem.options), key=lambda o: draw(problem.seed, o))
    sizes = tuple(maker.size(option, plan.counts.get(option, 0)) for option in drawn)
    return Certificate(tuple(maker.prover.leaves), stages, sizes)


class _Maker:
    def __init__(self, problem: Problem, edges: Edges) -> None:
        layout = layout_of(edges.options, problem)
        self._space = Space(edges, layout, layout.box())
        self._problem = problem
        self._number = {student: place for place, student in enumerate(edges.students)}
        self.prover = Prover(self._space)

    def stage(self, number: int, stage: Stage) -> Claim:
        if stage.aim is Aim.MERIT_RANK:
            return self._merit(self._number[stage.students[0]], stage.value)
        space = self._space
        members = tuple(self._number[student] for student in stage.students) or None
        exponent, keep = self._problem.policy.exponent, self._problem.keep
        target = Target(stage.aim, stage.rank, exponent, members, keep)
        cost = costs(target, space.edges)
        root = self._root(cost, stage.value)
        claim = Claim(root=self.prover.keep(root))
        tree = self.prover.tree(Denied(cost, space.box, is_goal=True, limit=stage.value - 1))
        worth = space.worth(root, cost, stage.value, space.box)
        space.drop(np.flatnonzero(space.alive & (worth.regret > -worth.total)))
        space.hold(number, costs(target, space.edges), stage.value)
        return Claim(tree, claim.root)

    def _root(self, cost: Ints, value: int) -> Multipliers:
        """What shows which places a plan of this value cannot use: often the costs by themselves."""
        space = self._space
        if int(space.least(cost).sum()) == value:
            zeros = np.zeros(space.sizes, np.int64), np.zeros(len(space.layout.rows), np.int64)
            return Multipliers(1, {}, *zeros)
        answer = space.relax(cost)
        if answer is None:
            raise Unproved("The plan's values are out of reach.")
        return self.prover.root(answer, cost, value)

    def size(self, option: str, size: int) -> Claim:
        space = self._space
        number = space.edges.options.index(option)
        claim = Claim()
        if size > space.box[0][number]:
            high, one = space.box[1].copy(), np.zeros(len(space.box[1]), np.int64)
            high[number], one[number] = size - 1, 1
            denied = Denied(space.free, (space.box[0], high), size_cost=one)
            claim = Claim(self.prover.tree(denied))
        space.fix(number, size)
        return claim

    def _merit(self, student: int, rank: int) -> Claim:
        space = self._space
        mine = space.edges.of(student)
        mine = mine[space.alive[mine]]
        worse = space.edges.rank[mine] >= rank
        claim = Claim()
        if not worse.all():
            cost = space.free.copy()
            cost[mine[worse]] = 1
            claim = Claim(self.prover.tree(Denied(cost, space.box, only=mine[~worse])))
        space.drop(mine[space.edges.rank[mine] != rank])
        return claim

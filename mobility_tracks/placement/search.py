"""Rounds with groups, balance, overflow or options that may stay closed: linear first, then a small
search.

Only the numbers of the layout need to be whole. Each aim is bounded by the linear relaxation in
exact integers; places too dear for any plan that could still be best are set aside, and what is
left is searched. Each stage adds "no worse than found" as a row.
"""

from collections.abc import Sequence
from math import ceil

import numpy as np

from mobility_tracks.placement.crowds import TOLERANCE
from mobility_tracks.placement.dive import best_of, corner, dived, root_of, within
from mobility_tracks.placement.edges import Edges, Target, costs
from mobility_tracks.placement.engine import NoPlan, Reached
from mobility_tracks.placement.highs import Ints
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.moves import Moves
from mobility_tracks.placement.plan import Aim, SolverFailure
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.program import Relaxed
from mobility_tracks.placement.prover import Denied, Prover
from mobility_tracks.placement.space import Space

# Students of one merit up to this number are first tried one by one.
_FEW = 8
# The most that a rank weighs where a plan is to suit most students, and in how many parts.
_KIND, _FINE = 9, 10


class Search:
    """An Engine. Raises NoPlan when nothing is feasible."""

    def __init__(self, edges: Edges, problem: Problem) -> None:
        layout = layout_of(edges.options, problem)
        self._space = Space(edges, layout, layout.box())
        self._prover = Prover(self._space)
        self._stage = 0
        self._at: Ints | None = None
        self._moves: Moves | None = None
        if len(np.unique(edges.student)) < len(edges.students):
            raise NoPlan

    def check(self) -> None:
        """Raises NoPlan unless some plan exists."""
        self._least(self._space.free)

    def any_plan(self) -> Ints:
        """Some plan: option numbers by student number. Raises NoPlan unless one exists."""
        space = self._space
        at = corner(space, self._least(space.free), space.free).placed()
        if at is None:
            raise SolverFailure("The linear program ended between two corners.")
        return at

    def minimise(self, target: Target) -> Reached:
        space = self._space
        placed = self._one_by_one(target) if self._is_small(target) else None
        if placed is None:
            value = self._lowest(costs(target, space.edges))
        else:
            value = int(space.least(costs(target, space.edges)).sum())
        self._stay_at(value, target)
        for student, option in placed or ():
            self._put(student, option)
        self._stage += 1
        return Reached(value, value, None)

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        """The best level a plan left can give. Leaves of earlier students answer most questions."""
        space = self._space
        place = {option: level for level, options in enumerate(levels) for option in options}
        mine = space.edges.of(student)
        mine = mine[space.alive[mine]]
        level = np.array([place[int(option)] for option in space.edges.option[mine]])
        moves = self._moves
        reached = self._level(student, mine, level)
        is_new = self._moves is not moves
        self._leave(student, mine[level != reached])
        if is_new:
            self._suit_most()
        self._stage += 1
        return reached

    def shrink(self, option: int) -> int:
        space = self._space
        if space.box[0][option] < space.box[1][option]:
            one = np.zeros(len(space.box[0]), dtype=np.int64)
            one[option] = 1
            space.fix(option, int(self._least(space.free, one).value))
        return int(space.box[0][option])

    def plan(self) -> Ints | None:
        """A plan of all values and sizes reached: option numbers by student number."""
        answer = self._space.relax(self._space.free)
        return None if answer is None else answer.placed()

    def _least(self, cost: Ints, size_cost: Ints | None = None) -> Relaxed:
        """The least value over plans of whole sizes."""
        return best_of(self._space, root_of(self._space, cost, size_cost), cost, size_cost)

    def _lowest(self, cost: Ints) -> int:
        """The least value of an aim; places that no plan of this value can use are forgotten."""
        space = self._space
        root = root_of(space, cost)
        bound = ceil(root.value - TOLERANCE)
        by = self._prover.root(root, cost, bound)
        worth = space.worth(by, cost, bound, space.box)
        found = dived(space, root, cost)
        if found is None:
            found = within(space, cost, bound, worth.regret + worth.total, by.goal)
        value = int(found.value)
        self._at, self._moves = corner(space, found, cost).placed(), None
        room = (value - bound) * by.goal - worth.total
        space.drop(np.flatnonzero(space.alive & (worth.regret > room)))
        return value

    def _stay_at(self, value: int, target: Target) -> None:
        """Only plans of this value count from now on. Places that cost too much by themselves are
        forgotten; often that says it all, and no row is needed."""
        space = self._space
        cost = costs(target, space.edges)
        least = space.least(cost)
        room = value - int(least.sum())
        space.drop(np.flatnonzero(space.alive & (cost - least[space.edges.student] > room)))
        space.hold(self._stage, costs(target, space.edges), value)

    def _level(self, student: int, mine: Ints, level: Ints) -> int:
        moves = self._moving()
        for best in sorted(set(level.tolist())):
            good = mine[level == best]
            options = self._space.edges.option[good].tolist()
            if moves and moves.stands(student, options) is not None:
                return int(best)
            if not self._is_out_of_reach(good):
                if moves and moves.enter(student, options) is not None:
                    return int(best)
                return self._reach(mine, level)
        raise NoPlan

    def _reach(self, mine: Ints, level: Ints) -> int:
        """Asks the relaxation; what refutes the levels above is kept for the students to come."""
        space, cost = self._space, self._space.free.copy()
        cost[mine] = level
        root = root_of(space, cost)
        found = best_of(space, root, cost)
        reached = int(found.value)
        standing = corner(space, found, cost).standing()
        self._at, self._moves = None, Moves(space, standing) if standing else None
        if level.min() < reached:
            only = mine[level < reached]
            self._prover.found(Denied(cost, space.box, only=only), space.box, root)
        return reached

    def _suit_most(self) -> None:
        """Another plan, whose sizes suit the wishes of those who are still to be served."""
        space = self._space
        kind = np.minimum(space.edges.rank - 1, _KIND)
        cost = np.rint(_FINE * space.crowds.mean(kind, space.edges, space.alive)).astype(np.int64)
        space.gather(cost)
        root = space.relax(cost)
        found = dived(space, root, cost, is_any=True) if root else None
        standing = corner(space, found, cost).standing() if found else None
        if standing:
            self._moves = Moves(space, standing)

    def _is_small(self, target: Target) -> bool:
        return target.aim is Aim.BEYOND_RANK and 0 < len(target.students or ()) <= _FEW

    def _one_by_one(self, target: Target) -> list[tuple[int, int]] | None:
        """Where those of a few students stand, now out of the moves, who can be placed no worse
        than the rank beside those before; the better places of the others, shown to be out of
        reach, are forgotten. None where it is not seen so easily."""
        moves, placed = self._moving(), list[tuple[int, int]]()
        for student in target.students or ():
            space = self._space
            mine = space.edges.of(student)
            mine = mine[space.alive[mine]]
            good = mine[space.edges.rank[mine] <= target.rank]
            options = space.edges.option[good].tolist()
            option = moves.stands(student, options) if moves else None
            if option is None and len(good) and not self._is_out_of_reach(good):
                option = moves.enter(student, options) if moves else None
                if option is None:
                    self._at = self._moves = None
                    return None
            if moves and option is not None:
                moves.take(student, option)
                placed.append((student, option))
            else:
                self._leave(student, good)
        return placed

    def _is_out_of_reach(self, edges: Ints) -> bool:
        """Whether a leaf made before shows that no plan left uses one of a student's edges."""
        denied = Denied(self._space.free, self._space.box, only=edges)
        return self._prover.known(denied, self._space.box) is not None

    def _moving(self) -> Moves | None:
        if self._moves is None and self._at is not None:
            each = enumerate(self._at.tolist())
            self._moves = Moves(self._space, [(who, option, 1) for who, option in each])
        return self._moves

    def _leave(self, student: int, gone: Ints) -> None:
        """Forgets edges of a student who stands, or is alike somebody who stands, elsewhere."""
        space, moves = self._space, self._moves
        mine = space.edges.of(student)
        left = np.setdiff1d(mine[space.alive[mine]], gone)
        option = moves.stands(student, space.edges.option[left].tolist()) if moves else None
        if moves and option is not None:
            moves.take(student, option)
        space.drop(gone)
        if moves and option is not None:
            moves.put(student, option)

    def _put(self, student: int, option: int) -> None:
        if self._moves is not None:
            self._moves.put(student, option)

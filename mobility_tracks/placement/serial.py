"""Serving students one by one on a flow: each gets the best level that leaves a plan for all.

Holds a feasible plan throughout. Student s can enter option o when a chain of moves (this one from
o to p, that one from p to q, ...) ends at the seat s left or at a free seat; a breadth-first search
over the few options finds it. The levels reached are unique, whichever chain is taken.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from mobility_tracks.placement.plan import SolverFailure


class Chains:
    """`allowed[s]`: options open to s; `at[s]`: where s is; `low`, `high`: seats per option."""

    def __init__(
        self, allowed: list[set[int]], at: list[int], low: Sequence[int], high: Sequence[int]
    ) -> None:
        self.allowed, self.at = allowed, at
        self._low, self._high = list(low), list(high)
        self._outside = len(low)
        self._count = [0] * len(low)
        self._movers: list[list[set[int]]] = [[set() for _ in low] for _ in low]
        self._reach = [0] * len(low)
        for student, option in enumerate(at):
            self._count[option] += 1
            self._offer(student)

    def settle(self, student: int, levels: Sequence[Iterable[int]]) -> int:
        """Brings the student to the best reachable level, keeps them there; the level's number."""
        self._withdraw(student)
        for place, level in enumerate(levels):
            targets = self.allowed[student].intersection(level)
            if self.at[student] in targets or self._enter(student, targets):
                self.allowed[student] = targets
                self._offer(student)
                return place
        raise SolverFailure("The levels do not contain the student's present option.")

    def shrink(self, option: int) -> int:
        """Brings the option to its least reachable size and keeps it there; the size."""
        while self._count[option] > self._low[option]:
            self._high[option] = self._count[option]
            chain = self._search([option], self._outside)
            if chain is None:
                break
            self._push(chain)
        self._low[option] = self._high[option] = self._count[option]
        return self._count[option]

    def _enter(self, student: int, targets: Iterable[int]) -> bool:
        chain = self._search(sorted(targets), self.at[student])
        if chain is None:
            return False
        self._count[self.at[student]] -= 1
        self._count[chain[0]] += 1
        self.at[student] = chain[0]
        self._push(chain)
        return True

    def _push(self, chain: Sequence[int]) -> None:
        for source, target in pairwise(chain):
            if self._outside not in (source, target):
                self._move(next(iter(self._movers[source][target])), target)

    def _move(self, student: int, target: int) -> None:
        self._withdraw(student)
        self._count[self.at[student]] -= 1
        self._count[target] += 1
        self.at[student] = target
        self._offer(student)

    def _search(self, targets: Sequence[int], goal: int) -> list[int] | None:
        parent: dict[int, int] = dict.fromkeys(targets, -1)
        queue = list(targets)
        for node in queue:
            for following in _bits(self._arcs(node)):
                if following not in parent:
                    parent[following] = node
                    queue.append(following)
            if goal in parent:
                return _trace(parent, goal)
        return None

    def _arcs(self, node: int) -> int:
        if node == self._outside:
            return sum(1 << o for o, count in enumerate(self._count) if count > self._low[o])
        free = self._count[node] < self._high[node]
        return self._reach[node] | (free << self._outside)

    def _offer(self, student: int) -> None:
        source = self.at[student]
        for target in self.allowed[student]:
            if target != source:
                self._movers[source][target].add(student)
                self._reach[source] |= 1 << target

    def _withdraw(self, student: int) -> None:
        source = self.at[student]
        for target in self.allowed[student]:
            movers = self._movers[source][target]
            movers.discard(student)
            if not movers:
                self._reach[source] &= ~(1 << target)


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _trace(parent: dict[int, int], node: int) -> list[int]:
    chain = [node]
    while parent[chain[-1]] != -1:
        chain.append(parent[chain[-1]])
    return chain[::-1]

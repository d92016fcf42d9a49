"""A plan as numbers of students by crowd and option, and chains of moves that keep every size.

Who of a crowd is where does not matter: any of them can take another one's place. A move that would
raise an aim held is not made, so every plan reached keeps them all.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from mobility_tracks.placement.space import Space

Crowd = Hashable


@dataclass(frozen=True, slots=True)
class _Ways:
    """Of a crowd: the options that its students at an option may move to, as bits."""

    anywhere: int
    by_option: dict[int, int] | None

    def of(self, option: int) -> int:
        return self.anywhere if self.by_option is None else self.by_option.get(option, 0)


class Moves:
    """`standing`: a plan of the space, as students, options, and how many like them are there."""

    def __init__(self, space: Space, standing: Iterable[tuple[int, int, int]]) -> None:
        self._space = space
        self._ways: dict[Crowd, _Ways] = {}
        self._at: list[dict[Crowd, int]] = [{} for _ in range(space.sizes + 1)]
        self._reach: list[int | None] = [None] * len(self._at)
        for student, option, many in standing:
            self._add(self._crowd(student), option, many)

    def stands(self, student: int, options: Collection[int]) -> int | None:
        """An option of these where the student, or somebody alike, is."""
        crowd = self._crowd(student)
        return next((option for option in options if self._at[option].get(crowd)), None)

    def enter(self, student: int, options: Collection[int]) -> int | None:
        """The option of these that a chain of moves brings the student to; makes the moves."""
        crowd = self._crowd(student)
        ways = self._ways[crowd]
        mine = [o for o, crowds in enumerate(self._at) if crowds.get(crowd)]
        for option in options:
            goals = {here for here in mine if ways.of(here) >> option & 1}
            chain = self._chain(option, goals)
            if chain is not None:
                for source, target in pairwise(chain):
                    self._move(source, target)
                self._take(crowd, chain[-1])
                self._add(crowd, option)
                return option
        return None

    def take(self, student: int, option: int) -> None:
        """Takes one of the student's crowd out of the option: not moved until put back."""
        self._take(self._crowd(student), option)

    def put(self, student: int, option: int) -> None:
        """The student, whose places may have changed, stands in the option."""
        self._add(self._crowd(student), option)

    def _crowd(self, student: int) -> Crowd:
        space = self._space
        crowd = space.crowds.key(student, space.edges, space.alive)
        if crowd not in self._ways:
            self._ways[crowd] = self._ways_of(student)
        return crowd

    def _ways_of(self, student: int) -> _Ways:
        edges, mine = self._space.edges, self._space.edges.of(student)
        mine = mine[self._space.alive[mine]]
        options, rows = edges.option[mine].tolist(), self._space.crowds.held(student)
        anywhere = sum(1 << option for option in options)
        if not rows:
            return _Ways(anywhere, None)
        costs = list(zip(*(row.cost[mine].tolist() for row in rows), strict=True))
        by_option = {
            here: sum(
                1 << there
                for there, more in zip(options, costs, strict=True)
                if all(b <= a for a, b in zip(now, more, strict=True))
            )
            for here, now in zip(options, costs, strict=True)
        }
        return _Ways(anywhere, by_option)

    def _chain(self, start: int, goals: set[int]) -> list[int] | None:
        """The shortest way of moves from an option to one of the goals, by breadth."""
        parent, queue = {start: -1}, [start]
        for node in queue:
            if node in goals:
                chain = [node]
                while parent[chain[-1]] != -1:
                    chain.append(parent[chain[-1]])
                return chain[::-1]
            reach = self._reached(node)
            while reach:
                lowest = reach & -reach
                reach ^= lowest
                following = lowest.bit_length() - 1
                if following not in parent:
                    parent[following] = node
                    queue.append(following)
        return None

    def _reached(self, option: int) -> int:
        known = self._reach[option]
        if known is None:
            known = 0
            for crowd in self._at[option]:
                known |= self._ways[crowd].of(option)
            self._reach[option] = known
        return known

    def _move(self, source: int, target: int) -> None:
        crowd = next(c for c in self._at[source] if self._ways[c].of(source) >> target & 1)
        self._take(crowd, source)
        self._add(crowd, target)

    def _add(self, crowd: Crowd, option: int, many: int = 1) -> None:
        here = self._at[option]
        here[crowd] = here.get(crowd, 0) + many
        self._reach[option] = None

    def _take(self, crowd: Crowd, option: int) -> None:
        here = self._at[option]
        here[crowd] -= 1
        if not here[crowd]:
            del here[crowd]
        self._reach[option] = None

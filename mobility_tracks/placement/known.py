"""A leaf kept for the claims to come: what it is worth is remembered while places are dropped."""

from mobility_tracks.placement.highs import Ints
from mobility_tracks.placement.program import Box
from mobility_tracks.placement.space import Multipliers, Space, least_value


class Known:
    """Multipliers, with their smallest sums student by student. The goal takes no part in them."""

    def __init__(self, space: Space, by: Multipliers, number: int = -1) -> None:
        self.by, self.number = by, number
        self._space = space
        self._factors, self._constant = space.on_numbers(by)
        self._era, self._seen = -1, 0

    def total(self, box: Box, only: Ints | None = None) -> int:
        """The exact sum in the box: above zero, no plan left is there. `only`: as if these edges
        were all that is left to their student."""
        self._refresh()
        total = self._constant + self._off + self._sum + least_value(self._factors, box)
        if only is None:
            return total
        student = self._space.edges.student[only[0]]
        return total + int(self._reduced[only].min() - self._least[student])

    def _refresh(self) -> None:
        """Only the students changed since the last time are looked at again."""
        space = self._space
        if self._era != space.era:
            self._reduced, self._off = space.reduced(self.by, space.free)
            self._least = space.least(self._reduced)
            self._sum, self._era = int(self._least.sum()), space.era
        else:
            for student in set(space.changed[self._seen :]):
                mine = space.edges.of(student)
                least = self._reduced[mine[space.alive[mine]]].min()
                self._sum += int(least - self._least[student])
                self._least[student] = least
        self._seen = len(space.changed)

"""Two ways of doing one thing, timed in turns within one run, so that what slows one slows both."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

# psycopg prepares a statement when it comes for the sixth time.
WARM = 6


class Differs(Exception):
    """The two ways do not give the same answer, so their times say nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """what: the thing done. against: what the bare way is. Both ways return the same answer.

    warm: how often each is done before timing. one_in: 10 means a tenth of the turns asked for.
    """

    what: str
    against: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    warm: int = WARM
    one_in: int = 1

    def times(self, repeat: int) -> int:
        """How often each way is timed."""
        return max(1, repeat // self.one_in)


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds of each turn, in pairs."""

    pair: Pair
    ours: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.bare)

    @property
    def fastest(self) -> float:
        """Of the fastest turn of each way: what others on the machine disturb least."""
        return min(self.ours) / min(self.bare)

    @property
    def spread(self) -> tuple[float, float]:
        """Lower and upper quartile of the ratios of the single turns."""
        ratios = [ours / bare for ours, bare in zip(self.ours, self.bare, strict=True)]
        if len(ratios) == 1:
            return ratios[0], ratios[0]
        low, _, high = quantiles(ratios, n=4, method="inclusive")
        return low, high


def measure(pair: Pair, repeat: int) -> Figures:
    """Warm both ways up, see that they agree, then time them in turns.

    Raises Differs when they do not agree.
    """
    for _ in range(pair.warm):
        ours, bare = pair.ours(), pair.bare()
        if ours != bare:
            raise Differs(f"{pair.what}: ours answers {ours!r}, the bare way {bare!r}.")
    times: dict[Callable[[], object], list[float]] = {pair.ours: [], pair.bare: []}
    order = [pair.ours, pair.bare]
    for _ in range(pair.times(repeat)):
        for way in order:
            times[way].append(_seconds(way))
        order.reverse()
    return Figures(pair, tuple(times[pair.ours]), tuple(times[pair.bare]))


def _seconds(way: Callable[[], object]) -> float:
    begun = perf_counter()
    way()
    return perf_counter() - begun

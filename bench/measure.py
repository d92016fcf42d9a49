"""Two ways of doing one thing, timed in turns within one run, so that what slows one slows both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

from bench.processor import Processor

# psycopg prepares a statement when it comes for the sixth time.
WARM = 6


def _nothing() -> None:
    pass


class Differs(Exception):
    """The two ways do not give the same answer, so their times say nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """what: the thing done. against: what the bare way is. Both ways return the same answer.

    warm: how often each is done before timing. one_in: 10 means a tenth of the turns asked for.
    before: what is done before each way's turn, off the clock.
    """

    what: str
    against: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    warm: int = WARM
    one_in: int = 1
    before: Callable[[], object] = _nothing

    def times(self, repeat: int) -> int:
        """How often each way is timed."""
        return max(1, repeat // self.one_in)


class Turn(NamedTuple):
    """Seconds by the clock, and of processors: this process's and the server's."""

    clock: float
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """The turns of each way, in pairs."""

    pair: Pair
    ours: Sequence[Turn]
    bare: Sequence[Turn]

    @property
    def milliseconds(self) -> tuple[float, float]:
        return _median(self.ours, "clock") * 1000, _median(self.bare, "clock") * 1000

    def growth(self, first: "Figures") -> tuple[Turn, Turn]:
        """Of each way, how many times what it took when `first` was measured."""
        return _growth(self.ours, first.ours), _growth(self.bare, first.bare)

    @property
    def ratio(self) -> float:
        return _median(self.ours, "clock") / _median(self.bare, "clock")

    @property
    def processor(self) -> float | None:
        """The ratio of processor time; None where it is not known."""
        bare = _median(self.bare, "processor")
        return _median(self.ours, "processor") / bare if bare else None

    @property
    def spread(self) -> tuple[float, float]:
        """Lower and upper quartile of the ratios of the single turns."""
        ratios = [ours.clock / bare.clock for ours, bare in zip(self.ours, self.bare, strict=True)]
        if len(ratios) == 1:
            return ratios[0], ratios[0]
        low, _, high = quantiles(ratios, n=4, method="inclusive")
        return low, high


def measure(pair: Pair, repeat: int, processor: Processor) -> Figures:
    """Warm both ways up, see that they agree, then time them in turns.

    Raises Differs when they do not agree.
    """
    for _ in range(pair.warm):
        pair.before()
        ours = pair.ours()
        pair.before()
        bare = pair.bare()
        if ours != bare:
            raise Differs(f"{pair.what}: ours answers {ours!r}, the bare way {bare!r}.")
    turns: dict[Callable[[], object], list[Turn]] = {pair.ours: [], pair.bare: []}
    order = [pair.ours, pair.bare]
    for _ in range(pair.times(repeat)):
        for way in order:
            pair.before()
            turns[way].append(_turn(way, processor))
        order.reverse()
    return Figures(pair, turns[pair.ours], turns[pair.bare])


def _turn(way: Callable[[], object], processor: Processor) -> Turn:
    spent, begun = processor.seconds(), perf_counter()
    way()
    clock = perf_counter() - begun
    return Turn(clock, processor.seconds() - spent)


def _growth(now: Sequence[Turn], first: Sequence[Turn]) -> Turn:
    before = _median(first, "processor")
    return Turn(
        _median(now, "clock") / _median(first, "clock"),
        _median(now, "processor") / before if before else 0.0,
    )


def _median(turns: Sequence[Turn], what: str) -> float:
    return float(median(getattr(turn, what) for turn in turns))

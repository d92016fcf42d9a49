"""What the policies need of a solver: lower one target and stay there; serve one student; settle how
many go to an option."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mobility_tracks.placement.edges import Target


@dataclass(frozen=True, slots=True)
class Reached:
    """The least value, the proved bound, and dual prices by option number where there are any."""

    value: int
    bound: int
    prices: dict[int, int] | None


class Engine(Protocol):
    def minimise(self, target: Target) -> Reached:
        """The least value of the target over all plans still possible; others are dropped."""

    def settle(self, student: int, levels: Sequence[Sequence[int]]) -> int:
        """The best level the student can have, by number; plans without it are dropped."""

    def shrink(self, option: int) -> int:
        """The fewest students the option can have; plans with another number are dropped."""


class NoPlan(Exception):  # noqa: N818 - errors say the fact
    """Nothing is feasible. The caller finds out why."""

"""What a ranking is computed from, frozen: the rubric, the dossiers, the locked reviews, the places.

Marks are whole numbers or Decimals, never floats, so that every machine computes the same. Scores
are whole numbers: points times 10 ** `Rubric.decimals`, from 0 to `Rubric.total` points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Mark = int | Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """One dimension: marks from 0 to `maximum`, worth `weight` points at the maximum. A dossier
    whose mean mark is under `pass_mark` is not selected, whatever its score."""

    code: str
    weight: int
    maximum: int
    pass_mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class TieBreaker:
    """`criterion`: the higher mean mark first. `fact`: a fact of the dossier, first those with
    `prefer`'s first value, then its second; values not listed come last."""

    kind: Literal["criterion", "fact"]
    code: str
    prefer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rubric:
    """Weights add up to `total`. Each dossier needs `reviews_needed` locked reviews. When the
    totals of two reviewers lie more than `gap_threshold` points apart, and only two are in, a
    third is needed. Under `threshold` points a dossier is on neither list."""

    version: str
    criteria: tuple[Criterion, ...]
    tie_breakers: tuple[TieBreaker, ...] = ()
    total: int = 100
    decimals: int = 3
    reviews_needed: int = 2
    gap_threshold: Mark | None = None
    threshold: Mark | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application; `facts` are only those that a tie-breaker names."""

    ref: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's marks by criterion code. Only locked reviews count."""

    dossier: str
    reviewer: str
    marks: Mapping[str, Mark]
    locked: bool = True


@dataclass(frozen=True, slots=True)
class Inputs:
    """`seed` is published before the deadline; it alone separates what all tie-breakers leave
    equal. Arrival plays no part. `reserve` None: everybody who passes stays on the reserve list."""

    rubric: Rubric
    dossiers: tuple[Dossier, ...]
    reviews: tuple[Review, ...]
    places: int
    seed: str
    reserve: int | None = None


class RankingRefused(ValueError):  # noqa: N818 - errors say the fact
    """Nothing was ranked; `faults` holds one sentence per fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)

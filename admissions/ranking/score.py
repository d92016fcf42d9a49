"""From marks to one score per dossier, in exact fractions, rounded once at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from admissions.ranking.inputs import Inputs, Mark, Review, Rubric


@dataclass(frozen=True, slots=True)
class Scored:
    """`score` and `gap` in points times 10 ** decimals; `means` exact, by criterion code."""

    ref: str
    score: int
    gap: int
    needs_third: bool
    means: Mapping[str, Fraction]


def scored(inputs: Inputs) -> list[Scored]:
    """One Scored per dossier, from its locked reviews; every reviewer weighs the same."""
    reviews: dict[str, list[Review]] = {dossier.ref: [] for dossier in inputs.dossiers}
    for review in inputs.reviews:
        if review.locked:
            reviews[review.dossier].append(review)
    return [_score(inputs.rubric, ref, rows) for ref, rows in sorted(reviews.items())]


def scaled(points: Fraction, decimals: int) -> int:
    """Points as a whole number, halves rounded up: what is compared is what is printed."""
    return int((points * 10**decimals * 2 + 1) // 2)


def points_of(rubric: Rubric, marks: Mapping[str, Mark] | Mapping[str, Fraction]) -> Fraction:
    """Sum over the criteria of weight times mark over maximum."""
    return sum(
        (Fraction(marks[c.code]) * c.weight / c.maximum for c in rubric.criteria), Fraction(0)
    )


def _score(rubric: Rubric, ref: str, reviews: Sequence[Review]) -> Scored:
    means = {c.code: _mean(review.marks[c.code] for review in reviews) for c in rubric.criteria}
    totals = [points_of(rubric, review.marks) for review in reviews]
    gap = max(totals) - min(totals)
    limit = rubric.gap_threshold
    wide = limit is not None and gap > Fraction(limit) and len(reviews) == 2
    decimals = rubric.decimals
    return Scored(
        ref, scaled(points_of(rubric, means), decimals), scaled(gap, decimals), wide, means
    )


def _mean(marks: Iterable[Mark]) -> Fraction:
    listed = [Fraction(mark) for mark in marks]
    return sum(listed, Fraction(0)) / len(listed)

"""The ranked list: a pure function of rubric, locked reviews, places and the published seed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from itertools import groupby

from admissions.ranking.checks import check
from admissions.ranking.inputs import Criterion, Inputs, TieBreaker
from admissions.ranking.record import fingerprint, number
from admissions.ranking.score import Scored, scaled, scored

ALGORITHM = "ranking/1"
_Compare = tuple[str, Callable[[Scored], int | Fraction]]


class ListClass(StrEnum):
    """Where a dossier stands once places, reserve length and thresholds are applied."""

    MAIN = "main"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"


@dataclass(frozen=True, slots=True)
class Position:
    """`position` is unique; `rank` is shared by those whom only the seed separates, who are named
    in `ex_aequo`. `decided_by` is what put the dossier after the one before: "score", a
    tie-breaker's code, "seed", or "" for the first. `failed`: what keeps it off both lists."""

    position: int
    rank: int
    ref: str
    score: int
    gap: int
    needs_third: bool
    decided_by: str
    ex_aequo: tuple[str, ...]
    listed: ListClass
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """`inputs` is the fingerprint of what it was computed from; scores carry `decimals`."""

    positions: tuple[Position, ...]
    inputs: str
    rubric: str
    decimals: int
    algorithm: str = ALGORITHM

    def of(self, ref: str) -> Position:
        """The dossier's position. Raises KeyError if it is not ranked."""
        for position in self.positions:
            if position.ref == ref:
                return position
        raise KeyError(ref)


def rank(inputs: Inputs) -> Ranking:
    """The ranking. Raises RankingRefused on missing reviews, marks off their scale, weights that
    do not add up, and other faults of the input."""
    check(inputs)
    compare = list(_comparisons(inputs))
    order = sorted(scored(inputs), key=lambda row: (_key(compare, row), draw(inputs.seed, row.ref)))
    return Ranking(
        positions=tuple(_positions(inputs, compare, order)),
        inputs=fingerprint(inputs),
        rubric=inputs.rubric.version,
        decimals=inputs.rubric.decimals,
    )


def draw(seed: str, ref: str) -> tuple[str, str]:
    """The dossier's place in the draw: SHA-256 of seed and reference, smaller first."""
    return sha256(f"{seed}\x1f{ref}".encode()).hexdigest(), ref


def _comparisons(inputs: Inputs) -> Iterator[_Compare]:
    facts = {dossier.ref: dossier.facts for dossier in inputs.dossiers}
    yield "score", lambda row: -row.score
    for breaker in inputs.rubric.tie_breakers:
        yield breaker.code, _comparison(breaker, facts)


def _comparison(
    breaker: TieBreaker, facts: Mapping[str, Mapping[str, str]]
) -> Callable[[Scored], int | Fraction]:
    if breaker.kind == "criterion":
        return lambda row: -row.means[breaker.code]
    place = {value: number for number, value in enumerate(breaker.prefer)}
    return lambda row: place.get(facts[row.ref].get(breaker.code, ""), len(place))


def _key(compare: Sequence[_Compare], row: Scored) -> tuple[int | Fraction, ...]:
    return tuple(value(row) for _, value in compare)


def _positions(
    inputs: Inputs, compare: Sequence[_Compare], order: Sequence[Scored]
) -> Iterator[Position]:
    seats = _Seats(inputs)
    number, before = 0, None
    for key, tied in groupby(order, key=lambda row: _key(compare, row)):
        rows = list(tied)
        first = number + 1
        for row in rows:
            number += 1
            failed = _failed(inputs, row)
            others = tuple(sorted(other.ref for other in rows if other is not row))
            yield Position(
                position=number,
                rank=first,
                ref=row.ref,
                score=row.score,
                gap=row.gap,
                needs_third=row.needs_third,
                decided_by=_decided_by(compare, before, key),
                ex_aequo=others,
                listed=seats.take(passed=not failed),
                failed=failed,
            )
            before = key


class _Seats:
    """Hands out places, then the reserve list, to those who pass."""

    def __init__(self, inputs: Inputs) -> None:
        self._places = inputs.places
        self._reserve = len(inputs.dossiers) if inputs.reserve is None else inputs.reserve

    def take(self, *, passed: bool) -> ListClass:
        if not passed:
            return ListClass.NOT_SELECTED
        if self._places:
            self._places -= 1
            return ListClass.MAIN
        if self._reserve:
            self._reserve -= 1
            return ListClass.RESERVE
        return ListClass.NOT_SELECTED


def _decided_by(
    compare: Sequence[_Compare],
    before: tuple[int | Fraction, ...] | None,
    key: tuple[int | Fraction, ...],
) -> str:
    if before is None:
        return ""
    for (name, _), left, right in zip(compare, before, key, strict=True):
        if left != right:
            return name
    return "seed"


def _failed(inputs: Inputs, row: Scored) -> str:
    rubric = inputs.rubric
    below: Iterator[Criterion] = (
        c
        for c in rubric.criteria
        if c.pass_mark is not None and row.means[c.code] < Fraction(c.pass_mark)
    )
    for criterion in below:
        return f"{criterion.code} under its pass mark of {number(criterion.pass_mark or 0)}"
    limit = rubric.threshold
    if limit is not None and row.score < scaled(Fraction(limit), rubric.decimals):
        return f"score under the threshold of {number(limit)}"
    return ""

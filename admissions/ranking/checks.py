"""Faults that make a ranking meaningless, each as a sentence naming dossier, reviewer and fact."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from admissions.ranking.inputs import Inputs, RankingRefused, Review, Rubric


def check(inputs: Inputs) -> None:
    """Raises RankingRefused with every fault found, in a stable order."""
    faults = [*_rubric(inputs.rubric), *_dossiers(inputs)]
    known = {criterion.code: criterion.maximum for criterion in inputs.rubric.criteria}
    for review in sorted(inputs.reviews, key=lambda row: (row.dossier, row.reviewer)):
        if review.locked:
            faults.extend(_marks(review, known))
    if inputs.places < 0 or (inputs.reserve or 0) < 0:
        faults.append("The number of places and the length of the reserve list start at 0.")
    if faults:
        raise RankingRefused(faults)


def _rubric(rubric: Rubric) -> Iterator[str]:
    codes = [criterion.code for criterion in rubric.criteria]
    yield from _repeated("Criterion", codes)
    weights = sum(criterion.weight for criterion in rubric.criteria)
    if weights != rubric.total:
        yield f"The weights add up to {weights}, not to {rubric.total}."
    for criterion in rubric.criteria:
        if criterion.weight < 0 or criterion.maximum <= 0:
            yield f"Criterion {criterion.code} needs a weight from 0 and a maximum above 0."
    for breaker in rubric.tie_breakers:
        if breaker.kind == "criterion" and breaker.code not in codes:
            yield f"Tie-breaker {breaker.code} is not a criterion of this rubric."
        if breaker.kind == "fact" and not breaker.prefer:
            yield f"Tie-breaker {breaker.code} does not say which value goes first."
    if rubric.reviews_needed < 1 or rubric.decimals < 0:
        yield "A rubric needs at least 1 review per dossier and no negative decimals."
    limits = (rubric.threshold, rubric.gap_threshold, *(c.pass_mark for c in rubric.criteria))
    if any(limit is not None and not _exact(limit) for limit in limits):
        yield "Thresholds and pass marks are whole numbers or Decimals, not floats."


def _dossiers(inputs: Inputs) -> Iterator[str]:
    refs = [dossier.ref for dossier in inputs.dossiers]
    yield from _repeated("Dossier", refs)
    locked = [review for review in inputs.reviews if review.locked]
    for dossier, reviewer in sorted({(r.dossier, r.reviewer) for r in locked}):
        if dossier not in refs:
            yield f"Dossier {dossier}, reviewed by {reviewer}, is not part of this ranking."
    pairs = Counter((review.dossier, review.reviewer) for review in locked)
    for (dossier, reviewer), count in sorted(pairs.items()):
        if count > 1:
            yield f"Dossier {dossier} has {count} locked reviews by {reviewer}."
    counts = Counter(review.dossier for review in locked)
    needed = inputs.rubric.reviews_needed
    for ref in sorted(set(refs)):
        if counts[ref] < needed:
            yield f"Dossier {ref} has {counts[ref]} locked reviews of the {needed} it needs."


def _marks(review: Review, known: dict[str, int]) -> Iterator[str]:
    name = f"Dossier {review.dossier}, reviewer {review.reviewer}"
    for code in sorted(known.keys() - review.marks.keys()):
        yield f"{name}: no mark for {code}."
    for code, mark in sorted(review.marks.items()):
        if code not in known:
            yield f"{name}: {code} is not a criterion of this rubric."
        elif not _exact(mark):
            yield f"{name}: the mark for {code} is neither a whole number nor a Decimal."
        elif not Decimal(mark).is_finite() or not 0 <= mark <= known[code]:
            yield f"{name}: {code} is {mark}, outside its scale of 0 to {known[code]}."


def _exact(mark: object) -> bool:
    return isinstance(mark, (int, Decimal)) and not isinstance(mark, bool)


def _repeated(noun: str, ids: Iterable[str]) -> Iterator[str]:
    for key, count in sorted(Counter(ids).items()):
        if count > 1:
            yield f"{noun} {key} is given {count} times."

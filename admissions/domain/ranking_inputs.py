"""From rows to the frozen inputs of the pure ranking, and from its positions to rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _

from admissions import ranking
from admissions.models import Assignment, Call, Criterion, Dossier, RankedDossier, Score
from admissions.ranking.record import dump
from consortium.errors import Incomplete

LISTED_IN_REFUSAL = 10
IN = ("submitted", "locked")


def reviews_of(call: Call, dossiers: Iterable[Dossier]) -> list[Assignment]:
    """The submitted reviews of `dossiers`, locked until the transaction ends. Needs the office."""
    ids = [dossier.pk for dossier in dossiers]
    rows = Assignment.objects.filter(dossier__call=call, dossier_id__in=ids, state__in=IN)
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def check_reviewed(call: Call, dossiers: Sequence[Dossier], reviews: Iterable[Assignment]) -> None:
    """Raises Incomplete naming the dossiers that lack reviews, the first ten of them.

    Each needs `reviews_needed`, and where that is two or more they come from two partners.
    """
    partners: dict[UUID, list[int]] = defaultdict(list)
    for review in reviews:
        partners[review.dossier_id].append(review.party_id)
    needed = call.reviews_needed
    short = sorted(
        dossier.reference
        for dossier in dossiers
        if len(partners[dossier.pk]) < needed or len(set(partners[dossier.pk])) < min(2, needed)
    )
    if not dossiers or short:
        raise Incomplete(
            _("A ranking needs %(needed)d reviews of every eligible dossier, of two partners.")
            % {"needed": needed}
            if needed >= 2
            else _("A ranking needs a review of every eligible dossier."),
            fact=_lacking(short) if short else _("No dossier of this call is eligible."),
            next_step=_("Remind the reviewers or assign others, then compute the ranking."),
        )


def _lacking(short: Sequence[str]) -> str:
    named = ", ".join(short[:LISTED_IN_REFUSAL])
    if len(short) <= LISTED_IN_REFUSAL:
        return _("Reviews are missing for %(named)s.") % {"named": named}
    return _("Reviews are missing for %(count)d dossiers, among them %(named)s.") % {
        "count": len(short),
        "named": named,
    }


def inputs_of(
    call: Call, dossiers: Iterable[Dossier], reviews: Sequence[Assignment], seed: str
) -> ranking.Inputs:
    """What the ranking is a function of (domain.md 6.5, invariant 3)."""
    references = {dossier.pk: dossier.reference for dossier in dossiers}
    marks = _marks(reviews)
    return ranking.Inputs(
        rubric=_rubric(call),
        dossiers=tuple(ranking.Dossier(ref=reference) for reference in references.values()),
        reviews=tuple(
            ranking.Review(
                dossier=references[row.dossier_id],
                reviewer=str(row.reviewer_id),
                marks=marks[row.pk],
            )
            for row in reviews
        ),
        places=call.places,
        reserve=call.reserve_places,
        seed=seed,
    )


def _marks(reviews: Iterable[Assignment]) -> Mapping[UUID, Mapping[str, int]]:
    marks: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = Score.objects.filter(review__assignment__in=[row.pk for row in reviews])
    for assignment, code, points in rows.values_list(
        "review__assignment_id", "criterion__code", "points"
    ):
        marks[assignment][code] = points
    return marks


def _rubric(call: Call) -> ranking.Rubric:
    rows = Criterion.objects.filter(call=call).order_by("position")
    criteria = cast("list[Criterion]", list(rows))
    breakers = sorted(
        (each for each in criteria if each.tie_break is not None),
        key=lambda each: (each.tie_break or 0, each.position),
    )
    return ranking.Rubric(
        version=call.frozen_hash,
        criteria=tuple(
            ranking.Criterion(code=each.code, weight=each.weight, maximum=each.max_points)
            for each in criteria
        ),
        tie_breakers=tuple(ranking.TieBreaker("criterion", each.code) for each in breakers),
        reviews_needed=call.reviews_needed,
    )


def stored(inputs: ranking.Inputs) -> Any:
    """The canonical inputs as a JSON column keeps them; `restored` gives the same bytes back."""
    return json.loads(ranking.write(inputs))


def restored(column: Any) -> bytes:
    return dump(column)


def places_of(result: ranking.Ranking) -> list[dict[str, Any]]:
    """By position: what a RankedDossier holds, with the public reference of its dossier."""
    return [
        {
            "reference": each.ref,
            "position": each.position,
            "score": each.score / 10**result.decimals,
            "tied": _tied(result, each),
            "list": RankedDossier.List(each.listed.value).value,
            "explanation": ranking.explain(result, each),
        }
        for each in result.positions
    ]


def _tied(result: ranking.Ranking, position: ranking.Position) -> bool:
    """Whether another dossier has the same score, before tie-breaks."""
    around = result.positions[max(0, position.position - 2) : position.position + 1]
    return any(each.score == position.score for each in around if each is not position)

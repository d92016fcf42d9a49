"""The other reviewers do their work at once, so that a visitor can go on to the ranking."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import mean
from uuid import UUID

from admissions.models import Assignment, Call, Review, Score
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium
from demo.seed.selection import Reviewing, criteria_of, in_order

ORDINARY = 3


def finish(consortium: Consortium, *, at: datetime) -> int:
    """Submit every review that is awaited in closed calls; returns how many.

    A private draft gives way. Marks follow those that the dossier has already.
    """
    with acting(Actor.system(consortium.pk)):
        calls = Call.objects.filter(consortium=consortium, state="closed")
        return sum(_finish(call, at) for call in calls.order_by("slug"))


def _finish(call: Call, at: datetime) -> int:
    rows = Assignment.objects.filter(
        dossier__call=call,
        dossier__state="under_review",
        state__in=["proposed", "in_progress"],
    )
    awaited = in_order(rows.select_related("dossier").select_for_update(no_key=True, of=("self",)))
    Review.objects.filter(assignment__in=awaited).delete()
    strengths = _strengths(call, awaited)
    rng = random.Random(f"{call.slug}/{at.isoformat()}")
    Reviewing(call.consortium_id, criteria_of(call), at, rng).submit(awaited, strengths)
    return len(awaited)


def _strengths(call: Call, awaited: Sequence[Assignment]) -> Mapping[UUID, int]:
    """From 1 to 5, as the marks say that are in; ordinary where none are."""
    given: dict[UUID, list[float]] = defaultdict(list)
    rows = Score.objects.filter(
        review__assignment__dossier__call=call, review__submitted_at__isnull=False
    ).values_list("review__assignment__dossier_id", "points", "criterion__max_points")
    for dossier, points, most in rows:
        given[dossier].append(points / most)
    return {
        row.dossier_id: min(5, 1 + int(mean(given[row.dossier_id]) * 5))
        if given[row.dossier_id]
        else ORDINARY
        for row in awaited
    }

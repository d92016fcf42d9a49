"""Why so many students come to a host: what its people read of a published round."""

from collections.abc import Iterable
from uuid import UUID

from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import AllocationRound, Offering

Sizes = dict[tuple[UUID, UUID], str]


def sizes_told(offerings: Iterable[Offering], *, actor: Actor) -> Sizes:
    """By intake and offering, of the latest published round: how many come and why that many.

    `offerings`: the host's own. Students are counted, never named. Needs an `acting` context. Two
    queries: the rounds that the actor sees, and of their plans this one part.
    """
    rounds = AllocationRound.objects.for_actor(actor, "view").filter(state="published")
    seen = list(rounds.values_list("pk", flat=True))
    own = {(offering.period_id, offering.code): offering.pk for offering in offerings}
    with acting(Actor.system(actor.tenant)):
        rows = AllocationRound.objects.filter(pk__in=seen).order_by("published_at")
        told = list(rows.values_list("intake_id", "period_id", "result__sizes"))
    return {
        (intake, own[period, code]): sentence
        for intake, period, sizes in told
        for code, sentence in (sizes or {}).items()
        if (period, code) in own
    }

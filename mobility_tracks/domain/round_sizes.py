"""Why so many students come to a host: what its people read of a published round."""

from collections.abc import Collection
from uuid import UUID

from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import AllocationRound, Offering

Sizes = dict[tuple[UUID, UUID], str]


def sizes_told(offerings: Collection[Offering], *, actor: Actor) -> Sizes:
    """By intake and offering, of the latest published round: how many come and why that many.

    `offerings`: the host's own, with `period`. Students are counted, never named. Needs an `acting`
    context. Two queries: the rounds that the actor sees, and of their plans this one part.
    """
    rounds = AllocationRound.objects.for_actor(actor, "view").filter(state="published")
    seen = list(rounds.values_list("pk", flat=True))
    own = {(row.period_id, row.code): row.pk for row in offerings}
    on_way = {(row.period.version_id, row.code): row.pk for row in offerings}
    with acting(Actor.system(actor.tenant)):
        rows = AllocationRound.objects.filter(pk__in=seen).order_by("published_at")
        told = list(
            rows.values_list(
                *("intake_id", "intake__version_id", "period_id"),
                *("result__sizes", "result__hosts"),
            )
        )
    found: Sizes = {}
    for intake, version, period, sizes, hosts in told:
        ours, where = (own, period) if period else (on_way, version)
        for code, sentence in ((sizes if period else hosts) or {}).items():
            if (where, code) in ours:
                found[intake, ours[where, code]] = sentence
    return found

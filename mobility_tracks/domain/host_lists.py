"""The list of a host's students, to read and to take away."""

from collections.abc import Sequence
from datetime import datetime

from consortium import journal
from consortium.actor import Actor
from consortium.scoping import ScopedQuerySet
from mobility_tracks.domain.stays import GONE
from mobility_tracks.models import Placement
from mobility_tracks.models.placement import PlacementQuerySet

MOST = 10_000


def stays_at(host_id: int, *, actor: Actor) -> PlacementQuerySet:
    """Stays at a host that the actor may see: planned ones for the office alone. None called off."""
    rows = Placement.objects.for_actor(actor, "view").filter(host_id=host_id)
    return rows.exclude(state__in=GONE)


def handed_out(rows: ScopedQuerySet[Placement], *, actor: Actor, at: datetime) -> list[Placement]:
    """At most MOST rows, as `looked_at` asks, by day and name, that leave the house as a sheet."""
    dressed = rows.select_related("enrolment__intake", "period", "host", "sending")
    found = list(dressed.order_by("starts_on", "enrolment__person_name", "pk")[:MOST])
    looked_at(found, actor=actor, at=at)
    return found


def looked_at(rows: Sequence[Placement], *, actor: Actor, at: datetime) -> None:
    """Write down that stays are given away with names and addresses, before they are.

    One entry for each, which concerns its student. Needs the context (`acting`) in which they are
    shown, so that list and entries are one transaction.
    """
    journal.read("stay", rows, actor=actor, at=at, facts={"rows": len(rows)})

"""What time alone brings about in one consortium: calls close, drafts lapse, offers expire.

Whether something was in time is judged by the instant of each request, never by this sweep: it
may run late or twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from admissions.domain import offers
from admissions.domain.calls import close_call, lapse_drafts
from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium

# Requests that arrived in the last second are still at work: a draft lapses after them.
GRACE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Swept:
    """Counts, for a log line."""

    closed: int = 0
    lapsed: int = 0
    expired: int = 0

    def __bool__(self) -> bool:
        return any((self.closed, self.lapsed, self.expired))


def run_due(consortium: Consortium, *, at: datetime) -> Swept:
    """Close the calls whose deadline has passed, lapse their drafts, expire unanswered offers.

    One transaction per call. Safe to repeat: what is done already is not found again.
    """
    system = Actor.system(consortium.pk)
    closed = 0
    for call_id in _overdue(system, at):
        close_call(call_id, actor=system, at=at)
        closed += 1
    lapsed = _stragglers(system, at)
    expired = offers.expire_due(consortium, actor=system, at=at)
    return Swept(closed, lapsed, len(expired))


def _overdue(system: Actor, at: datetime) -> list[object]:
    with acting(system):
        calls = Call.objects.for_actor(system).filter(state="open", closes_at__lte=at - GRACE)
        return list(calls.order_by("closes_at", "pk").values_list("pk", flat=True))


def _stragglers(system: Actor, at: datetime) -> int:
    """Drafts that somebody held, or began, while their call was closing."""
    with acting(system):
        calls = Call.objects.for_actor(system).filter(state="closed", dossiers__state="draft")
        return sum(lapse_drafts(call, at=at) for call in calls.distinct())

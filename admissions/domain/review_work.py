"""How much a partner's reviewers have to do and have done: counts, without dossier or mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from admissions.models import Assignment
from consortium.actor import Actor

DONE = Q(state__in=("submitted", "locked"))


@dataclass(frozen=True, slots=True)
class Work:
    """assigned: without those that a conflict took away. overdue: past their day, not submitted."""

    assigned: int = 0
    submitted: int = 0
    overdue: int = 0


NOTHING = Work()


def work_of(
    parties: Iterable[int], *, actor: Actor, at: datetime
) -> Mapping[tuple[int, int], Work]:
    """By party and person, over all calls; one query. Runs inside the actor's context."""
    rows = Assignment.objects.for_actor(actor, "count").filter(party__in=list(parties))
    alive = rows.exclude(state="conflicted").order_by().values("party_id", "reviewer_id")
    late = Q(due_at__lte=at) & ~DONE
    counted = alive.annotate(
        assigned=Count("pk"), submitted=Count("pk", filter=DONE), overdue=Count("pk", filter=late)
    )
    return {
        (row["party_id"], row["reviewer_id"]): Work(
            row["assigned"], row["submitted"], row["overdue"]
        )
        for row in counted
    }

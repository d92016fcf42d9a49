"""How much each person looked at files lately, against their own usual (quality.md H3).

Tells the office where to ask; it stops nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max
from django.db.models.functions import TruncDate

from consortium.access import acting
from consortium.actor import Actor
from consortium.models import JournalEntry

DAY = timedelta(days=1)
USUAL_DAYS = 28
MOST_SHOWN = 10
# From so many looks in a day on, three times the usual is worth a question; below, it never is.
NOTICED_FROM = 30
TIMES_USUAL = 3


@dataclass(frozen=True, slots=True)
class Volume:
    """latest: looks in the last 24 hours. usual: per day, over the days on which there were any."""

    user_id: int
    name: str
    latest: int
    usual: float | None

    @property
    def is_unusual(self) -> bool:
        return self.latest >= max(NOTICED_FROM, TIMES_USUAL * (self.usual or 0))


def looks_per_person(*, actor: Actor, at: datetime) -> list[Volume]:
    """Who looked most in the 24 hours before `at`, at most ten; two queries."""
    with acting(actor):
        looks = JournalEntry.objects.for_actor(actor, "view").filter(
            is_read=True, by_id__isnull=False, at__lte=at
        )
        latest = list(
            looks.filter(at__gt=at - DAY)
            .order_by()
            .values_list("by_id")
            .annotate(name=Max("by_name"), looks=Count("pk"))
            .order_by("-looks", "by_id")[:MOST_SHOWN]
        )
        usual = _usual(looks, [person for person, _name, _looks in latest], at)
    return [Volume(person, name, count, usual.get(person)) for person, name, count in latest]


def _usual(looks: Any, people: list[Any], at: datetime) -> dict[int, float]:
    before = looks.filter(by_id__in=people, at__lte=at - DAY, at__gt=at - DAY * (USUAL_DAYS + 1))
    rows = (
        before.order_by()
        .values_list("by_id")
        .annotate(looks=Count("pk"), days=Count(TruncDate("at"), distinct=True))
    )
    return {person: looks / days for person, looks, days in rows}

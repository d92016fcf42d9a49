"""Mail of the days before the first morning: delivered when it was written, not when it was seeded."""

from django.db.models import F

from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, OutboxMessage
from demo.models import Mail
from demo.seed.calendar import Calendar


def deliver(consortium: Consortium, calendar: Calendar) -> int:
    """What the worker would have sent, into the mailbox; returns how many."""
    with acting(Actor.system(consortium.pk)):
        due = OutboxMessage.objects.filter(sent_at__isnull=True, due_at__lte=calendar.at)
        rows = list(due.order_by("created_at", "to", "subject"))
        OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(
            sent_at=F("created_at"), attempts=1
        )
        with as_login():
            Mail.objects.bulk_create(
                Mail(to=row.to, subject=row.subject, body=row.body, sent_at=row.created_at)
                for row in rows
            )
    return len(rows)

"""Mail of the days before the first morning: delivered when it was written, not when it was seeded."""

from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, OutboxMessage
from consortium.outbox import KEY_IN_LINK
from demo.models import Mail
from demo.seed.calendar import Calendar


def deliver(consortium: Consortium, calendar: Calendar) -> int:
    """What the worker would have sent, into the mailbox; returns how many.

    As after its sending, the outbox keeps no link that opens a door.
    """
    with acting(Actor.system(consortium.pk)):
        due = OutboxMessage.objects.filter(sent_at__isnull=True, due_at__lte=calendar.at)
        rows = list(due.order_by("created_at", "to", "subject"))
        with as_login():
            Mail.objects.bulk_create(
                Mail(to=row.to, subject=row.subject, body=row.body, sent_at=row.created_at)
                for row in rows
            )
        for row in rows:
            row.sent_at, row.attempts = row.created_at, 1
            row.body = KEY_IN_LINK.sub("…", row.body)
        OutboxMessage.objects.bulk_update(rows, ["sent_at", "attempts", "body"])
    return len(rows)

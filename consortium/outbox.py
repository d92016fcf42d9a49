"""The outbox: a message is a row of the transaction that causes it; a sender empties it after.

At least once, in order per consortium, and never twice for one `key`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMessage
from django.db import transaction

from consortium import clock
from consortium.access import acting
from consortium.actor import Actor
from consortium.models.outbox import OutboxMessage
from consortium.models.tenant import Consortium

log = structlog.get_logger()
BATCH = 20
# A link that opens a door is a key: once sent, only its receiver has it.
KEY_IN_LINK = re.compile(r"(?<=/)[A-Za-z0-9_-]{32,}(?=[/\s]|$)")
BACKOFF_SECONDS = (30, 120, 600, 3600, 4 * 3600, 12 * 3600)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent to whom. key: says whether the same was sent before."""

    to: str
    subject: str
    body: str
    key: str


def post(*, consortium_id: int, to: str, subject: str, body: str, key: str, at: datetime) -> None:
    """Write one message. A second one with the same `key` in the consortium changes nothing.

    Works under every wall: it needs the right to insert, not to read.
    """
    post_all([Letter(to, subject, body, key)], consortium_id=consortium_id, at=at)


def post_all(letters: Iterable[Letter], *, consortium_id: int, at: datetime) -> None:
    """`post` for many, in one statement, and the sender is woken once."""
    messages = [
        OutboxMessage(
            consortium_id=consortium_id,
            key=letter.key,
            to=letter.to,
            subject=letter.subject,
            body=letter.body,
            created_at=at,
            due_at=at,
        )
        for letter in letters
    ]
    if not messages:
        return
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
    transaction.on_commit(lambda: _wake(consortium_id))


def _wake(consortium_id: int) -> None:
    from consortium.tasks import send_outbox  # noqa: PLC0415  # that module imports this one

    send_outbox.defer(consortium_id=consortium_id)


def send_due(consortium: Consortium) -> int:
    """Send what is due in one consortium; returns how many left.

    Rows are claimed with SKIP LOCKED, so several senders never send one twice at a time. A failure
    keeps the row with its error and the next attempt's time.
    """
    actor = Actor.system(consortium.pk, "Outbox")
    sent = 0
    while True:
        with acting(actor):
            batch = list(OutboxMessage.objects.claimable(consortium.pk, clock.now())[:BATCH])
            if not batch:
                return sent
            sent += sum(_send(message, consortium) for message in batch)


def _send(message: OutboxMessage, consortium: Consortium) -> bool:
    at = clock.now()
    try:
        EmailMessage(
            message.subject,
            message.body,
            to=[message.to],
            reply_to=[consortium.contact_email] if consortium.contact_email else None,
            headers={"Message-ID": f"<{message.pk}@outbox.itinera>"},
        ).send()
    except Exception as failure:  # noqa: BLE001  # any provider error: the row stays, tried again
        wait = BACKOFF_SECONDS[min(message.attempts, len(BACKOFF_SECONDS) - 1)]
        message.attempts += 1
        message.last_error = f"{type(failure).__name__}: {failure}"[:300]
        message.due_at = at + timedelta(seconds=wait)
        message.save(update_fields=["attempts", "last_error", "due_at"])
        log.warning("mail_failed", message=str(message.pk), attempts=message.attempts)
        return False
    message.sent_at = at
    message.attempts += 1
    message.body = KEY_IN_LINK.sub("…", message.body)
    message.save(update_fields=["sent_at", "attempts", "body"])
    return True

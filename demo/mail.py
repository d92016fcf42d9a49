"""The demonstration's mail goes to a page instead of out."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from consortium import clock
from consortium.access import as_login
from demo.models import Mail


class MailboxBackend(BaseEmailBackend):
    """Writes every message to the mailbox page, one row a recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = clock.now()
        rows = [
            Mail(to=to, subject=str(message.subject), body=str(message.body), sent_at=at)
            for message in email_messages
            for to in message.recipients()
        ]
        with as_login():
            Mail.objects.bulk_create(rows)
        return len(email_messages)

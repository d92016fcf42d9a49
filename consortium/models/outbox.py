"""Messages that were decided on and are on their way."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantModel
from consortium.policies import OUTBOX
from consortium.scoping import ScopedQuerySet


class OutboxQuerySet(ScopedQuerySet["OutboxMessage"]):
    policy = OUTBOX

    def claimable(self, consortium_id: int, at: datetime) -> Self:
        """Due and unsent, oldest first, each row locked and those that others hold left out."""
        return (
            self.filter(consortium_id=consortium_id, sent_at__isnull=True, due_at__lte=at)
            .order_by("due_at", "id")
            .select_for_update(no_key=True, skip_locked=True)
        )


class OutboxMessage(TenantModel):
    """One e-mail. `key` names its cause, so that one cause sends one message."""

    key = models.CharField(_("cause"), max_length=120)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject line"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("due"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "key"], name="outbox_cause_once")
        ]
        indexes = [
            models.Index(
                fields=["consortium", "due_at"],
                condition=models.Q(sent_at__isnull=True),
                name="outbox_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

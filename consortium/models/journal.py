"""What happened: append-only, by trigger and by grants (consortium/walls.py)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantModel
from consortium.policies import JOURNAL, TRANSITION
from consortium.scoping import ScopedQuerySet


class JournalQuerySet(ScopedQuerySet["JournalEntry"]):
    policy = JOURNAL


class JournalEntry(TenantModel):
    """One act: who, wearing which wall, to which thing, when, why, with which facts."""

    act = models.CharField(_("act"), max_length=80)
    subject = models.CharField(_("subject"), max_length=60)
    subject_id = models.CharField(_("subject id"), max_length=40)
    by_id = models.BigIntegerField(_("by"), null=True)
    by_name = models.CharField(_("by name"), max_length=200, blank=True)
    wall = models.CharField(_("as"), max_length=12)
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    request_id = models.CharField(_("request"), max_length=40, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["consortium", "-at", "-id"], name="journal_by_time"),
            models.Index(fields=["consortium", "subject", "subject_id"], name="journal_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_id}"


class TransitionQuerySet(ScopedQuerySet["Transition"]):
    policy = TRANSITION


class Transition(TenantModel):
    """One change of state of one thing."""

    subject = models.CharField(_("subject"), max_length=60)
    subject_id = models.CharField(_("subject id"), max_length=40)
    event = models.CharField(_("event"), max_length=40)
    source = models.CharField(_("from"), max_length=40)
    target = models.CharField(_("to"), max_length=40)
    by_id = models.BigIntegerField(_("by"), null=True)
    by_name = models.CharField(_("by name"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        indexes = [
            models.Index(fields=["consortium", "subject_id", "at"], name="transition_by_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.source} → {self.target}"

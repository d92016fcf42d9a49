"""What happened: append-only, by trigger and by grants (consortium/walls.py), and chained.

Who is concerned, and where an entry stands in the chain, the database says by itself, whoever wrote
the entry and by whatever statement (consortium/rowsecurity_journal.py).
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.actor import Wall
from consortium.models.tenant import TenantModel
from consortium.policies import JOURNAL, JOURNAL_LINK, TRANSITION
from consortium.scoping import ScopedQuerySet

READ = ".read"  # what the name of an act ends with when it is a look at somebody's file
# Whose names the person concerned is told; reviewers are known to them by role and institution.
NAMED = (
    *(Wall.STAFF, Wall.OBSERVER, Wall.COMMITTEE, Wall.FINANCE, Wall.INCLUSION),
    *(Wall.PARTNER, Wall.DELEGATE),
)
# What the database role of applicants may select of a look.
LOOK = (
    *("id", "consortium_id", "act", "subject", "subject_id", "case_id", "for_id", "wall"),
    *("by_parties", "at", "is_read", "told_name"),
)


class Derived(models.GeneratedField):
    """A column that the database computes. It is not read back: who may append may not read."""

    db_returning = False  # type: ignore[assignment]  # the stubs know of no other value


class JournalQuerySet(ScopedQuerySet["JournalEntry"]):
    policy = JOURNAL

    def looks(self) -> Self:
        """With the columns of a look alone."""
        return self.only(*LOOK)


class JournalEntry(TenantModel):
    """One act: who, wearing which wall, for which parties, to which thing, when, why, with which facts.

    for_id: the person concerned, as the subject's model says by `concerns`; null where nobody in
    particular. case_id: their dossier, enrolment or membership, of which the subject is a part or
    which it is. told_name: by whose name the person concerned knows who acted, empty where they
    are not to know it.
    """

    act = models.CharField(_("act"), max_length=80)
    subject = models.CharField(_("subject"), max_length=60)
    subject_id = models.CharField(_("subject id"), max_length=40)
    case_id = models.UUIDField(_("case"), null=True)
    for_id = models.BigIntegerField(_("for"), null=True)
    by_id = models.BigIntegerField(_("by"), null=True)
    by_name = models.CharField(_("by name"), max_length=200, blank=True)
    by_parties = ArrayField(
        models.BigIntegerField(), verbose_name=_("for the parties"), default=list
    )
    wall = models.CharField(_("as"), max_length=12)
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    request_id = models.CharField(_("request"), max_length=40, blank=True)
    is_read = Derived(
        verbose_name=_("is a look"),
        expression=models.ExpressionWrapper(
            models.Q(act__endswith=READ), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    told_name = Derived(
        verbose_name=_("known as"),
        expression=models.Case(
            models.When(wall__in=[wall.value for wall in NAMED], then="by_name"),
            default=models.Value(""),
        ),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["consortium", "-at", "-id"], name="journal_by_time"),
            models.Index(fields=["consortium", "subject", "subject_id"], name="journal_by_subject"),
            models.Index(
                fields=["consortium", "-at", "-id"],
                condition=models.Q(is_read=False),
                name="journal_without_looks",
            ),
            models.Index(
                fields=["consortium", "for_id", "-at", "-id"],
                condition=models.Q(for_id__isnull=False),
                name="journal_for_whom",
            ),
            models.Index(
                fields=["consortium", "by_id", "at"],
                condition=models.Q(is_read=True),
                name="journal_looks_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_id}"


class JournalLinkQuerySet(ScopedQuerySet["JournalLink"]):
    policy = JOURNAL_LINK

    def head(self) -> "JournalLink | None":
        """The last link: it vouches for everything before it."""
        return self.order_by("-sequence").first()


class JournalLink(TenantModel):
    """Where an entry stands in its consortium's chain. `id` is the entry's own.

    Written by the trigger of the journal alone, when the entry's transaction commits: nobody holds
    the right to. sequence: from 1, without gaps. form, marks, hash: consortium/chain.py.
    """

    sequence = models.BigIntegerField(_("number"))
    form = models.PositiveSmallIntegerField(_("form"))
    marks = models.BinaryField(_("marks"))
    hash = models.BinaryField(_("hash"))

    objects = JournalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the journal")
        verbose_name_plural = _("links of the journal")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "sequence"], name="journal_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.sequence}:{bytes(self.hash).hex()}"


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

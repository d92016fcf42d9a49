"""What one partner lets another see of the students it sends there: proposed, accepted, revocable."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from partners import states
from partners.items import Item
from partners.models.partnership import Partnership
from partners.policies import SHARING

LONGEST_NOTE = 500
LONGEST_REASON = 300


class SharingQuerySet(ScopedQuerySet["SharingAgreement"]):
    policy = SHARING

    def for_listing(self) -> Self:
        pair = ("giver__institution", "receiver__institution", "proposer")
        return self.select_related(*pair, "replaces").order_by("-proposed_at", "-id")

    def in_force(self, at: datetime | models.Expression) -> Self:
        """Accepted, begun and not over at `at`; the period is half-open."""
        begun = self.filter(state="accepted", starts_at__lte=at)
        return begun.filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at))


class SharingAgreement(TenantModel):
    """One version of what `giver` lets `receiver` see of the students it sends there.

    `proposer` is one of the two: a giver offers, a receiver asks. `starts_at` null: from its
    acceptance on. A version never changes: another one is proposed, `replaces` the one that is in
    force, and supersedes it when it is accepted.
    """

    lifecycle = states.SHARING

    giver = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="given")
    receiver = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="received")
    items = ArrayField(
        models.CharField(max_length=20, choices=Item.choices), verbose_name=_("items")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("version"))
    replaces = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    state = models.CharField(_("state"), max_length=20, default="proposed")
    proposer = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = models.BigIntegerField(_("proposed by"), null=True)
    proposed_by_name = models.CharField(_("proposed by"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.BigIntegerField(_("answered by"), null=True)
    answered_by_name = models.CharField(_("answered by"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.BigIntegerField(_("ended by"), null=True)
    ended_by_name = models.CharField(_("ended by"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)

    objects = SharingQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing agreement")
        verbose_name_plural = _("sharing agreements")
        indexes = [
            models.Index(fields=["consortium", "receiver", "state"], name="sharing_received")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "receiver", "version"], name="sharing_version_once"
            ),
            models.UniqueConstraint(
                fields=["giver", "receiver"],
                condition=models.Q(state="accepted"),
                name="sharing_one_accepted",
            ),
            models.UniqueConstraint(
                fields=["giver", "receiver"],
                condition=models.Q(state="proposed"),
                name="sharing_one_proposed",
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="sharing_never_with_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(proposer=models.F("giver"))
                | models.Q(proposer=models.F("receiver")),
                name="sharing_proposed_by_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(items__len__gt=0, items__contained_by=Item.values),
                name="sharing_items_of_the_list",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(starts_at__isnull=False),
                name="sharing_accepted_from_when",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(starts_at__lt=models.F("ends_at")),
                name="sharing_begins_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.receiver_id}, {self.version}"

    @property
    def kinds(self) -> list[Item]:
        """What is given, in the order of the list."""
        return [item for item in Item if item in self.items]

    @property
    def answerer_id(self) -> int:
        """Whose answer a proposal waits for: the side that did not propose it."""
        found: int = self.receiver_id if self.proposer_id == self.giver_id else self.giver_id
        return found

    def standing(self, at: datetime) -> str:
        """Its state; accepted ones are `agreed` before they begin, then `in_force`, then `expired`.

        A date that passes ends it without anybody doing anything.
        """
        if self.state != "accepted" or self.starts_at is None:
            return self.state
        if self.starts_at > at:
            return "agreed"
        return "in_force" if self.ends_at is None or self.ends_at > at else "expired"

"""What a partner handed on: to a department or a person, on what, from when until when, why."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.membership import Membership
from consortium.models.tenant import Department, Party, TenantForeignKey, TenantModel
from consortium.policies import DELEGATION
from consortium.roles import DELEGABLE, Container
from consortium.scoping import ScopedQuerySet


class DelegationQuerySet(ScopedQuerySet["Delegation"]):
    policy = DELEGATION

    def current(self, at: datetime) -> Self:
        """Those in force at `at`; the period is half-open."""
        return self.filter(starts_at__lte=at).filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)
        )

    def for_listing(self) -> Self:
        return self.select_related("department", "membership").order_by("-starts_at", "-id")


class Delegation(TenantModel):
    """Rights of a party, handed on; they count as far as the party still holds them itself.

    Either `department` or `membership` is set. `container_id`: the track or offering, null for the
    whole party; `container_name` is a copy for pages of a lower layer.
    """

    concerns = "membership__user"

    party = TenantForeignKey(Party, on_delete=models.PROTECT, related_name="delegations")
    department = TenantForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    membership = TenantForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    container = models.CharField(
        _("on"), max_length=12, choices=[(each.value, each.value) for each in DELEGABLE]
    )
    container_id = models.UUIDField(_("which"), null=True, blank=True)
    container_name = models.CharField(_("on"), max_length=400, blank=True)
    rights = ArrayField(models.CharField(max_length=40), verbose_name=_("rights"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.BigIntegerField(_("by"), null=True)
    given_by_name = models.CharField(_("by"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(department__isnull=True) ^ models.Q(membership__isnull=True),
                name="delegation_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(container=Container.PARTY)
                ^ models.Q(container_id__isnull=False),
                name="delegation_on_one",
            ),
        ]

    @property
    def holder_id(self) -> int:
        """The id of the department's group, or of the person."""
        department, member = self.department, self.membership
        held: int = department.group_id if department else member.user_id
        return held

    def __str__(self) -> str:
        return f"{', '.join(self.rights)}: {self.department or self.membership}"

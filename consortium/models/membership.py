"""Who works in a consortium, as what, for whom, from when until when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import Department, Party, TenantForeignKey, TenantModel
from consortium.policies import MEMBERSHIP
from consortium.roles import NEEDS_END, NEEDS_PARTY, Role
from consortium.scoping import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    policy = MEMBERSHIP

    def current(self, at: datetime) -> Self:
        """Memberships in force at `at`; the period is half-open."""
        return self.filter(starts_at__lte=at).filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)
        )


class Membership(TenantModel):
    """One person in one role: from, until, by whom, why.

    Reviewers, partner coordinators and delegates hold it for a party; a delegate, perhaps, as one
    of a department. `call_id`: a committee member's only call; it is a row of a higher layer, so
    the grant on it (`admissions.CallUserGrant`) holds the key. `person_name` and `person_email` are
    the consortium's copy, so that its pages never read accounts.
    """

    concerns = "user"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(_("name"), max_length=200)
    person_email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    party = TenantForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    department = TenantForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    call_id = models.UUIDField(_("for the call only"), null=True, blank=True)
    call_title = models.CharField(_("title of the call"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    appointed_by = models.BigIntegerField(_("appointed by"), null=True)
    appointed_by_name = models.CharField(_("appointed by"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "consortium"])]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "user", "role", "party", "department", "call_id"],
                condition=models.Q(ends_at__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(NEEDS_PARTY), party__isnull=False)
                | (~models.Q(role__in=sorted(NEEDS_PARTY)) & models.Q(party__isnull=True)),
                name="membership_party_fits_role",
            ),
            models.CheckConstraint(
                condition=models.Q(department__isnull=True) | models.Q(role=Role.DELEGATE),
                name="membership_department_of_delegates",
            ),
            models.CheckConstraint(
                condition=models.Q(call_id__isnull=True) | models.Q(role=Role.COMMITTEE),
                name="membership_call_of_committees",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=False) | ~models.Q(role__in=sorted(NEEDS_END)),
                name="membership_of_observers_ends",
            ),
        ]

    def stands(self, at: datetime) -> bool:
        """Whether it has not ended at `at`."""
        return self.ends_at is None or self.ends_at > at

    def __str__(self) -> str:
        return f"{self.person_name} ({self.get_role_display()})"

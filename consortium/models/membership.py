"""Who works in a consortium, as what, for whom, from when until when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import Party, TenantForeignKey, TenantModel
from consortium.policies import MEMBERSHIP
from consortium.roles import NEEDS_PARTY, Role
from consortium.scoping import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    policy = MEMBERSHIP

    def current(self, at: datetime) -> Self:
        """Memberships in force at `at`; the period is half-open."""
        return self.filter(starts_at__lte=at).filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)
        )


class Membership(TenantModel):
    """One person in one role. Reviewers and partner coordinators hold it for a party.

    `person_name` and `person_email` are the consortium's copy, so that its pages never read accounts.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(_("name"), max_length=200)
    person_email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    party = TenantForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    appointed_by = models.BigIntegerField(_("appointed by"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [models.Index(fields=["user", "consortium"])]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "user", "role", "party"],
                condition=models.Q(ends_at__isnull=True),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(NEEDS_PARTY), party__isnull=False)
                | (~models.Q(role__in=sorted(NEEDS_PARTY)) & models.Q(party__isnull=True)),
                name="membership_party_fits_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} ({self.get_role_display()})"

"""On which basis personal data goes to a partner in a third country: what, from when until when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import Party, TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from partners.policies import TRANSFER_BASIS


class BasisKind(models.TextChoices):
    ADEQUACY = "adequacy", _("An adequacy decision that covers this institution (Art. 45)")
    CLAUSES = "clauses", _("Standard contractual clauses (Art. 46(2)(c))")
    SAFEGUARDS = "safeguards", _("Other appropriate safeguards (Art. 46)")
    CONSENT = "consent", _("Explicit consent of each person (Art. 49(1)(a))")


class TransferBasisQuerySet(ScopedQuerySet["TransferBasis"]):
    policy = TRANSFER_BASIS

    def current(self, at: datetime) -> Self:
        """Those in force at `at`; the period is half-open."""
        return self.filter(starts_at__lte=at).filter(
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=at)
        )

    def for_listing(self) -> Self:
        return self.select_related("party").order_by("party__code", "-starts_at")


class TransferBasis(TenantModel):
    """A basis that the office recorded; what the country alone gives is not (partners/adequacy.py).

    `document` names where the paper is, `dated` is its day. A newer one ends the one before.
    """

    party = TenantForeignKey(Party, on_delete=models.PROTECT, related_name="transfer_bases")
    kind = models.CharField(_("basis"), max_length=12, choices=BasisKind.choices)
    document = models.CharField(_("document"), max_length=200)
    dated = models.DateField(_("dated"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    recorded_by = models.BigIntegerField(_("recorded by"), null=True)
    recorded_by_name = models.CharField(_("recorded by"), max_length=200, blank=True)

    objects = TransferBasisQuerySet.as_manager()

    class Meta:
        verbose_name = _("basis for transfers")
        verbose_name_plural = _("bases for transfers")
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(ends_at__isnull=True),
                name="transfer_basis_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="transfer_basis_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document}"

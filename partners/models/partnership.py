"""What an institution is in one consortium."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import Consortium, Party, TenantForeignKey
from consortium.scoping import ScopedQuerySet
from partners.models.institution import Institution
from partners.policies import PARTNERSHIP


class PartnershipQuerySet(ScopedQuerySet["Partnership"]):
    policy = PARTNERSHIP

    def for_listing(self) -> "PartnershipQuerySet":
        return self.select_related("institution").order_by("position", "code")


class Partnership(models.Model):
    """An institution in a consortium; its key is that of its party, the principal of its rights.

    `awards_degree`: a full partner that enrols and awards credits. `attached_to`: the host whose
    teaching a research centre takes part in. `code`, `colour`, `shape`: its station.
    """

    class Kind(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        FULL = "full", _("Full partner")
        ASSOCIATED = "associated", _("Associated partner")

    party = models.OneToOneField(
        Party,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="partnership",
        db_column="id",
        db_constraint=False,
    )
    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="partnerships"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    awards_degree = models.BooleanField(_("awards a degree"), default=False)
    attached_to = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    role_note = models.CharField(_("role in the programme"), max_length=300, blank=True)
    code = models.CharField(_("station code"), max_length=3)
    colour = models.PositiveSmallIntegerField(_("station colour"), default=1)
    shape = models.CharField(_("station shape"), max_length=12, default="circle")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "institution"], name="partnership_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.institution.name}"

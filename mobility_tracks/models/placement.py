"""A student's stay at a host in a period."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks import states
from mobility_tracks.models.credits import CreditsField
from mobility_tracks.models.enrolment import Enrolment
from mobility_tracks.models.programme import Offering, Period
from mobility_tracks.models.round import AllocationRound
from mobility_tracks.policies import PLACEMENT
from partners.models import Partnership


class PlacementQuerySet(ScopedQuerySet["Placement"]):
    policy = PLACEMENT

    def for_listing(self) -> "PlacementQuerySet":
        return self.select_related("enrolment__intake", "period", "host__institution").order_by(
            "enrolment__person_name", "period__position", "id"
        )

    def by_period(self) -> list[dict[str, Any]]:
        """Per intake, period and host: how many are expected and how many have arrived."""
        here = models.Q(state__in=["arrived", "departed", "recognised"])
        rows = self.exclude(state__in=["cancelled", "refused"]).order_by()
        grouped = rows.values(
            "enrolment__intake_id",
            "enrolment__intake__name",
            "period_id",
            "period__title",
            "period__position",
            "host_id",
            "offering_id",
            "starts_on",
        ).annotate(students=models.Count("pk"), arrived=models.Count("pk", filter=here))
        ordered = grouped.order_by("starts_on", "period__position", "enrolment__intake__name")
        return [dict(row) for row in ordered]


class Placement(TenantModel):
    """Sending partner (where enrolled) and host (where the student is): EU portal, domain.md 1.6.

    `reason`: why this host, in sentences, from the round that decided it.
    """

    lifecycle = states.PLACEMENT
    concerns = "enrolment__student"

    enrolment = TenantForeignKey(Enrolment, on_delete=models.CASCADE, related_name="placements")
    period = TenantForeignKey(Period, on_delete=models.PROTECT, related_name="placements")
    offering = TenantForeignKey(Offering, on_delete=models.PROTECT, related_name="placements")
    host = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="placements")
    sending = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    round = TenantForeignKey(
        AllocationRound, on_delete=models.PROTECT, null=True, blank=True, related_name="placements"
    )
    starts_on = models.DateField(_("from"), null=True)
    ends_on = models.DateField(_("until"), null=True)
    ects = CreditsField(_("credits"), default=0)
    reason = models.TextField(_("why here"), blank=True)
    state = models.CharField(_("state"), max_length=20, default="planned")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "offering"],
                condition=~models.Q(state__in=["cancelled", "refused"]),
                name="placement_once",
            )
        ]
        indexes = [models.Index(fields=["consortium", "host", "period"])]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.period_id}"

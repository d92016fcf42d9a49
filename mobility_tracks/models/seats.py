"""How many students a host takes in one intake: said by the host itself, row upon row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models.enrolment import Intake
from mobility_tracks.models.programme import Offering
from mobility_tracks.policies import SEAT_CONFIRMATION


class SeatConfirmationQuerySet(ScopedQuerySet["SeatConfirmation"]):
    policy = SEAT_CONFIRMATION

    def newest_first(self) -> "SeatConfirmationQuerySet":
        return self.order_by("-at", "-id")

    def standing(self) -> "SeatConfirmationQuerySet":
        """The last one of each offering and intake."""
        pair = ("intake_id", "offering_id")
        return self.order_by(*pair, "-at", "-id").distinct(*pair)


class SeatConfirmation(TenantModel):
    """Seats of an offering for an intake, as its host confirmed them at `at`.

    Append-only: the newest row counts, and the older ones are what was said before.
    """

    offering = TenantForeignKey(Offering, on_delete=models.PROTECT, related_name="confirmations")
    intake = TenantForeignKey(Intake, on_delete=models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField(_("least to open"), default=0)
    most = models.PositiveSmallIntegerField(_("seats"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    confirmed_by_name = models.CharField(_("confirmed by"), max_length=200, blank=True)
    at = models.DateTimeField(_("confirmed"))

    objects = SeatConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of seats")
        verbose_name_plural = _("confirmations of seats")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__lte=models.F("most")), name="confirmed_seats_in_order"
            )
        ]
        indexes = [models.Index(fields=["consortium", "intake", "offering"])]

    def __str__(self) -> str:
        return f"{self.offering_id} {self.least}-{self.most}"

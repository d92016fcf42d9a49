"""An offer of a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.dossier import Dossier
from admissions.policies import OFFER
from admissions.visibility import DOSSIER, DOSSIERS
from consortium.actor import Wall
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models import Track


class OfferQuerySet(ScopedQuerySet["Offer"]):
    policy = OFFER

    def for_owner(self) -> "OfferQuerySet":
        """With the dossier, without what of it is closed to the applicant."""
        closed = DOSSIERS.closed(DOSSIER)[Wall.APPLICANT]
        rows = self.select_related("dossier", "track")
        return rows.defer(*(f"dossier__{name}" for name in closed))

    def for_listing(self) -> "OfferQuerySet":
        return self.select_related("dossier__call", "track").order_by("dossier__position", "id")


class Offer(TenantModel):
    """A place, perhaps on a given track, to be answered before `expires_at`."""

    lifecycle = states.OFFER
    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.PROTECT, related_name="offers")
    track = TenantForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True)
    route = models.CharField(_("funding"), max_length=20, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    expires_at = models.DateTimeField(_("answer before"))
    zone = models.CharField(_("announced in"), max_length=64)
    state = models.CharField(_("state"), max_length=20, default="prepared")
    prepared_at = models.DateTimeField(_("prepared"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answer_note = models.TextField(_("note"), blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(state__in=["prepared", "sent", "accepted"]),
                name="offer_one_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.state}"

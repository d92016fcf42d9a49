"""A track: one allowed way through the periods."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.roles import TRACK_RIGHTS
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models.programme import Offering, Period, ProgrammeVersion
from mobility_tracks.policies import TRACK, TRACK_STEP


class TrackQuerySet(ScopedQuerySet["Track"]):
    policy = TRACK


class Track(TenantModel):
    """A named sequence of offerings; `awards`: station codes whose degree this path yields."""

    version = TenantForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="tracks")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    awards = models.JSONField(_("degrees of"), default=list)

    objects = TrackQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = tuple(TRACK_RIGHTS.items())
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="track_once")]

    def __str__(self) -> str:
        return self.title


class TrackStepQuerySet(ScopedQuerySet["TrackStep"]):
    policy = TRACK_STEP


class TrackStep(TenantModel):
    """One stop of a track. Without an offering the host is chosen later, among the period's.

    Several steps of one period are alternatives: the host is chosen later, among these alone.
    """

    track = TenantForeignKey(Track, on_delete=models.CASCADE, related_name="steps")
    period = TenantForeignKey(Period, on_delete=models.CASCADE, related_name="+")
    offering = TenantForeignKey(
        Offering, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    objects = TrackStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["period__position"]

    def __str__(self) -> str:
        return f"{self.track_id} {self.period_id}"

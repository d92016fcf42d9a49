"""An intake of students, and each student in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks import states
from mobility_tracks.models.programme import ProgrammeVersion
from mobility_tracks.models.track import Track
from mobility_tracks.policies import ENROLMENT, INTAKE


class IntakeQuerySet(ScopedQuerySet["Intake"]):
    policy = INTAKE


class Intake(TenantModel):
    """The cohort that starts in one year, under one programme version."""

    version = TenantForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="intakes")
    year = models.PositiveSmallIntegerField(_("first year"))
    name = models.CharField(_("name"), max_length=60)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["consortium", "version", "year"], name="intake_once")
        ]

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(ScopedQuerySet["Enrolment"]):
    policy = ENROLMENT

    def for_listing(self) -> "EnrolmentQuerySet":
        return (
            self.select_related("intake__version", "track")
            .prefetch_related("placements__period", "placements__host__institution")
            .order_by("person_name", "id")
        )


class Enrolment(TenantModel):
    """A student in an intake.

    `residence_country` at enrolment anchors the mobility rule (domain.md 1.2). `reference` is the
    dossier's public number; tracks never know dossiers.
    """

    lifecycle = states.ENROLMENT
    concerns = "student"

    intake = TenantForeignKey(Intake, on_delete=models.PROTECT, related_name="enrolments")
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=16)
    person_name = models.CharField(_("name"), max_length=200)
    person_email = models.EmailField(_("e-mail address"))
    nationality = models.CharField(_("nationality"), max_length=2)
    residence_country = models.CharField(_("country of residence"), max_length=2)
    track = TenantForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, default="pre_enrolled")
    enrolled_at = models.DateTimeField(_("enrolled"), null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["intake", "student"], name="enrolment_once"),
            models.UniqueConstraint(fields=["consortium", "reference"], name="enrolment_reference"),
        ]
        indexes = [models.Index(fields=["student"])]

    def __str__(self) -> str:
        return self.person_name

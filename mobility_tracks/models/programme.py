"""A programme version: the rules that hold for given intakes, loaded from a file, frozen once published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.roles import OFFERING_RIGHTS
from consortium.scoping import ScopedQuerySet
from mobility_tracks import states
from mobility_tracks.models.credits import CreditsField
from mobility_tracks.policies import OFFERING, PERIOD, PROGRAMME_VERSION
from partners.models import Partnership


class ProgrammeVersionQuerySet(ScopedQuerySet["ProgrammeVersion"]):
    policy = PROGRAMME_VERSION

    def in_full(self) -> "ProgrammeVersionQuerySet":
        """With periods, offerings and hosts, tracks and their stops."""
        return self.prefetch_related(
            "periods__offerings__host__institution",
            "tracks__steps__period",
            "tracks__steps__offering__host",
        )

    def current(self) -> "ProgrammeVersionQuerySet":
        return self.filter(state="published").order_by("-from_year")


class ProgrammeVersion(TenantModel):
    """One version of the joint programme.

    `texts`: what the public page says. `rules`: mobility rules as data with sentence and source.
    `degrees`: which awarding partner grants what. `document_hash`: of the file it came from.
    """

    lifecycle = states.PROGRAMME_VERSION

    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    tagline = models.CharField(_("tagline"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    from_year = models.PositiveSmallIntegerField(_("from intake"))
    ects = CreditsField(_("credits"))
    language = models.CharField(_("language of instruction"), max_length=8, default="en")
    texts = models.JSONField(_("texts"), default=dict)
    rules = models.JSONField(_("rules"), default=list)
    degrees = models.JSONField(_("degrees"), default=list)
    document_hash = models.CharField(_("file"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, default="draft")

    objects = ProgrammeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme version")
        verbose_name_plural = _("programme versions")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "code"], name="programme_version_once")
        ]

    def __str__(self) -> str:
        return self.title


class PeriodQuerySet(ScopedQuerySet["Period"]):
    policy = PERIOD


class Period(TenantModel):
    """A time slot of a version. Dates are nominal: month and day, and the year after the intake's."""

    class Kind(models.TextChoices):
        SEMESTER = "semester", _("Semester")
        TERM = "term", _("Term")
        BLOCK = "block", _("Block")
        SUMMER_SCHOOL = "summer_school", _("Summer school")
        THESIS = "thesis", _("Thesis")

    version = TenantForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="periods")
    parent = TenantForeignKey("self", on_delete=models.CASCADE, null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    ects = CreditsField(_("credits"), default=0)
    starts = models.CharField(_("nominal start"), max_length=12, blank=True)
    ends = models.CharField(_("nominal end"), max_length=12, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="period_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OfferingQuerySet(ScopedQuerySet["Offering"]):
    policy = OFFERING

    def for_listing(self) -> "OfferingQuerySet":
        return self.select_related("period", "host__institution").order_by(
            "period__position", "position"
        )


class Offering(TenantModel):
    """What a host gives in a period. Seats are per intake; None means that nobody counted them."""

    period = TenantForeignKey(Period, on_delete=models.CASCADE, related_name="offerings")
    host = TenantForeignKey(Partnership, on_delete=models.PROTECT, related_name="offerings")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=400, blank=True)
    specialisation = models.CharField(_("specialisation"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    ects = CreditsField(_("credits, where not the period's"), null=True, blank=True)
    min_seats = models.PositiveSmallIntegerField(_("least to open"), null=True, blank=True)
    max_seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = tuple(OFFERING_RIGHTS.items())
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["period", "code"], name="offering_once"),
            models.CheckConstraint(
                condition=models.Q(min_seats__isnull=True)
                | models.Q(max_seats__isnull=True)
                | models.Q(min_seats__lte=models.F("max_seats")),
                name="offering_seats_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

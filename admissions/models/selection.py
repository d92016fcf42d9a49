"""Eligibility, ranking and its approval."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.call import Call
from admissions.models.dossier import Dossier
from admissions.policies import ELIGIBILITY_CHECK, RANKED_DOSSIER, RANKING_RUN
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet


class EligibilityCheckQuerySet(ScopedQuerySet["EligibilityCheck"]):
    policy = ELIGIBILITY_CHECK


class EligibilityCheck(TenantModel):
    """An officer's ruling, rule by rule: `findings` maps a rule's code to {met, remark}."""

    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="eligibility_checks")
    eligible = models.BooleanField(_("eligible"))
    findings = models.JSONField(_("findings"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    ruled_by = models.CharField(_("ruled by"), max_length=200)
    ruled_at = models.DateTimeField(_("ruled"))

    objects = EligibilityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility check")
        verbose_name_plural = _("eligibility checks")
        ordering = ["-ruled_at"]

    def __str__(self) -> str:
        return "eligible" if self.eligible else "not eligible"


class RankingRunQuerySet(ScopedQuerySet["RankingRun"]):
    policy = RANKING_RUN

    def in_full(self) -> "RankingRunQuerySet":
        """With every place and its dossier."""
        return self.select_related("call").prefetch_related("places__dossier")


class RankingRun(TenantModel):
    """A ranking as a pure function of locked reviews: inputs, hash and result are kept for replay."""

    lifecycle = states.RANKING

    call = TenantForeignKey(Call, on_delete=models.PROTECT, related_name="rankings")
    inputs = models.JSONField(_("inputs"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    seed = models.CharField(_("published seed"), max_length=40)
    state = models.CharField(_("state"), max_length=20, default="computed")
    computed_at = models.DateTimeField(_("computed"))
    computed_by = models.CharField(_("computed by"), max_length=200)
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=models.Q(state="approved"),
                name="ranking_approved_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.computed_at:%Y-%m-%d %H:%M}"


class RankedDossierQuerySet(ScopedQuerySet["RankedDossier"]):
    policy = RANKED_DOSSIER

    def by_list(self) -> dict[str, int]:
        """How many on each list."""
        counted = self.order_by().values_list("list").annotate(how_many=models.Count("pk"))
        return {str(name): how_many for name, how_many in counted}


class RankedDossier(TenantModel):
    """A dossier's place in a ranking."""

    concerns = "dossier__applicant"

    class List(models.TextChoices):
        MAIN = "main", _("Main list")
        RESERVE = "reserve", _("Reserve list")
        NOT_SELECTED = "not_selected", _("Not selected")

    run = TenantForeignKey(RankingRun, on_delete=models.CASCADE, related_name="places")
    dossier = TenantForeignKey(Dossier, on_delete=models.PROTECT, related_name="ranked")
    position = models.PositiveIntegerField(_("rank"))
    score = models.FloatField(_("score"))
    tied = models.BooleanField(_("tied before tie-breaks"), default=False)
    list = models.CharField(_("list"), max_length=14, choices=List.choices)
    explanation = models.TextField(_("why this place"), blank=True)

    objects = RankedDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the ranking")
        verbose_name_plural = _("places in the ranking")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "dossier"], name="ranked_once"),
            models.UniqueConstraint(fields=["run", "position"], name="ranked_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"

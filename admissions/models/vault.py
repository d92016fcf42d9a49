"""The vault: what stands apart from the dossier, sealed, for the few who need it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.dossier import Dossier
from admissions.vault_policies import NEEDS_CASE, NEEDS_STEP, PASSPORT
from consortium.models import SealedTextField, sealed_only
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet


class PassportQuerySet(ScopedQuerySet["Passport"]):
    policy = PASSPORT


class Passport(TenantModel):
    """The passport or identity card somebody travels with; asked once the place was taken (G5).

    country: ISO 3166, two letters. expires_on: ISO date. All three as sealed texts.
    """

    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="passports")
    number = SealedTextField(_("number"))
    country = SealedTextField(_("issuing country"))
    expires_on = SealedTextField(_("valid until"))
    saved_at = models.DateTimeField(_("saved"))

    objects = PassportQuerySet.as_manager()

    class Meta:
        verbose_name = _("passport")
        verbose_name_plural = _("passports")
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="passport_once"),
            sealed_only("passport_sealed", "number", "country", "expires_on"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class NeedsCaseQuerySet(ScopedQuerySet["NeedsCase"]):
    policy = NEEDS_CASE

    def waiting(self) -> "NeedsCaseQuerySet":
        """Neither ruled on nor taken back."""
        return self.filter(state__in=["requested", "evidence_held"])

    def for_listing(self) -> "NeedsCaseQuerySet":
        """What a row of the desk shows: nothing of what was written."""
        written = ("asks", "wanted", "health", "evidence_note", "reason")
        return self.defer(*written).order_by("person_name", "id")


class NeedsCase(TenantModel):
    """Somebody's answer on individual needs, and what became of it.

    asks: whether support is asked for, "1" or "0". wanted: what. health: why, in the person's
    words. evidence_note: where the officer saw evidence. reason: of the ruling. All sealed. Name,
    address, number and call are copies from the dossier, which the inclusion officer cannot read.
    """

    concerns = "dossier__applicant"
    lifecycle = states.NEEDS_CASE

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="needs_cases")
    reference = models.CharField(_("reference"), max_length=16)
    person_name = models.CharField(_("name"), max_length=200)
    person_email = models.EmailField(_("e-mail address"))
    call_title = models.CharField(_("call"), max_length=200)
    state = models.CharField(_("state"), max_length=20, default="noted")
    asks = SealedTextField(_("support is asked for"))
    wanted = SealedTextField(_("what is asked for"))
    health = SealedTextField(_("about the impairment"))
    evidence_note = SealedTextField(_("where the evidence was seen"))
    reason = SealedTextField(_("reason of the ruling"))
    saved_at = models.DateTimeField(_("saved"))
    requested_at = models.DateTimeField(_("requested"), null=True)
    ruled_at = models.DateTimeField(_("ruled"), null=True)
    ruled_by = models.CharField(_("ruled by"), max_length=200, blank=True)

    objects = NeedsCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of individual needs")
        verbose_name_plural = _("cases of individual needs")
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="needs_case_once"),
            sealed_only("needs_case_sealed", "asks", "wanted", "health", "evidence_note", "reason"),
        ]
        indexes = [
            models.Index(fields=["consortium", "person_name", "id"], name="needs_case_by_name")
        ]

    def __str__(self) -> str:
        return self.reference


class NeedsStepQuerySet(ScopedQuerySet["NeedsStep"]):
    policy = NEEDS_STEP


class NeedsStep(TenantModel):
    """The unit-cost step that was approved: all that ever leaves the vault. Gone if taken back.

    amount: whole euros. source: where the table of steps says so (needs_steps.py).
    """

    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="needs_steps")
    reference = models.CharField(_("reference"), max_length=16)
    amount = models.PositiveIntegerField(_("amount in euros"))
    source = models.CharField(_("source"), max_length=200)
    approved_at = models.DateTimeField(_("approved"))
    approved_by = models.CharField(_("approved by"), max_length=200)
    reported_at = models.DateTimeField(_("reported"), null=True)

    objects = NeedsStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step for individual needs")
        verbose_name_plural = _("steps for individual needs")
        ordering = ["approved_at"]
        constraints = [models.UniqueConstraint(fields=["dossier"], name="needs_step_once")]

    def __str__(self) -> str:
        return f"EUR {self.amount:,}"

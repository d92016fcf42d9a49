"""A call: the time-bounded invitation to apply for one intake. Frozen when it opens."""

from datetime import datetime
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.document_kinds import Kind
from admissions.policies import CALL, CALL_PART
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.roles import CALL_RIGHTS
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models import Intake

Part = TypeVar("Part", bound=models.Model)


class CallQuerySet(ScopedQuerySet["Call"]):
    policy = CALL

    def for_listing(self) -> "CallQuerySet":
        return self.select_related("intake__version").order_by("-closes_at")

    def taking_dossiers(self, at: datetime) -> "CallQuerySet":
        return self.filter(state="open", opens_at__lte=at, closes_at__gt=at)


class Call(TenantModel):
    """Deadlines are instants plus the IANA zone they were announced in; `closes_at` is excluded.

    `frozen_hash`: of criteria, documents and rules as they stood when the call opened.
    """

    lifecycle = states.CALL

    intake = TenantForeignKey(Intake, on_delete=models.PROTECT, related_name="calls")
    slug = models.SlugField(_("address"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("announced in"), max_length=64)
    routes = models.JSONField(_("routes"), default=list)
    places = models.PositiveSmallIntegerField(_("places"))
    reserve_places = models.PositiveSmallIntegerField(_("places on the reserve list"), default=0)
    references_needed = models.PositiveSmallIntegerField(_("reference letters"), default=2)
    reviews_needed = models.PositiveSmallIntegerField(_("reviews per dossier"), default=2)
    reply_days = models.PositiveSmallIntegerField(_("days to answer an offer"), default=14)
    fee_text = models.CharField(_("cost"), max_length=300, blank=True)
    frozen_hash = models.CharField(_("frozen as"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, default="draft")

    objects = CallQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = tuple(CALL_RIGHTS.items())
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.UniqueConstraint(fields=["consortium", "slug"], name="call_slug_once"),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="call_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_taking_dossiers(self, at: datetime) -> bool:
        return self.state == "open" and self.opens_at <= at < self.closes_at


class CallPartQuerySet(ScopedQuerySet[Part]):
    policy = CALL_PART


class DocumentRequirement(TenantModel):
    """One slot for a document: what, why, in which form. Its kind says who may open what is in it."""

    call = TenantForeignKey(Call, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    help = models.TextField(_("what it must be"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    required = models.BooleanField(_("required"), default=True)
    formats = models.JSONField(_("formats"), default=list)
    max_bytes = models.PositiveIntegerField(_("largest size"), default=10 * 1024 * 1024)

    objects = CallPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("document requirement")
        verbose_name_plural = _("document requirements")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="requirement_once")]

    def __str__(self) -> str:
        return self.title


class Criterion(TenantModel):
    """One dimension of the rubric. `anchors`: the meaning of marks, by mark. `weight` in percent."""

    call = TenantForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    help = models.TextField(_("what counts"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    max_points = models.PositiveSmallIntegerField(_("highest mark"), default=5)
    anchors = models.JSONField(_("anchors"), default=dict)
    tie_break = models.PositiveSmallIntegerField(_("order among tie-breakers"), null=True)

    objects = CallPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="criterion_once")]

    def __str__(self) -> str:
        return self.title


class EligibilityRule(TenantModel):
    """A formal rule, in a sentence, with its source. It is ruled on by a person."""

    call = TenantForeignKey(Call, on_delete=models.CASCADE, related_name="eligibility_rules")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.SlugField(_("code"), max_length=40)
    sentence = models.CharField(_("rule"), max_length=500)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = CallPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="rule_once")]

    def __str__(self) -> str:
        return self.sentence

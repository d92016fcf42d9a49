"""A reference: asked for by the applicant, given by the referee through a link, read by reviewers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.document import document_path
from admissions.models.dossier import Dossier
from admissions.policies import REFERENCE_LETTER, REFERENCE_REQUEST
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet


class ReferenceRequestQuerySet(ScopedQuerySet["ReferenceRequest"]):
    policy = REFERENCE_REQUEST


class ReferenceRequest(TenantModel):
    """The link is stored as a digest only. `applicant_name`, `call_title` and `due_at` are copies:
    the referee's database role reads this row and no other.
    """

    lifecycle = states.REFERENCE
    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="references")
    referee_name = models.CharField(_("name"), max_length=200)
    referee_email = models.EmailField(_("e-mail address"))
    referee_institution = models.CharField(_("institution"), max_length=200, blank=True)
    applicant_name = models.CharField(_("applicant"), max_length=300)
    call_title = models.CharField(_("call"), max_length=200)
    due_at = models.DateTimeField(_("due"))
    zone = models.CharField(_("announced in"), max_length=64)
    token_digest = models.CharField(_("link"), max_length=64, unique=True)
    state = models.CharField(_("state"), max_length=20, default="created")
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    received_at = models.DateTimeField(_("received"), null=True)

    objects = ReferenceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference request")
        verbose_name_plural = _("reference requests")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "referee_email"],
                condition=~models.Q(state="replaced"),
                name="referee_once_per_dossier",
            )
        ]

    def __str__(self) -> str:
        return self.referee_name


class ReferenceLetterQuerySet(ScopedQuerySet["ReferenceLetter"]):
    policy = REFERENCE_LETTER


class ReferenceLetter(TenantModel):
    """What the referee wrote. The applicant never reads it; it may be replaced until the deadline."""

    concerns = "dossier__applicant"

    request = TenantForeignKey(ReferenceRequest, on_delete=models.CASCADE, related_name="letters")
    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="letters")
    text = models.TextField(_("letter"), blank=True)
    file = models.FileField(_("file"), upload_to=document_path, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    received_at = models.DateTimeField(_("received"))
    replaced_at = models.DateTimeField(_("replaced"), null=True)

    objects = ReferenceLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference letter")
        verbose_name_plural = _("reference letters")
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(replaced_at__isnull=True),
                name="letter_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d}"

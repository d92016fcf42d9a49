"""A document in a dossier. The file lies under a random name; the given one is only a fact."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions.document_kinds import MEDICAL
from admissions.models.call import DocumentRequirement
from admissions.models.dossier import Dossier
from admissions.vault_policies import DOCUMENT
from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet


def document_path(instance: models.Model, filename: str) -> str:
    """Tenant, then chance: nothing of the person or the original name is in a path."""
    return f"{instance.consortium_id}/documents/{uuid4().hex}"  # type: ignore[attr-defined]  # a tenant row; Django types any


class DocumentQuerySet(ScopedQuerySet["Document"]):
    policy = DOCUMENT

    def evidence(self, dossier_id: object = None) -> Self:
        """Medical evidence that stands: of one dossier, where it is named."""
        rows = self.filter(requirement__kind__in=sorted(MEDICAL), replaced_at__isnull=True)
        return rows if dossier_id is None else rows.filter(dossier_id=dossier_id)


class Document(TenantModel):
    """One uploaded file for one requirement; a newer one makes it `replaced`.

    The file of medical evidence is sealed; `domain.documents.content` opens any.
    """

    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="documents")
    requirement = TenantForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="documents"
    )
    file = models.FileField(_("file"), upload_to=document_path)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size"))
    pages = models.PositiveSmallIntegerField(_("pages"), null=True)
    sha256 = models.CharField(_("checksum"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded"))
    replaced_at = models.DateTimeField(_("replaced"), null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "requirement"],
                condition=models.Q(replaced_at__isnull=True),
                name="document_one_current",
            )
        ]

    def __str__(self) -> str:
        return self.name

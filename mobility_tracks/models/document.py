"""The file behind a programme version, as plain data: what its rows do not hold stands here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models.ordered import OrderedJSONField
from mobility_tracks.models.programme import ProgrammeVersion
from mobility_tracks.policies import PROGRAMME_DOCUMENT


class ProgrammeDocumentQuerySet(ScopedQuerySet["ProgrammeDocument"]):
    policy = PROGRAMME_DOCUMENT


class ProgrammeDocument(TenantModel):
    """One per version. `body`: its entry in the file, in plain form (`programme.plain`), sources and
    editors' notes included; while the version is a draft it may be unsound. `intakes`: the file's
    intakes of this version, by key."""

    version = TenantForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="documents")
    body = OrderedJSONField(_("version"), default=dict)
    intakes = OrderedJSONField(_("intakes"), default=dict)
    changed_at = models.DateTimeField(_("changed"))

    objects = ProgrammeDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme document")
        verbose_name_plural = _("programme documents")
        constraints = [models.UniqueConstraint(fields=["version"], name="programme_document_once")]

    def __str__(self) -> str:
        return f"{self.version_id}"

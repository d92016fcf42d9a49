"""One slot for a file: what it takes, what is there, where to attach and remove."""

from typing import Any

from django.utils.translation import gettext as _

from admissions.models import Document, DocumentRequirement
from web.applicant.base import DossierPage
from web.applicant.forms import UploadForm
from web.files import facts_in_words, formats_in_words, size_in_words


def slot_of(
    page: DossierPage,
    slot: DocumentRequirement,
    there: Document | None,
    *,
    attach: str = "attach",
    removal: str = "document-removal",
) -> dict[str, Any]:
    """Context of the slot's part; `attach` and `removal` name the pages that do it."""
    told: dict[str, Any] = {
        "slot": slot,
        "limits": _("%(formats)s, at most %(size)s")
        % {"formats": formats_in_words(slot.formats), "size": size_in_words(slot.max_bytes)},
        "attach_url": page.at_url(attach, requirement=slot.code),
        "form": UploadForm(slot=slot),
        "file": there,
        **dict.fromkeys(("kind", "facts", "file_url", "remove_url"), ""),
    }
    if there is None:
        return told
    return told | {
        "kind": there.media_type.rpartition("/")[2].upper(),
        "facts": facts_in_words(size=there.size, pages=there.pages),
        "file_url": page.at_url("document-file", id=there.pk),
        "remove_url": page.at_url(removal, id=there.pk),
    }

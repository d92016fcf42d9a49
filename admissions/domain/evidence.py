"""Medical evidence: sealed files that the applicant gives and the inclusion officer alone reads."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from admissions import messages, sieve
from admissions.document_kinds import MEDICAL
from admissions.domain.documents import check_room, slot_of
from admissions.domain.needs import YES, check_unruled, forget, locked_dossier
from admissions.models import Call, Document, DocumentRequirement, Dossier, NeedsCase
from admissions.storing import stored_files
from consortium import journal, lifecycle, sealing
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Incomplete, Invalid
from consortium.models import opened


def slots(call: Call, *, actor: Actor) -> Iterable[DocumentRequirement]:
    """Where the call takes medical evidence; none where it is shown elsewhere."""
    rows = DocumentRequirement.objects.for_actor(actor, "view")
    return rows.filter(call=call, kind__in=MEDICAL)


def attach(
    dossier_id: object, *, actor: Actor, at: datetime, requirement: str, upload: "UploadedFile[Any]"
) -> Document:
    """Give evidence for what the applicant asked: before the submission or after it.

    What was there goes, bytes included. Writes the file sealed, its row, and the case's state.
    Raises Incomplete where nothing was asked, Invalid for the file or the slot, Conflict, WrongState.
    """
    with acting(actor):
        dossier = Dossier.objects.select_related("call").reach(actor, "ask_support", pk=dossier_id)
        slot = slot_of(dossier, requirement)
        if slot.kind not in MEDICAL:
            raise Invalid(
                _("Evidence for individual needs has a place of its own."),
                fact=_("“%(title)s” is not that place.") % {"title": slot.title},
                fields={"requirement": _("Attach it among the documents.")},
            )
    inspected = sieve.inspect(upload, formats=slot.formats, max_bytes=slot.max_bytes)
    with stored_files() as kept, acting(actor):
        dossier = locked_dossier(actor, dossier_id, at, asking=True)
        case = _asking(dossier)
        check_room(dossier, slot, inspected.size)
        # A file's own name tells of its content, as a digest of it would; neither is kept.
        document = Document(
            consortium_id=dossier.consortium_id,
            dossier=dossier,
            requirement=slot,
            name=f"{slot.title[:190]}.{inspected.media_type.rpartition('/')[2]}",
            media_type=inspected.media_type,
            size=inspected.size,
            pages=inspected.pages,
            uploaded_at=at,
        )
        forget(Document.objects.evidence(dossier.pk).filter(requirement=slot), at=at)
        sealed = sealing.seal_bytes(upload.read(), sealing.place_of(document, "file"))
        document.sha256 = sha256(sealed).hexdigest()
        document.file.save("", ContentFile(sealed), save=False)
        kept.append(document.file)
        document.save(force_insert=True)
        facts = {"document": str(document.pk)}
        journal.record("needs.attach", case, actor=actor, at=at, facts=facts)
        if case.lifecycle.allows(case.state, "hold_evidence"):
            lifecycle.advance(case, "hold_evidence", actor=actor, at=at)
            messages.needs_waiting(case, at=at)
    return document


def remove(document_id: object, *, actor: Actor, at: datetime) -> Document:
    """Take the own evidence back, bytes included. A second click changes nothing."""
    with acting(actor):
        found = Document.objects.reach(actor, "edit_evidence", pk=document_id)
        case = _asking(locked_dossier(actor, found.dossier_id, at, asking=False))
        document = Document.objects.locked(actor, "edit_evidence", document_id)
        if document.replaced_at is None:
            standing = Document.objects.evidence(document.dossier_id)
            forget(standing.filter(pk=document.pk), at=at)
            facts = {"document": str(document.pk)}
            journal.record("needs.remove", case, actor=actor, at=at, facts=facts)
            is_bare = not case.evidence_note and not standing.exists()
            if case.state == "evidence_held" and is_bare:
                lifecycle.advance(case, "await_evidence", actor=actor, at=at)
    return document


def of_case(case: NeedsCase, *, actor: Actor) -> list[Document]:
    """The files that stand for a case, their slots beside them; one query."""
    rows = Document.objects.for_actor(actor, "view").select_related("requirement")
    return list(rows.evidence(case.dossier_id))


def open_evidence(document_id: object, *, actor: Actor, at: datetime) -> Document:
    """Reach evidence in order to read it; the look is journalled on its case.

    Needs `open_vault`. Raises NotFound for what is not there, was taken back, or is no evidence.
    """
    with acting(actor):
        rows = Document.objects.select_related("requirement").evidence()
        document = rows.reach(actor, "view", pk=document_id)
        case = NeedsCase.objects.reach(actor, "rule", dossier_id=document.dossier_id)
        facts = {"document": str(document.pk)}
        journal.record("vault.read", case, actor=actor, at=at, facts=facts)
    return document


def _asking(dossier: Dossier) -> NeedsCase:
    rows = NeedsCase.objects.filter(dossier=dossier).select_for_update(of=("self",), no_key=True)
    case = rows.first()
    if case is None or opened(case, "asks") != YES:
        raise Incomplete(
            _("Evidence is given for support that was asked for."),
            fact=_("Nothing was asked for yet."),
            next_step=_("Say first what would help you."),
        )
    check_unruled(case)
    return case

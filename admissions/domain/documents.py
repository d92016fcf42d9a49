"""Attach, remove and open the documents of a dossier. Medical evidence is given in `evidence`."""

from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from admissions import sieve
from admissions.document_kinds import MEDICAL
from admissions.domain import looks
from admissions.domain.dossiers import locked_draft, reachable_draft
from admissions.models import Document, DocumentRequirement, Dossier
from admissions.storing import given_name, stored_files
from consortium import journal, sealing
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotFound

# quality.md D2. Replaced files stay until the dossier is erased, so uploads are counted as well.
MOST_FILES = 25
MOST_UPLOADS = 100
MOST_BYTES = 100 * 1024 * 1024


def attach(
    dossier_id: object, *, actor: Actor, at: datetime, requirement: str, upload: "UploadedFile[Any]"
) -> Document:
    """Put a file into one slot of the own draft; what was there becomes `replaced`.

    The file is looked through before anything is locked. Writes the file under a random name and
    its row; neither stays when the act fails. Raises Invalid for the file or an unknown slot,
    Conflict when the dossier holds too much, WindowClosed, WrongState.
    """
    with acting(actor):
        slot = slot_of(reachable_draft(actor, dossier_id, at), requirement)
        _check_open_slot(slot)
    inspected = sieve.inspect(upload, formats=slot.formats, max_bytes=slot.max_bytes)
    with stored_files() as kept, acting(actor):
        dossier = locked_draft(actor, dossier_id, at)
        current = Document.objects.filter(dossier=dossier, replaced_at__isnull=True)
        check_room(dossier, slot, inspected.size)
        current.filter(requirement=slot).update(replaced_at=at)
        document = Document(
            consortium_id=dossier.consortium_id,
            dossier=dossier,
            requirement=slot,
            name=given_name(upload.name),
            uploaded_at=at,
            **asdict(inspected),
        )
        document.file.save("", upload, save=False)
        kept.append(document.file)
        document.save(force_insert=True)
        facts = {"requirement": requirement, "size": inspected.size, "sha256": inspected.sha256}
        journal.record("document.attach", document, actor=actor, at=at, facts=facts)
    return document


def slot_of(dossier: Dossier, code: str) -> DocumentRequirement:
    """The slot of the dossier's call with this code. Raises Invalid where there is none."""
    slot = DocumentRequirement.objects.filter(call_id=dossier.call_id, code=code).first()
    if slot is None:
        raise Invalid(
            _("A file belongs to one of the documents that the call asks for."),
            fact=_("It asks for no “%(code)s”.") % {"code": code[:40]},
            next_step=_("Choose the document on the page of your dossier."),
            fields={"requirement": _("The call asks for no such document.")},
        )
    return slot


def _check_open_slot(slot: DocumentRequirement) -> None:
    if slot.kind in MEDICAL:
        raise Invalid(
            _("Medical evidence is kept apart from the documents of a dossier."),
            fact=_("“%(title)s” is such evidence.") % {"title": slot.title},
            next_step=_("Attach it under “Individual needs”."),
            fields={"requirement": _("Attach it under “Individual needs”.")},
        )


def check_room(dossier: Dossier, slot: DocumentRequirement, size: int) -> None:
    """Raises Conflict where a file of `size` bytes more would be too much for the dossier."""
    others = Q(replaced_at__isnull=True) & ~Q(requirement=slot)
    held = Document.objects.filter(dossier=dossier).aggregate(
        files=Count("pk", filter=others), bytes=Sum("size", filter=others), uploads=Count("pk")
    )
    if held["files"] >= MOST_FILES or (held["bytes"] or 0) + size > MOST_BYTES:
        fact = _("With this file it would hold more.")
    elif held["uploads"] >= MOST_UPLOADS:
        fact = _("You have uploaded %(count)d files, with those you replaced.") % {
            "count": held["uploads"]
        }
    else:
        return
    raise Conflict(
        _("A dossier holds at most %(files)d files and %(size)d MB.")
        % {"files": MOST_FILES, "size": MOST_BYTES // 1024 // 1024},
        fact=fact,
        next_step=_("Choose smaller files, or ask the consortium office."),
        fields={"file": fact},
    )


def remove(document_id: object, *, actor: Actor, at: datetime) -> Document:
    """Empty a slot of the own draft; the file is kept as replaced. A second click changes nothing."""
    with acting(actor):
        found = Document.objects.reach(actor, "view", pk=document_id)
        locked_draft(actor, found.dossier_id, at)
        document = Document.objects.locked(actor, "edit", document_id)
        if document.replaced_at is None:
            document.replaced_at = at
            document.save(update_fields=["replaced_at"])
            journal.record("document.remove", document, actor=actor, at=at)
    return document


def content(document: Document) -> IO[bytes]:
    """The file as it was given, of a document that was opened by an act. Needs its requirement.

    Raises SealBroken for sealed evidence that was altered or moved.
    """
    if document.requirement.kind not in MEDICAL:
        return document.file.open("rb")
    with document.file.open("rb") as file:
        return BytesIO(sealing.unseal_bytes(file.read(), sealing.place_of(document, "file")))


def open_document(document_id: object, *, actor: Actor, at: datetime) -> Document:
    """Reach a document in order to hand it out; a look by anyone but the owner is journalled.

    Needs what the policy asks for: the office, an assignment, or ownership. Raises NotFound.
    """
    with acting(actor):
        # The dossier comes after: not every role that may ask for a document may read one whole.
        rows = Document.objects.select_related("requirement")
        document = rows.reach(actor, "view", pk=document_id)
        if document.requirement.kind in MEDICAL and document.replaced_at is not None:
            raise NotFound  # its bytes are gone
        looks.at_document(document, actor=actor, at=at)
    return document

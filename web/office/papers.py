"""What hangs on a dossier: documents asked for, letters asked for, and what happened to it."""

from typing import Any

from admissions.document_kinds import closed_to
from admissions.models import (
    Document,
    DocumentRequirement,
    Dossier,
    ReferenceLetter,
    ReferenceRequest,
)
from consortium.actor import Actor
from consortium.models import Transition
from web.files import facts_in_words
from web.office.words import said

MOST = 100


def files(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    """One line per document that was asked for, whether it came or not; two queries.

    Of what is kept apart from the reader the line says so, and not whether it came.
    """
    there = Document.objects.for_actor(actor, "view").filter(dossier=dossier)
    current = {each.requirement_id: each for each in there.filter(replaced_at__isnull=True)}
    slots = DocumentRequirement.objects.for_actor(actor, "view").filter(call=dossier.call)
    closed = closed_to(actor)
    return [
        {**_line(slot, current.get(slot.pk)), "is_apart": slot.kind in closed} for slot in slots
    ]


def _line(slot: DocumentRequirement, document: Document | None) -> dict[str, Any]:
    facts = facts_in_words(size=document.size, pages=document.pages) if document else ""
    return {"slot": slot, "document": document, "facts": facts}


def letters(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    """One line per referee who was asked and not replaced; two queries."""
    rows = ReferenceLetter.objects.for_actor(actor, "view").filter(dossier=dossier)
    by_request = {each.request_id: each for each in rows.filter(replaced_at__isnull=True)}
    asked = ReferenceRequest.objects.for_actor(actor, "view").filter(dossier=dossier)
    return [
        {"request": each, "letter": by_request.get(each.pk)}
        for each in asked.exclude(state="replaced")
    ]


def timeline(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    """The dossier's changes of state, the first first; one query."""
    rows = Transition.objects.for_actor(actor, "view").filter(subject_id=str(dossier.pk))
    return [
        {"moved": each, "word": said("dossier", each.target)[0]}
        for each in rows.order_by("at", "id")[:MOST]
    ]

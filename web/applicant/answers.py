"""A whole dossier as questions and answers: for checking it, and for the receipt."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from admissions.document_kinds import MEDICAL
from admissions.models import (
    Document,
    DocumentRequirement,
    Dossier,
    NeedsCase,
    ReferenceRequest,
    TrackPreference,
)
from admissions.sections import SECTIONS, Problem
from consortium.actor import Actor
from web.applicant.forms import COUNTRIES, label_of
from web.applicant.stages import REFEREE
from web.countries import country_name


def answers(
    dossier: Dossier, *, actor: Actor, gaps: Sequence[Problem] = ()
) -> list[dict[str, Any]]:
    """Sections with rows of summary_list.html and what is missing. Five queries. Needs a context."""
    made = {
        "tracks": _tracks(dossier, actor),
        "documents": _documents(dossier, actor),
        "referees": _referees(dossier, actor),
    }
    sections: list[dict[str, Any]] = [
        {
            "code": section.code,
            "title": section.title,
            "rows": [*_columns(section.fields, dossier), *made.get(section.code, [])],
            "gaps": [in_words(gap) for gap in gaps if gap.section == section.code],
        }
        for section in SECTIONS.values()
    ]
    return [*sections[:-1], _needs(dossier, actor), sections[-1]]


def in_words(gap: Problem) -> str:
    """The sentence, after the name of the field where it has one of its own."""
    is_column = gap.field in SECTIONS[gap.section].fields
    return f"{label_of(gap.field)} – {gap.message}" if is_column else str(gap.message)


def _columns(names: Iterable[str], dossier: Dossier) -> list[dict[str, Any]]:
    return [{"label": label_of(name), "value": _said(name, dossier)} for name in names]


def _said(name: str, dossier: Dossier) -> Any:
    value = getattr(dossier, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if name in COUNTRIES and value:
        return country_name(value)
    if name == "english_evidence" and value:
        return dossier.get_english_evidence_display()
    if name == "route":
        return next((r["name"] for r in dossier.call.routes if r["code"] == value), value)
    return value


def _tracks(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    rows = TrackPreference.objects.for_actor(actor, "view").filter(dossier=dossier)
    titles = rows.order_by("rank").values_list("rank", "track__title")
    wishes = "\n".join(f"{rank}. {title}" for rank, title in titles)
    return [{"label": _("Your order of tracks"), "value": wishes}]


def _documents(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    files = Document.objects.for_actor(actor, "view").filter(dossier=dossier)
    there = dict(files.filter(replaced_at__isnull=True).values_list("requirement_id", "name"))
    slots = DocumentRequirement.objects.for_actor(actor, "view").filter(call=dossier.call)
    asked = slots.exclude(kind__in=sorted(MEDICAL)).values_list("pk", "title")
    return [{"label": title, "value": there.get(pk, "")} for pk, title in asked]


def _needs(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """That there is an answer, not which: a screen is looked at by others, and paper lies about."""
    mine = NeedsCase.objects.for_actor(actor, "view").filter(dossier=dossier)
    said = _("Answered, and kept apart.") if mine.exists() else ""
    rows = [{"label": _("Support"), "value": said, "apart": True}]
    return {"code": "needs", "title": _("Individual needs"), "rows": rows, "gaps": []}


def _referees(dossier: Dossier, actor: Actor) -> list[dict[str, Any]]:
    rows = ReferenceRequest.objects.for_actor(actor, "view").filter(dossier=dossier)
    return [
        {"label": row.referee_name, "value": f"{row.referee_email}\n{REFEREE[row.state][0]}"}
        for row in rows
        if row.state != "replaced"
    ]

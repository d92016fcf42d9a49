"""A version as its file: read back from the rows and the document kept beside them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consortium.errors import NotFound
from consortium.models import Consortium
from mobility_tracks.checking import Course
from mobility_tracks.domain.loading.words import digest
from mobility_tracks.models import ProgrammeDocument, ProgrammeVersion
from mobility_tracks.programme import Document, Problem
from mobility_tracks.programme.document import FORMAT
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.reader import read_plain
from mobility_tracks.programme.shape import Record
from mobility_tracks.programme.writer import HEADER, spelled
from partners.models import Institution, Partnership

Plain = dict[str, Any]
_KINDS = {Institution.Kind.RESEARCH.value: "research_centre"}


def keep(version: ProgrammeVersion, body: Plain, intakes: Plain, *, at: datetime) -> None:
    """Write the document of a version, or replace it; an equal one, in the same order, stays."""
    rows = ProgrammeDocument.objects.filter(version=version)
    there = [(digest(row.body), digest(row.intakes)) for row in rows]
    if there == [(digest(body), digest(intakes))]:
        return
    ProgrammeDocument.objects.bulk_create(
        [
            ProgrammeDocument(
                consortium_id=version.consortium_id,
                version=version,
                body=body,
                intakes=intakes,
                changed_at=at,
            )
        ],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["body", "intakes", "changed_at"],
    )


def parts_of(document: Document, code: str) -> tuple[Plain, Plain]:
    """The plain form of a version of a document, and of the intakes that are its own."""
    told = plain(Record(Document), document)
    intakes = told.get("intakes", {})
    own = {key: each for key, each in intakes.items() if each["version"] == code}
    return told["versions"][code], own


def file_of(version: ProgrammeVersion, kept: ProgrammeDocument) -> Plain:
    """The plain form of a file with this version and those it continues. Needs an `acting` context.

    Partners are as they stand now; calls stay in the file they came with. Three queries.
    """
    consortium = Consortium.objects.get(pk=version.consortium_id)
    rows = Partnership.objects.filter(consortium_id=version.consortium_id).for_listing()
    partners = list(rows.select_related("institution", "attached_to__institution"))
    line = _line(version, kept)
    told: Plain = {
        "format": FORMAT,
        "invented": consortium.invented,
        "consortium": _consortium(consortium, version),
        "organisations": {row.institution.key: _organisation(row.institution) for row in partners},
        "partnerships": {row.institution.key: _partnership(row) for row in partners},
        "versions": {code: each.body for code, each in line.items()},
        "intakes": {key: each for one in line.values() for key, each in one.intakes.items()},
        "texts": _texts(version),
    }
    return {name: each for name, each in told.items() if each not in ({}, False)}


def _line(version: ProgrammeVersion, kept: ProgrammeDocument) -> dict[str, ProgrammeDocument]:
    """By code, the versions that this one continues, the earliest first, and itself."""
    others = ProgrammeDocument.objects.filter(consortium_id=version.consortium_id)
    rows = {row.version.code: row for row in others.select_related("version")}
    line = {version.code: kept}
    before = kept.body.get("continues", "")
    while before in rows and before not in line:
        line[before] = rows[before]
        before = rows[before].body.get("continues", "")
    return dict(reversed(line.items()))


def _consortium(row: Consortium, version: ProgrammeVersion) -> Plain:
    facts = version.texts.get("facts", {})
    told = {
        "key": row.slug,
        "name": row.title or row.name,
        "short_name": row.name,
        "locale": row.language,
        "zone": row.zone,
        "website": facts.get("website"),
        "appeals": _held(facts.get("appeals") or {}),
    }
    return _held(told)


def _organisation(row: Institution) -> Plain:
    codes = {
        scheme: {"value": value}
        for scheme, value in (("erasmus", row.erasmus_code), ("schac", row.schac))
        if value
    }
    return _held(
        {
            "name": row.name,
            "kind": _KINDS.get(row.kind, row.kind),
            "city": row.city,
            "country": row.country,
            "website": row.website,
            "codes": codes,
        }
    )


def _partnership(row: Partnership) -> Plain:
    host = row.attached_to
    return _held(
        {
            "kind": row.kind,
            "awards_degree": row.awards_degree,
            "unit": row.role_note,
            "station": {"code": row.code, "colour": row.colour, "shape": row.shape},
            "attached_to": [host.institution.key] if host else [],
        }
    )


def _texts(version: ProgrammeVersion) -> Plain:
    return {
        locale: _held({**text, "answers": _answers(text.get("answers", []))})
        for locale, text in version.texts.items()
        if locale != "facts"
    }


def _answers(told: list[dict[str, str]]) -> Plain:
    return {one["key"]: {"question": one["question"], "answer": one["answer"]} for one in told}


def _held(values: Mapping[str, Any]) -> Plain:
    """Without what a file leaves out: nothing, empty, false."""
    return {name: each for name, each in values.items() if each not in (None, "", [], {}, False)}


def kept_for(version: ProgrammeVersion) -> ProgrammeDocument:
    """Raises NotFound for a version that was loaded before documents were kept."""
    found = ProgrammeDocument.objects.filter(version=version).first()
    if found is None:
        raise NotFound
    return found


def text_of(version: ProgrammeVersion, kept: ProgrammeDocument) -> str:
    """The YAML text of `file_of`; an unsound draft is written as it stands."""
    return HEADER + spelled(file_of(version, kept))


def read_back(version: ProgrammeVersion, kept: ProgrammeDocument) -> Document | list[Problem]:
    """The document that `file_of` describes, or what is wrong with it. Three queries."""
    return read_plain(file_of(version, kept))


def course_of(document: Document, code: str) -> Course:
    """A version of a document that was read back, ready to be checked."""
    return Course.of(document, next(each for each in document.versions if each.key == code))

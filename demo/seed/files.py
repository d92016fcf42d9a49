"""Real files for every document of a submitted dossier."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile

from admissions.models import Call, Document, DocumentRequirement, Dossier
from demo.material.applicant import Applicant
from demo.material.papers import Paper, paper
from demo.material.pdf import Line, pdf
from demo.seed.columns import told

# What the programme files ask for, and what the material calls it.
KINDS = {
    "identity": "passport",
    "address": "address",
    "english": "english",
    "transcripts": "transcript",
    "diplomas": "diploma",
    "cv": "cv",
}
SCHOOL_YEARS = 13


@dataclass
class Shelf:
    """Stores files and remembers them, so that a seed that fails takes them away again."""

    kept: list[FieldFile]

    def documents(
        self, one: Applicant, dossier: Dossier, slots: list[DocumentRequirement], at: datetime
    ) -> Iterator[Document]:
        """A stored, unsaved document for each slot that the applicant has a paper for."""
        for number, slot in enumerate(slots):
            made = paper_for(one, slot)
            if made is None:
                continue
            document = Document(
                consortium_id=dossier.consortium_id,
                dossier=dossier,
                requirement=slot,
                name=made.filename,
                media_type=made.content_type,
                size=len(made.data),
                pages=_pages(made),
                sha256=sha256(made.data).hexdigest(),
                uploaded_at=at + timedelta(minutes=4 * number),
            )
            self.store(document.file, made.data)
            yield document

    def store(self, file: FieldFile, data: bytes) -> None:
        file.save("", ContentFile(data), save=False)
        self.kept.append(file)


def slots_of(call: Call) -> list[DocumentRequirement]:
    rows = DocumentRequirement.objects.filter(call=call).order_by("position")
    return cast("list[DocumentRequirement]", list(rows))


def upload_of(made: Paper) -> SimpleUploadedFile:
    """The paper as a browser would send it."""
    return SimpleUploadedFile(made.filename, BytesIO(made.data).read(), made.content_type)


def paper_for(one: Applicant, slot: DocumentRequirement) -> Paper | None:
    """The applicant's paper for a slot, nothing where they have none or need none."""
    if slot.code in _INVENTED:
        return _INVENTED[slot.code](one)
    kind = KINDS.get(slot.code)
    if kind is None:
        return None
    return paper(one if "png" in slot.formats else _scanned(one), kind)


def _scanned(one: Applicant) -> Applicant:
    """The same file where pictures are not taken: every photo is a PDF."""
    papers = tuple(
        replace(each, form="pdf") if each.form == "photo" else each for each in one.documents
    )
    return replace(one, documents=papers)


def _school(one: Applicant) -> Paper:
    degree = one.study
    left = one.person.birth_date.replace(day=1) + timedelta(days=365 * 18 + 90)
    lines = (
        f"{degree.city}, {left.isoformat()}",
        f"after {SCHOOL_YEARS} years of school, with the right to enter a university.",
    )
    return _page(one, "secondary-school", "Secondary school diploma", lines)


def _diploma(one: Applicant) -> Paper:
    """Diploma or, before there is one, the transcript."""
    made = paper(one, "transcript" if one.study.last_year else "diploma")
    return made or _page(one, "diploma", "Certificate of enrolment", (one.study.university,))


def _portfolio(one: Applicant) -> Paper:
    works = (f"{n}. {course}" for n, course in enumerate(one.study.courses[:8], 1))
    first = told(one, one.texts.statement).partition(". ")[0]
    return _page(one, "portfolio", "Portfolio: works with my part in them", (first, *works))


def certificate(one: Applicant) -> Paper:
    """Medical evidence that says nothing about anybody."""
    lines = ("To whom it may concern: a lasting impairment is certified.", "Stamp, signature.")
    return _page(one, "certificate", "Medical certificate", lines)


def _page(one: Applicant, name: str, title: str, texts: tuple[str, ...]) -> Paper:
    lines = [
        Line(title, 16, bold=True),
        Line("SPECIMEN, invented for a demonstration", 8),
        Line(one.person.latin_name[:60], 13, 12),
        *(Line(text.encode("ascii", "ignore").decode()[:90], gap=8) for text in texts),
    ]
    made_on = next(each.issued_on for each in one.documents if each.kind == "cv")
    data = pdf(f"{title} - {one.person.latin_name}", [lines], made_on)
    return Paper(f"{name}-{one.number:04}.pdf", "application/pdf", data)


def _pages(made: Paper) -> int | None:
    return made.data.count(b"/Type/Page/") if made.content_type == "application/pdf" else None


_INVENTED = {"secondary-school": _school, "diploma": _diploma, "portfolio": _portfolio}

"""The papers of an applicant as small files: specimens all of them, none over 3 KB but photos."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from demo.material.applicant import Applicant, Document, Referee
from demo.material.countries import COUNTRIES
from demo.material.names import romanise
from demo.material.pdf import Line, pdf
from demo.material.photo import phone_photo

_Pages = list[list[Line]]


@dataclass(frozen=True)
class Paper:
    """A file ready for upload."""

    filename: str
    content_type: str
    data: bytes


def paper(applicant: Applicant, kind: str) -> Paper | None:
    """The applicant's document of `kind`, or nothing where it is missing."""
    document = next(slot for slot in applicant.documents if slot.kind == kind)
    if document.form == "missing":
        return None
    if document.form == "photo":
        return Paper(f"IMG_{applicant.number:04}.png", "image/png", phone_photo(applicant.number))
    title, fill = _FORMS[kind]
    pages = fill(applicant, document)
    pages[0] = _head(title, applicant) + pages[0]
    data = pdf(f"{title} - {applicant.person.latin_name}", pages, document.issued_on)
    return Paper(f"{kind}-{applicant.number:04}.pdf", "application/pdf", data)


def letter_paper(applicant: Applicant, referee: Referee) -> Paper:
    """The referee's letter as a PDF on plain paper, dated like the applicant's CV."""
    written_on = next(slot.issued_on for slot in applicant.documents if slot.kind == "cv")
    signature = f"{referee.title} {referee.name}".strip()
    rows = [Line(_plain(referee.institution), bold=True), Line(written_on.isoformat(), gap=10)]
    for paragraph in referee.letter.split("\n\n"):
        rows += _wrapped(paragraph)
    rows.append(Line(signature, gap=24))
    data = pdf(f"Letter for {applicant.person.latin_name}", [rows], written_on)
    return Paper(f"letter-{applicant.number:04}.pdf", "application/pdf", data)


def _head(title: str, applicant: Applicant) -> list[Line]:
    name = textwrap.wrap(applicant.person.latin_name, 52)
    return [Line(title, 16, bold=True), Line("SPECIMEN, invented for a demonstration", 8)] + [
        Line(part, 13, 12 if number == 0 else 4) for number, part in enumerate(name)
    ]


def _wrapped(text: str) -> list[Line]:
    rows = textwrap.wrap(_plain(text), 92)
    return [Line(row, gap=12 if number == 0 else 3) for number, row in enumerate(rows)]


def _plain(text: str) -> str:
    return romanise(text, "en").encode("ascii", "ignore").decode("ascii")


def _rows(*texts: str) -> list[Line]:
    return [Line(_plain(text), gap=8) for text in texts]


def _transcript(applicant: Applicant, _: Document) -> _Pages:
    degree = applicant.study
    count = len(degree.courses)
    half, (each, rest) = count // 2, divmod(degree.ects, count)
    shares = [each + (number < rest) for number in range(count)]
    listed = [
        Line(f"{100 + number}  {_plain(course)}, {ects} ECTS", 11, 8)
        for number, (course, ects) in enumerate(zip(degree.courses, shares, strict=True))
    ]
    top = _rows(degree.university, f"{degree.title}, {degree.field}")
    end = _rows(f"Total {degree.ects} ECTS. Mean {degree.grade.value} ({degree.grade.scale.label})")
    return [top + listed[:half], [Line("Page 2", 8), *listed[half:], *end]]


def _diploma(applicant: Applicant, _: Document) -> _Pages:
    degree = applicant.study
    return [
        _rows(
            degree.university,
            f"awards the degree {degree.title} in {degree.field}",
            f"on {degree.graduation_on.isoformat()} after {degree.years} years of study.",
            f"Final grade {degree.grade.value}, {degree.grade.scale.label}",
        )
    ]


def _passport(applicant: Applicant, document: Document) -> _Pages:
    who = applicant.person
    rows = [Line("SPECIMEN", 48, 30, bold=True, left=150)]
    for label, value in (
        ("Surname", who.latin_family.upper() or "-"),
        ("Given names", who.latin_given.upper()),
        ("Nationality", COUNTRIES[who.country].name),
        ("Date of birth", who.birth_date.isoformat()),
        ("Sex", who.sex),
        ("Number", f"XX{applicant.number:07}"),
        ("Date of issue", document.issued_on.isoformat()),
    ):
        rows += _rows(f"{label}: {value}")
    return [rows]


def _cv(applicant: Applicant, _: Document) -> _Pages:
    who, degree, evidence = applicant.person, applicant.study, applicant.english
    rows = _rows(
        f"{who.city}, {COUNTRIES[who.residence_country].name}. {who.email}",
        f"Born {who.birth_date.isoformat()}",
        f"{degree.title}, {degree.field}, {degree.university}",
        f"English: {evidence.kind} {evidence.score}",
    )
    jobs = _wrapped(applicant.texts.employment or "No employment so far.")
    return [[*rows, Line("Work", 12, 14, bold=True), *jobs]]


def _address(applicant: Applicant, document: Document) -> _Pages:
    who = applicant.person
    return [
        _rows(
            f"{1 + applicant.number % 97} Station Road, {who.city}",
            COUNTRIES[who.residence_country].name,
            f"Electricity supplied in the month before {document.issued_on.isoformat()}",
            f"Customer {100000 + applicant.number}. Amount due: none.",
        )
    ]


def _english(applicant: Applicant, document: Document) -> _Pages:
    evidence = applicant.english
    if evidence.kind == "moi":
        return [_rows(applicant.study.university, "The language of instruction was English.")]
    return [
        _rows(
            f"Test of English: {evidence.kind.upper()}",
            f"Overall result {evidence.score}",
            f"Date {document.issued_on.isoformat()}",
        )
    ]


_FORMS: dict[str, tuple[str, Callable[[Applicant, Document], _Pages]]] = {
    "transcript": ("Transcript of records", _transcript),
    "diploma": ("Diploma", _diploma),
    "passport": ("Passport, page of personal data", _passport),
    "cv": ("Curriculum vitae", _cv),
    "address": ("Proof of address", _address),
    "english": ("Certificate of English", _english),
}

"""From an invented applicant to the columns of a dossier."""

from datetime import date
from typing import Any

from admissions import names
from admissions.models import Dossier
from demo.material.applicant import Applicant

IDENTITY = ("given_names", "family_name", "latin_name", "birth_date", "email")
NATIONALITY = ("nationality", "second_nationality", "residence_country")
EDUCATION = (
    *("degree_title", "degree_institution", "degree_country", "degree_ects"),
    *("final_year", "degree_on", "grade", "grade_scale"),
)
LANGUAGE = ("english_evidence", "english_score", "english_on")
MOTIVATION = ("statement", "essay", "experience", "additional")
TRACKS = ("route",)
PARTS = (IDENTITY, NATIONALITY, EDUCATION, LANGUAGE, MOTIVATION, TRACKS)

_EVIDENCE = {
    "ielts": Dossier.EnglishEvidence.IELTS,
    "toefl": Dossier.EnglishEvidence.TOEFL,
    "cambridge": Dossier.EnglishEvidence.CAMBRIDGE,
    "moi": Dossier.EnglishEvidence.MEDIUM,
}
_SELF_FUNDED = "self-funded"
# The phrases of the arts name three cities; the programme file has its hosts elsewhere.
_ELSEWHERE = {"Tampere": "Salvador", "Kraków": "Rio de Janeiro"}


def columns(one: Applicant, *, routes: tuple[str, ...]) -> dict[str, Any]:
    """Every column that an applicant types, as the forms would have read it."""
    who, degree, evidence = one.person, one.study, one.english
    is_test = evidence.kind in {"ielts", "toefl", "cambridge"}
    funded = next((code for code in routes if code != _SELF_FUNDED), "")
    return {
        "given_names": names.normal(who.given_names),
        "family_name": names.normal(who.family_name),
        "latin_name": who.latin_name,
        "birth_date": who.birth_date,
        "email": who.email,
        "nationality": who.country,
        "second_nationality": who.second_nationality or "",
        "residence_country": who.residence_country,
        "degree_title": f"{degree.title}, {degree.field}",
        "degree_institution": degree.university,
        "degree_country": degree.country,
        "degree_ects": degree.ects,
        "final_year": degree.last_year,
        "degree_on": degree.graduation_on,
        "grade": degree.grade.value,
        "grade_scale": degree.grade.scale.label,
        "english_evidence": _EVIDENCE[evidence.kind].value if evidence.kind != "none" else "",
        "english_score": evidence.score if is_test else "",
        "english_on": evidence.issued_on,
        "statement": told(one, one.texts.statement),
        "essay": told(one, f"{one.texts.essay_title}\n\n{one.texts.essay}"),
        "experience": told(one, one.texts.employment),
        "additional": told(one, one.texts.remarks),
        "route": _SELF_FUNDED if one.funding == "self" else funded,
    }


def told(one: Applicant, text: str) -> str:
    """The text with the hosts of the programme file."""
    if one.theme == "arts":
        for written, meant in _ELSEWHERE.items():
            text = text.replace(written, meant)
    return text


def typed(values: dict[str, Any], part: tuple[str, ...]) -> dict[str, Any]:
    """The columns of one section, dates as a form sends them."""
    chosen = {name: values[name] for name in part}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in chosen.items()}

"""What an applicant said, as blocks to read: the same for the office and for reviewers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from admissions.models import Dossier, TrackPreference
from web.countries import country_name


@dataclass(frozen=True, slots=True)
class Block:
    """rows: label and value, for components/summary_list.html. texts: label and long text."""

    title: str
    rows: list[dict[str, Any]]
    texts: list[tuple[str, str]]


def blocks(
    dossier: Dossier, wishes: Iterable[TrackPreference], *, contact: bool = True
) -> list[Block]:
    """In the order in which one judges: studies first, then motives, then the person.

    `contact`: whether the reader writes to applicants; who only judges needs no address.
    """
    return [
        Block(_("Education"), _education(dossier), []),
        Block(_("Motivation"), [], _texts(dossier)),
        Block(_("Wishes"), _wishes(dossier, wishes), []),
        Block(_("Person"), _person(dossier) + (_contact(dossier) if contact else []), []),
    ]


def _row(label: str, value: Any) -> dict[str, Any]:
    return {"label": label, "value": value}


def _day(value: Any) -> str:
    return date_format(value, "j M Y") if value else ""


def _country(code: str) -> str:
    return country_name(code) if code else ""


def _education(dossier: Dossier) -> list[dict[str, Any]]:
    grade = " ".join(part for part in (dossier.grade, _scale(dossier.grade_scale)) if part)
    where = ", ".join(
        part for part in (dossier.degree_institution, _country(dossier.degree_country)) if part
    )
    awarded = _day(dossier.degree_on)
    if awarded and dossier.final_year:
        awarded = _("%(day)s, still in the last year") % {"day": awarded}
    english = " ".join(
        part for part in (dossier.get_english_evidence_display(), dossier.english_score) if part
    )
    issued = _day(dossier.english_on)
    return [
        _row(_("Degree"), dossier.degree_title),
        _row(_("University"), where),
        _row(_("Awarded or expected"), awarded),
        _row(_("Credits (ECTS)"), dossier.degree_ects),
        _row(_("Average grade"), grade),
        _row(_("English"), f"{english}, {issued}" if english and issued else english),
    ]


def _scale(scale: str) -> str:
    return _("on the scale %(scale)s") % {"scale": scale} if scale else ""


def _texts(dossier: Dossier) -> list[tuple[str, str]]:
    told = [
        (_("Statement of purpose"), dossier.statement),
        (_("Essay"), dossier.essay),
        (_("Employment"), dossier.experience),
        (_("Additional information"), dossier.additional),
    ]
    return [(label, text) for label, text in told if text]


def _wishes(dossier: Dossier, wishes: Iterable[TrackPreference]) -> list[dict[str, Any]]:
    routes = {each["code"]: each["name"] for each in dossier.call.routes}
    ranked = "\n".join(f"{wish.rank}. {wish.track.title}" for wish in wishes)
    return [
        _row(_("Tracks"), ranked),
        _row(_("Funding"), routes.get(dossier.route, dossier.route)),
    ]


def _person(dossier: Dossier) -> list[dict[str, Any]]:
    nations = [dossier.nationality, dossier.second_nationality]
    lives = _country(dossier.residence_country)
    since = _day(dossier.residence_since)
    return [
        _row(_("Name"), dossier.name),
        _row(_("As in the passport"), dossier.latin_name),
        _row(_("Nationality"), ", ".join(_country(code) for code in nations if code)),
        _row(
            _("Lives in"),
            _("%(country)s, since %(day)s") % {"country": lives, "day": since} if since else lives,
        ),
        _row(_("Date of birth"), _day(dossier.birth_date)),
    ]


def _contact(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        _row(_("E-mail address"), dossier.email),
        _row(_("Phone"), dossier.phone),
    ]

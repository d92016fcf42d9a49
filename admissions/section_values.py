"""Reading what was typed into a section: from words to columns, or a sentence per field.

A draft may be incomplete, so an empty value is always right; a wrong one never is.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from admissions import names
from admissions.models import Dossier
from admissions.sections import WORD_LIMIT, Section

# Both names and the space between them must fit a column of 300.
NAME_LENGTH = 149
CHARACTERS_A_WORD = 20
MOST_CREDITS = 1000
EARLIEST = date(1900, 1, 1)
YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


class WrongValue(Exception):
    """A value that cannot stand in its field; says why, to the person who typed it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a value is judged by, beside itself: the day of the request, and the call's routes."""

    today: date
    routes: tuple[str, ...]


def read(
    section: Section, values: Mapping[str, Any], *, at: datetime, routes: tuple[str, ...]
) -> tuple[dict[str, Any], dict[str, str]]:
    """(columns, messages by field): what was typed into the section's fields, read one by one."""
    asked = Asked(at.astimezone(UTC).date(), routes)
    columns: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, value in values.items():
        if name not in section.fields:
            wrong[name] = _("This is not part of the section.")
            continue
        try:
            columns[name] = _READERS[name](value, asked)
        except WrongValue as refusal:
            wrong[name] = str(refusal)
    return columns, wrong


def together(values: Mapping[str, Any], *, at: datetime) -> dict[str, str]:
    """Messages for values that contradict one another; `values` are all columns of the dossier."""
    wrong: dict[str, str] = {}
    if values["nationality"] and values["nationality"] == values["second_nationality"]:
        wrong["second_nationality"] = _("This is your first nationality; leave it empty.")
    awarded = values["degree_on"]
    if values["final_year"] is False and awarded and awarded > at.astimezone(UTC).date():
        wrong["degree_on"] = _("A degree you hold was awarded in the past.")
    born, since = values["birth_date"], values["residence_since"]
    if born and since and since < born:
        wrong["residence_since"] = _("This is before your date of birth.")
    return wrong


def plain_text(value: Any) -> str:
    """The text, NFC, with unix line ends. Raises WrongValue for what no text can hold."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongValue(_("This must be a text."))
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in "\n\t" for each in text):
        raise WrongValue(_("This contains characters that are no text. Type it again."))
    return text.strip()


def line(longest: int) -> Callable[[Any, Asked], str]:
    """One line of at most so many characters."""

    def reader(value: Any, asked: Asked) -> str:
        text = names.normal(plain_text(value))
        if len(text) > longest:
            raise WrongValue(
                _("At most %(longest)d characters; this has %(count)d.")
                % {"longest": longest, "count": len(text)}
            )
        return text

    return reader


def to_essay(value: Any, asked: Asked) -> str:
    text = plain_text(value)
    count = len(text.split())
    if count > WORD_LIMIT:
        raise WrongValue(
            _("At most %(limit)d words; this has %(count)d.")
            % {"limit": WORD_LIMIT, "count": count}
        )
    return _not_one_word(text)


def _not_one_word(text: str) -> str:
    """Refuses a text that is within its words only because it writes none."""
    longest = WORD_LIMIT * CHARACTERS_A_WORD
    if len(text) > longest:
        raise WrongValue(
            _("At most %(longest)d characters; this has %(count)d.")
            % {"longest": longest, "count": len(text)}
        )
    return text


def _latin(value: Any, asked: Asked) -> str:
    text = line(300)(value, asked)
    if not names.is_latin(text):
        raise WrongValue(_("Write it in Latin letters, as in the lower part of your passport."))
    return text


def _email(value: Any, asked: Asked) -> str:
    text = line(254)(value, asked)
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise WrongValue(_("Write an e-mail address, as in name@example.org.")) from None
    return text


def to_country(value: Any, asked: Asked) -> str:
    code = line(60)(value, asked).upper()
    if code and (len(code) != 2 or pycountry.countries.get(alpha_2=code) is None):
        raise WrongValue(_("This is no country code of ISO 3166, as in PL."))
    return code


def to_day(value: Any, asked: Asked) -> date | None:
    if isinstance(value, datetime) or not isinstance(value, date | str | None):
        raise WrongValue(_("Write a date, as in 1999-12-31."))
    try:
        day = date.fromisoformat(value.strip()) if isinstance(value, str) and value else value
    except ValueError:
        raise WrongValue(_("This is no date. Write it as in 1999-12-31.")) from None
    if isinstance(day, date) and not EARLIEST <= day <= date(asked.today.year + 10, 12, 31):
        raise WrongValue(_("This date cannot be right."))
    return day or None


def _past(value: Any, asked: Asked) -> date | None:
    day = to_day(value, asked)
    if day is not None and day > asked.today:
        raise WrongValue(_("This must be a date in the past."))
    return day


def _credits(value: Any, asked: Asked) -> int | None:
    if value in (None, ""):
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or len(text) > 4:
        raise WrongValue(_("Write a whole number of credits."))
    if int(text) > MOST_CREDITS:
        raise WrongValue(_("At most %(most)d credits.") % {"most": MOST_CREDITS})
    return int(text)


def to_answer(value: Any, asked: Asked) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    word = plain_text(value).lower()
    if word and word not in YES | NO:
        raise WrongValue(_("Answer yes or no."))
    return word in YES if word else None


def _declared(value: Any, asked: Asked) -> bool:
    return to_answer(value, asked) is True


def _evidence(value: Any, asked: Asked) -> str:
    text = line(40)(value, asked)
    if text and text not in Dossier.EnglishEvidence.values:
        raise WrongValue(_("Choose one of the kinds of proof."))
    return text


def _route(value: Any, asked: Asked) -> str:
    text = line(40)(value, asked)
    if text and text not in asked.routes:
        raise WrongValue(_("Choose one of the call's ways of funding."))
    return text


_READERS: dict[str, Callable[[Any, Asked], Any]] = {
    "given_names": line(NAME_LENGTH),
    "family_name": line(NAME_LENGTH),
    "latin_name": _latin,
    "birth_date": _past,
    "email": _email,
    "phone": line(40),
    "nationality": to_country,
    "second_nationality": to_country,
    "residence_country": to_country,
    "residence_since": _past,
    "degree_title": line(200),
    "degree_institution": line(200),
    "degree_country": to_country,
    "degree_ects": _credits,
    "final_year": to_answer,
    "degree_on": to_day,
    "grade": line(40),
    "grade_scale": line(100),
    "english_evidence": _evidence,
    "english_score": line(40),
    "english_on": _past,
    "statement": to_essay,
    "essay": to_essay,
    "experience": to_essay,
    "additional": to_essay,
    "route": _route,
    "declared_true": _declared,
}

"""Scalars: from the text in the file to a value, or to the reason why not.

What kind a scalar is follows from the field, never from its looks. A text whose plain spelling
other YAML readers take for something else (`NO` for false, `12:30` for 750) must be quoted.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pycountry

from mobility_tracks.programme.expectations import expected_by
from mobility_tracks.programme.nodes import ScalarNode
from mobility_tracks.programme.problems import did_you_mean
from mobility_tracks.programme.shape import Choice, Day, Flag, Moment, Nominal, Scalar
from mobility_tracks.programme.words import NominalDate, Number, Text, Whole

_NULL = re.compile(r"|~|null|Null|NULL")
_TRUTH = re.compile(r"(?i:y|n|yes|no|on|off|true|false)")
_NUMBER = re.compile(
    r"[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|(\.[0-9]|[0-9])[0-9_]*\.?[0-9_]*([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))|\.(nan|NaN|NAN)"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?")
_NOMINAL = re.compile(r"Y(?:\+([1-9]))?-([0-9]{2})-([0-9]{2})")
_CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


class UnfitError(Exception):
    """A scalar does not fit its field: message, what was expected, what was found."""

    def __init__(self, message: str, expected: str = "", found: str = "") -> None:
        super().__init__(message)
        self.message, self.expected, self.found = message, expected, found


def value_of(shape: Scalar, node: ScalarNode) -> Any:
    """The value of a scalar node. Raises UnfitError."""
    looks = looks_of(node.text) if node.plain else ""
    if looks == "nothing":
        raise UnfitError("no value: give one or leave the key out", expected_by(shape), "nothing")
    match shape:
        case Text():
            return _text(shape, node, looks)
        case Whole() | Number():
            return _number(shape, node)
        case Flag():
            return _flag(node)
        case Choice(words):
            return _choice(words, node.text)
        case _:
            return _time(shape, node.text)


def looks_of(plain: str) -> str:
    """What an unquoted scalar is to YAML readers at large, or nothing if simply text."""
    if _NULL.fullmatch(plain):
        return "nothing"
    if _TRUTH.fullmatch(plain):
        return "true or false"
    if _NUMBER.fullmatch(plain):
        return "a number"
    return "a date" if _DATE.fullmatch(plain) else ""


def _text(shape: Text, node: ScalarNode, looks: str) -> str:
    if looks:
        raise UnfitError(
            f"many readers take {node.text} for {looks}: put it in quotes", "text", looks
        )
    return fit_text(shape, node.text.rstrip("\n"))


def fit_text(shape: Text, text: str) -> str:
    """A text that keeps the limits of its shape. Raises UnfitError."""
    if not text or text != text.strip():
        raise UnfitError("empty, or with space around it", shape.hint, repr(text))
    if len(text) > shape.longest:
        raise UnfitError(
            "too long", f"at most {shape.longest} characters", f"{len(text)} characters"
        )
    if _CONTROL.search(text) or ("\n" in text and not shape.lines):
        raise UnfitError("a control character or line break inside", shape.hint, repr(text))
    if shape.pattern and not re.fullmatch(shape.pattern, text):
        raise UnfitError("not in the right form", shape.hint, text)
    known = vocabulary(shape.vocabulary) if shape.vocabulary else ()
    if known and text not in known:
        hint = did_you_mean(text, sorted(known))
        raise UnfitError(f"unknown {shape.vocabulary}{hint}", shape.hint, text)
    return text


def _number(shape: Whole | Number, node: ScalarNode) -> int | Decimal:
    pattern = _WHOLE if isinstance(shape, Whole) else _DECIMAL
    if not pattern.fullmatch(node.text):
        raise UnfitError("not a number of this kind", expected_by(shape), node.text)
    if not node.plain:
        raise UnfitError("a number in quotes is text: take the quotes off", found=f'"{node.text}"')
    number = int(node.text) if isinstance(shape, Whole) else Decimal(node.text)
    if not shape.least <= number <= shape.most or (
        isinstance(shape, Number) and number % shape.step
    ):
        raise UnfitError("out of bounds", expected_by(shape), node.text)
    return number


def _flag(node: ScalarNode) -> bool:
    if not node.plain or node.text not in ("true", "false"):
        raise UnfitError("neither true nor false", "true or false", node.text)
    return node.text == "true"


def _choice(words: tuple[str, ...], text: str) -> str:
    if text not in words:
        raise UnfitError(f"unknown word{did_you_mean(text, list(words))}", ", ".join(words), text)
    return text


def _time(shape: Any, text: str) -> date | datetime | NominalDate:
    try:
        if isinstance(shape, Nominal) and (parts := _NOMINAL.fullmatch(text)):
            # a common year, so that 29 February is refused
            day = date(2001, int(parts[2]), int(parts[3]))
            return NominalDate(int(parts[1] or 0), day.month, day.day)
        if isinstance(shape, Day) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if isinstance(shape, Moment) and _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        raise UnfitError("no such day or time", expected_by(shape), text) from None
    raise UnfitError("not a day or time in the right form", expected_by(shape), text)


VOCABULARIES = ("country", "currency", "language", "zone")


@cache
def vocabulary(name: str) -> frozenset[str]:
    """A closed list of codes: ISO 3166-1, 639-1 and 4217, or the zones of IANA."""
    match name:
        case "country":
            return frozenset(entry.alpha_2 for entry in pycountry.countries)
        case "currency":
            return frozenset(entry.alpha_3 for entry in pycountry.currencies)
        case "language":
            codes = (getattr(entry, "alpha_2", None) for entry in pycountry.languages)
            return frozenset(code for code in codes if code)
    zones = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    # abbreviations such as CET are zones of their own in the list, and rarely the one meant
    return frozenset(zone for zone in zones if "/" in zone or zone == "UTC")


def exists_in(zone: str, local: datetime) -> bool:
    """Whether clocks of the zone ever show this local time (not skipped in spring)."""
    there = ZoneInfo(zone)
    instant = local.replace(tzinfo=there).astimezone(UTC)
    return instant.astimezone(there).replace(tzinfo=None) == local

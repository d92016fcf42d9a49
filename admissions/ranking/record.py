"""Inputs and results as canonical JSON: the same bytes whatever the order of the input."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from admissions.ranking.inputs import Criterion, Dossier, Inputs, Review, Rubric, TieBreaker

FORMAT = "itinera/ranking-inputs/1"


def write(inputs: Inputs) -> bytes:
    """The inputs as canonical bytes. Reviews that are not locked are left out: they count for
    nothing. Equal marks are written alike (4, 4.0 and 4.00)."""
    body = _plain(inputs)
    body["format"] = FORMAT
    body["dossiers"] = sorted(body["dossiers"], key=lambda row: row["ref"])
    locked = [row for row in body["reviews"] if row.pop("locked")]
    body["reviews"] = sorted(locked, key=lambda row: (row["dossier"], row["reviewer"]))
    return dump(body)


def fingerprint(inputs: Inputs) -> str:
    """SHA-256 of the canonical inputs, in hex."""
    return sha256(write(inputs)).hexdigest()


def read(data: bytes) -> Inputs:
    """The inputs that canonical bytes describe. Raises ValueError on another format."""
    body = json.loads(data)
    if body.pop("format", None) != FORMAT:
        raise ValueError(f"This is not a {FORMAT} file.")
    reviews = [row | {"marks": _marks(row["marks"])} for row in body["reviews"]]
    return Inputs(
        **body
        | {
            "rubric": _rubric(body["rubric"]),
            "dossiers": tuple(Dossier(**row) for row in body["dossiers"]),
            "reviews": tuple(Review(**row) for row in reviews),
        }
    )


def result_bytes(result: object) -> bytes:
    """A Ranking as canonical bytes."""
    return dump(_plain(result))


def dump(body: object) -> bytes:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return number(value)
    return value


def number(mark: int | Decimal) -> int | str:
    """A mark as it is written, one way only: 4 for 4.00, 4.5 for 4.50."""
    if isinstance(mark, int):
        return mark
    return int(mark) if mark == mark.to_integral_value() else format(mark.normalize(), "f")


def _mark(value: int | str | None) -> Any:
    return Decimal(value) if isinstance(value, str) else value


def _marks(marks: Mapping[str, int | str]) -> dict[str, Any]:
    return {code: _mark(mark) for code, mark in marks.items()}


def _rubric(body: dict[str, Any]) -> Rubric:
    criteria = [row | {"pass_mark": _mark(row["pass_mark"])} for row in body["criteria"]]
    breakers = [row | {"prefer": tuple(row["prefer"])} for row in body["tie_breakers"]]
    return Rubric(
        **body
        | {
            "criteria": tuple(Criterion(**row) for row in criteria),
            "tie_breakers": tuple(TieBreaker(**row) for row in breakers),
            "gap_threshold": _mark(body["gap_threshold"]),
            "threshold": _mark(body["threshold"]),
        }
    )

"""Documents as plain data: mappings, lists, numbers and text, as JSON would hold them.

Fields with their default value are left out, entries are mappings by key, in their order.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mobility_tracks.programme.shape import (
    Entries,
    Record,
    Several,
    Shape,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import NominalDate


def plain(shape: Shape, value: Any) -> Any:
    """The plain form of a value of a shape."""
    match shape:
        case Record():
            return _record(value)
        case Variant():
            return _record(value)
        case Entries(record):
            named = key_field(record).name
            return {getattr(entry, named): _record(entry, named) for entry in value}
        case Several(item):
            return [plain(item, each) for each in value]
    return _scalar(value)


def _record(value: Any, without: str = "") -> dict[str, Any]:
    told = {}
    for field in fields_of(type(value)):
        inside = getattr(value, field.name)
        if field.name != without and inside != field.default:
            told[field.name] = plain(field.shape, inside)
    return _without_empty_parameters(told)


def _without_empty_parameters(told: dict[str, Any]) -> dict[str, Any]:
    if told.get("parameters") == {}:
        del told["parameters"]
    return told


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, NominalDate) else value

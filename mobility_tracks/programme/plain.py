"""Documents as plain data: mappings, lists, numbers and text, as JSON would hold them.

Fields with their default value are left out, entries are mappings by key, in their order. From
there the way back leads through the nodes that a file's text is read into, and the same checks.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mobility_tracks.programme.nodes import ListNode, MapNode, Node, ScalarNode
from mobility_tracks.programme.problems import Mark
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


_NOWHERE = Mark(0, 0)


def nodes_of(data: Any) -> Node:
    """The tree of plain data. Numbers and truth values stand as without quotes, text as within."""
    if isinstance(data, dict):
        pairs = [
            (ScalarNode(str(k), plain=False, mark=_NOWHERE), nodes_of(v)) for k, v in data.items()
        ]
        return MapNode(list(pairs), _NOWHERE)
    if isinstance(data, list):
        return ListNode([nodes_of(item) for item in data], _NOWHERE)
    if isinstance(data, str):
        return ScalarNode(data, plain=False, mark=_NOWHERE)
    return ScalarNode(_bare(data), plain=True, mark=_NOWHERE)


def _bare(value: bool | float | None) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)

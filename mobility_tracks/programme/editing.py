"""Edits of a version in its plain form: entries put, moved and removed; nothing is changed in place.

An entry's place is a path of mappings and keys: `("offerings", "s2-tls", "shared_with", "waw")`.
Whether what comes out is sound is for the reader to say, as of a file.
"""

from copy import deepcopy
from typing import Any, Final

from mobility_tracks.programme.curriculum import Version
from mobility_tracks.programme.shape import (
    Entries,
    Field,
    Record,
    Several,
    Shape,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import Text

Body = dict[str, Any]
Where = tuple[str, ...]
VERSION: Final = Record(Version)
# The version's own mappings of entries: periods, offerings, tracks and so on.
PARTS: Final = tuple(f.name for f in fields_of(Version) if isinstance(f.shape, Entries))
_GONE: Final = object()


def record_at(where: Where) -> Record:
    """The record that a place holds. Raises KeyError where the format knows no such place."""
    record = VERSION
    for mapping in where[::2]:
        shape = field_named(record, mapping).shape
        if not isinstance(shape, Entries):
            raise KeyError(mapping)
        record = shape.record
    return record


def field_named(record: Record, name: str) -> Field:
    """Raises KeyError for a name that the record does not have."""
    for field in fields_of(record.cls):
        if field.name == name:
            return field
    raise KeyError(name)


def entry_at(body: Body, where: Where) -> Body | None:
    """The entry of a place, or None while there is none."""
    inside: Any = body
    for step in where:
        if not isinstance(inside, dict) or step not in inside:
            return None
        inside = inside[step]
    return inside if isinstance(inside, dict) else None


def put(body: Body, where: Where, values: Body) -> Body:
    """The body with the entry's own values; entries inside it stay. A new key comes last."""
    edited = deepcopy(body)
    if not where:
        return _with_inside(VERSION, edited, values)
    around = _around(edited, where)
    before = around.get(where[-1], {})
    around[where[-1]] = _with_inside(record_at(where), before, values)
    return edited


def _with_inside(record: Record, before: Body, values: Body) -> Body:
    """The new values and the entries that the old one held, in the order of the format."""
    kept = {f.name for f in fields_of(record.cls) if isinstance(f.shape, Entries)}
    told = {**{name: inside for name, inside in before.items() if name in kept}, **values}
    order = [field.name for field in fields_of(record.cls)]
    return {name: told[name] for name in order if name in told}


def move(body: Body, where: Where, by: int) -> Body:
    """The body with the entry so many places later, or earlier; as far as there are places."""
    edited = deepcopy(body)
    around = _around(edited, where)
    keys = list(around)
    at = keys.index(where[-1])
    keys.insert(min(max(at + by, 0), len(keys) - 1), keys.pop(at))
    entries = {key: around[key] for key in keys}
    around.clear()
    around.update(entries)
    return edited


def remove(body: Body, where: Where) -> Body:
    """The body without the entry, and without what names it: a list loses it, an entry that cannot
    be without it goes too."""
    edited = deepcopy(body)
    *around, mapping, key = where
    holder = edited if not around else entry_at(edited, tuple(around)) or {}
    del holder[mapping][key]
    if not holder[mapping]:
        del holder[mapping]
    return edited if around else _swept(edited, {(mapping, key)})


def unnamed(body: Body, mapping: str, key: str) -> Body:
    """The body without mentions of a key that is declared elsewhere, such as an intake's."""
    swept: Body = _without(VERSION, body, mapping, key)
    return swept


def _around(body: Body, where: Where) -> Body:
    inside: Body = body
    for step in where[:-1]:
        inside = inside.setdefault(step, {})
    return inside


def _swept(body: Body, gone: set[tuple[str, str]]) -> Body:
    """Names of what is gone are taken out, until nothing more goes along."""
    while gone:
        before = _keys(body)
        for mapping, key in sorted(gone):
            body = _without(VERSION, body, mapping, key)
        gone = before - _keys(body)
    return body


def _keys(body: Body) -> set[tuple[str, str]]:
    return {(name, key) for name, each in body.items() if isinstance(each, dict) for key in each}


def _without(shape: Shape, data: Any, mapping: str, key: str) -> Any:
    match shape:
        case Record():
            return _record_without(shape, data, mapping, key)
        case Entries(record):
            return _entries_without(record, data, mapping, key)
        case Several(item):
            kept = [w for each in data if (w := _without(item, each, mapping, key)) is not _GONE]
            return kept or _GONE
        case Text() if shape.refers_to == mapping and data == key:
            return _GONE
    return data


def _record_without(record: Record, data: Body, mapping: str, key: str) -> Any:
    told: Body = {}
    for field in fields_of(record.cls):
        if field.name in data:
            shape = field.shape[data["kind"]] if isinstance(field.shape, Variant) else field.shape
            swept = _without(shape, data[field.name], mapping, key)
            if swept is not _GONE:
                told[field.name] = swept
            elif field.required or isinstance(field.shape, Variant):
                return _GONE
    return told


def _entries_without(record: Record, data: Body, mapping: str, key: str) -> Any:
    named = key_field(record).shape
    refers = isinstance(named, Text) and named.refers_to == mapping
    kept = {
        name: swept
        for name, entry in data.items()
        if not (refers and name == key)
        and (swept := _without(record, entry, mapping, key)) is not _GONE
    }
    return kept or _GONE

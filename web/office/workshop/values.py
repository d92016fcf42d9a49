"""Between what a form holds and the plain form of the format: dotted names in, nested data out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mobility_tracks.programme.editing import Where
from mobility_tracks.programme.shape import (
    Entries,
    Field,
    Flag,
    Record,
    Scalar,
    Several,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import Number, Text, Whole

Plain = dict[str, Any]
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,4})?")


def own_fields(record: Record) -> Iterator[Field]:
    """The fields of a record that a form holds: not its key, not the entries inside it."""
    key = key_field(record).name
    for field in fields_of(record.cls):
        if field.name != key and not isinstance(field.shape, Entries):
            yield field


def parts_of(
    record: Record, kind: str | None, prefix: str = "", *, is_optional: bool = False
) -> Iterator[tuple[str, Field, Scalar | Several]]:
    """What a form asks for, by dotted name: records and parameters within are unfolded.

    `kind`: of a rule, without which its parameters are not known.
    """
    fields = own_fields(record) if not prefix else iter(fields_of(record.cls))
    for field in fields:
        shape = field.shape
        if isinstance(shape, Variant):
            shape = shape[kind] if kind else Record(type(None))
        if isinstance(shape, Record):
            if shape.cls is not type(None):
                inside = is_optional or not (field.required or isinstance(field.shape, Variant))
                yield from parts_of(shape, kind, f"{prefix}{field.name}.", is_optional=inside)
        elif not isinstance(shape, Entries):
            # Within a record that may be left out whole, nothing has to be given.
            asked = replace(field, default=None) if is_optional and field.required else field
            yield f"{prefix}{field.name}", asked, shape


def flat(record: Record, entry: Plain) -> Plain:
    """Initial values of the inputs, from an entry in plain form."""
    found: Plain = {}
    for name, field, shape in parts_of(record, entry.get("kind")):
        value: Any = entry
        for step in name.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            value = field.default is True or None
        if value is None:
            continue
        if isinstance(shape, Several) and isinstance(shape.item, Several):
            found[name] = [key for step in value for key in step]
        elif isinstance(shape, Several) and not names_keys(shape):
            found[name] = ", ".join(map(str, value))
        else:
            found[name] = value
    return found


def names_keys(shape: Several) -> bool:
    """Whether it lists keys of entries, to be ticked rather than typed."""
    return isinstance(shape.item, Text) and shape.item.refers_to is not None


def gathered(record: Record, cleaned: Plain, kind: str | None, periods: list[str]) -> Plain:
    """The plain form of what was typed. `periods`: in whose order the steps of a track come."""
    told: Plain = {}
    for name, field, shape in parts_of(record, kind):
        if isinstance(shape, Several) and isinstance(shape.item, Several):
            value: Any = _stepped(name, cleaned, periods)
        else:
            value = _value(cleaned.get(name), field, shape)
        if value is not None:
            *around, last = name.split(".")
            inside = told
            for step in around:
                inside = inside.setdefault(step, {})
            inside[last] = value
    return told


def _stepped(name: str, cleaned: Plain, periods: list[str]) -> list[list[str]] | None:
    chosen = [cleaned.get(f"{name}.{period}") or [] for period in periods]
    return [keys for keys in chosen if keys] or None


def _value(typed: Any, field: Field, shape: Scalar | Several) -> Any:
    """In plain form, or None where the file would leave the key out."""
    if isinstance(shape, Flag):
        return None if bool(typed) == field.default else bool(typed)
    if isinstance(shape, Several):
        items = typed if isinstance(typed, list) else [w.strip() for w in (typed or "").split(",")]
        return [each for each in items if each] or None
    text = (typed or "").strip()
    if not text:
        return None
    if isinstance(shape, Whole | Number) and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text.replace("\r\n", "\n") if isinstance(shape, Text) else text


def inner(record: Record, where: Where) -> list[tuple[str, Where]]:
    """The mappings of entries inside a record at `where`, with their places."""
    names = [field.name for field in fields_of(record.cls) if isinstance(field.shape, Entries)]
    return [(name, (*where, name)) for name in names]

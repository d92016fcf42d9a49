"""The JSON Schema (draft 2020-12) of a programme file, made from the dataclasses.

It serves editors; the reader checks more than a schema can say. To renew the committed copy:
`python -m mobility_tracks.programme.schema > programmes/programme.schema.json`.
"""

import json
import sys
from typing import Any

from mobility_tracks.programme.document import Document
from mobility_tracks.programme.scalars import VOCABULARIES, vocabulary
from mobility_tracks.programme.shape import (
    Choice,
    Day,
    Entries,
    Field,
    Flag,
    Moment,
    Nominal,
    Record,
    Scalar,
    Several,
    Shape,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import Number, Text, Whole

Schema = dict[str, Any]

_TIMES: dict[type[Any], Schema] = {
    Flag: {"type": "boolean"},
    Day: {"type": "string", "format": "date"},
    Moment: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"},
    Nominal: {"type": "string", "pattern": r"^Y(\+[1-9])?-[0-9]{2}-[0-9]{2}$"},
}


def schema() -> Schema:
    """The schema as plain data."""
    definitions: Schema = {}
    root = _reference(Record(Document), definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Programme of a joint master",
        **root,
        "$defs": dict(sorted((definitions | _vocabularies()).items())),
    }


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _vocabularies() -> Schema:
    return {name: {"enum": sorted(vocabulary(name))} for name in VOCABULARIES}


def _of(shape: Shape, definitions: Schema) -> Schema:
    match shape:
        case Record():
            return _reference(shape, definitions)
        case Entries(record):
            return _entries(record, definitions)
        case Several(item):
            return {"type": "array", "items": _of(item, definitions)}
        case Variant():
            return {"type": "object"}
    return _scalar(shape)


def _scalar(shape: Scalar) -> Schema:
    match shape:
        case Text():
            return _text(shape)
        case Whole(least, most):
            return {"type": "integer", "minimum": least, "maximum": most}
        case Number(least, most, step):
            bounds = {"minimum": int(least), "maximum": int(most), "multipleOf": float(step)}
            return {"type": "number"} | bounds
        case Choice(words):
            return {"enum": list(words)}
    return _TIMES[type(shape)]


def _text(shape: Text) -> Schema:
    told: Schema = {"type": "string", "minLength": 1}
    if shape.vocabulary:
        return {"$ref": f"#/$defs/{shape.vocabulary}"}
    told["maxLength"] = shape.longest
    if shape.pattern:
        told["pattern"] = f"^({shape.pattern})$"
    return told


def _entries(record: Record, definitions: Schema) -> Schema:
    named = key_field(record)
    return {
        "type": "object",
        "propertyNames": _scalar_of(named),
        "additionalProperties": _reference(record, definitions, named.name),
    }


def _scalar_of(field: Field) -> Schema:
    assert isinstance(field.shape, Text | Choice)
    return _scalar(field.shape)


def _reference(record: Record, definitions: Schema, without: str = "") -> Schema:
    name = record.cls.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _record(record, definitions, without)
    return {"$ref": f"#/$defs/{name}"}


def _record(record: Record, definitions: Schema, without: str) -> Schema:
    fields = [field for field in fields_of(record.cls) if field.name != without]
    told: Schema = {
        "type": "object",
        "description": " ".join((record.cls.__doc__ or "").split()),
        "additionalProperties": False,
        "properties": {field.name: _property(field, definitions) for field in fields},
    }
    # whether parameters are needed depends on the kind
    required = [field.name for field in fields if field.required and field.name != "parameters"]
    variants = [field.shape for field in fields if isinstance(field.shape, Variant)]
    conditions = [rule for variant in variants for rule in _by_kind(variant, definitions)]
    return told | {
        key: part for key, part in (("required", required), ("allOf", conditions)) if part
    }


def _property(field: Field, definitions: Schema) -> Schema:
    told = _of(field.shape, definitions)
    if field.required and isinstance(field.shape, Entries):
        told["minProperties"] = 1
    if field.required and isinstance(field.shape, Several):
        told["minItems"] = 1
    return told | ({"description": field.says} if field.says else {})


def _by_kind(variant: Variant, definitions: Schema) -> list[Schema]:
    return [_condition(kind, variant[kind], definitions) for kind, _ in variant.kinds]


def _condition(kind: str, record: Record, definitions: Schema) -> Schema:
    then: Schema = {"properties": {"parameters": _reference(record, definitions)}}
    if any(field.required for field in fields_of(record.cls)):
        then["required"] = ["parameters"]
    return {"if": {"properties": {"kind": {"const": kind}}}, "then": then}


if __name__ == "__main__":
    sys.stdout.write(schema_text())

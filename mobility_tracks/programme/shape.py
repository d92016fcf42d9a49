"""The shape of a programme file, read off the dataclasses.

Reader, schema, writer and diff walk these shapes, so that the dataclasses are the one place
where the format is defined.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from mobility_tracks.programme.parameters import Kinds, Parameters
from mobility_tracks.programme.rules import Rule
from mobility_tracks.programme.sourced import PROVENANCE
from mobility_tracks.programme.words import NominalDate, Number, Text, Whole


@dataclass(frozen=True)
class Flag:
    """true or false."""


@dataclass(frozen=True)
class Day:
    """A date."""


@dataclass(frozen=True)
class Moment:
    """A local time to the minute, without offset."""


@dataclass(frozen=True)
class Nominal:
    """A day told from the intake's first year."""


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]


Scalar = Text | Whole | Number | Flag | Day | Moment | Nominal | Choice


@dataclass(frozen=True)
class Record:
    """A mapping with the fields of a dataclass."""

    cls: type[Any]


@dataclass(frozen=True)
class Entries:
    """A mapping from the first field of a record to the record's other fields."""

    record: Record


@dataclass(frozen=True)
class Several:
    """A list, never empty when written."""

    item: "Scalar | Several"


@dataclass(frozen=True)
class Variant:
    """The parameters of a rule; the rule's `kind` says which dataclass they fill."""

    kinds: tuple[tuple[str, type[Parameters]], ...]

    def __getitem__(self, kind: str) -> Record:
        """The record of a kind. Raises KeyError for an unknown kind."""
        return Record(dict(self.kinds)[kind])


Shape = Scalar | Record | Entries | Several | Variant


@dataclass(frozen=True)
class Field:
    """A field of a record: its name in the file, shape, default and description."""

    name: str
    shape: Shape
    default: Any
    says: str

    @property
    def required(self) -> bool:
        """Whether the file must give it."""
        return self.default is MISSING


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a dataclass in the order they are written: provenance last."""
    if cls not in _FIELDS:
        hints = get_type_hints(cls, include_extras=True)
        ordered = sorted(fields(cls), key=lambda f: f.name in PROVENANCE)
        _FIELDS[cls] = tuple(_field(cls, f.name, hints[f.name], f.default) for f in ordered)
    return _FIELDS[cls]


_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def key_field(record: Record) -> Field:
    """The field that keys a record within `Entries`."""
    return fields_of(record.cls)[0]


def _field(cls: type[Any], name: str, hint: Any, default: Any) -> Field:
    bare, notes = _unfold(hint)
    says = next((n for n in reversed(notes) if isinstance(n, str)), "")
    return Field(name, _special(cls, name) or _shape(bare, notes), default, says)


def _special(cls: type[Any], name: str) -> Shape | None:
    if not issubclass(cls, Rule) or name not in ("kind", "parameters"):
        return None
    kinds: Kinds = cls.kinds
    return Choice(tuple(kinds)) if name == "kind" else Variant(tuple(kinds.items()))


def _unfold(hint: Any) -> tuple[Any, list[Any]]:
    """The bare type and all notes on it, `None` alternatives and nesting removed."""
    notes: list[Any] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            notes = more + notes
        elif get_origin(hint) in (Union, UnionType):
            (hint,) = (arm for arm in get_args(hint) if arm is not type(None))
        else:
            return hint, notes


_PLAIN: dict[Any, Shape] = {
    bool: Flag(),
    date: Day(),
    datetime: Moment(),
    NominalDate: Nominal(),
    str: Text(),
    int: Whole(),
    Decimal: Number(),
}


def _shape(bare: Any, notes: list[Any]) -> Shape:
    limits = [note for note in notes if isinstance(note, Text | Whole | Number)]
    if limits:
        return limits[0]
    if get_origin(bare) is Literal:
        return Choice(get_args(bare))
    if get_origin(bare) is tuple:
        return _many(get_args(bare)[0])
    return _PLAIN.get(bare) or Record(bare)


def _many(hint: Any) -> Shape:
    item = _shape(*_unfold(hint))
    if isinstance(item, Record):
        return Entries(item)
    assert isinstance(item, Scalar | Several)
    return Several(item)

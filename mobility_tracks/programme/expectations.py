"""What a shape expects, in words for messages, and what stands in where it was not met."""

from datetime import date
from decimal import Decimal
from typing import Any

from mobility_tracks.programme.parameters import Stated
from mobility_tracks.programme.shape import (
    Choice,
    Day,
    Entries,
    Flag,
    Moment,
    Nominal,
    Record,
    Several,
    Shape,
    Variant,
)
from mobility_tracks.programme.words import NominalDate, Number, Text, Whole

_WORDS: dict[type[Any], str] = {
    Flag: "true or false",
    Day: "a date as 2027-02-28",
    Moment: "a local time as 2027-02-28T23:59",
    Nominal: "a day of the intake as Y-09-15 or Y+1-02-15",
    Record: "a mapping",
    Variant: "a mapping",
    Entries: "a mapping of entries by key",
    Several: "a list",
}
_STAND_INS: dict[type[Any], Any] = {
    Text: "",
    Whole: 0,
    Number: Decimal(0),
    Flag: False,
    Day: date.min,
    Moment: None,
    Nominal: NominalDate(0, 1, 1),
    Choice: "",
    Variant: Stated(),
    Entries: (),
    Several: (),
}


def expected_by(shape: Shape) -> str:
    """A shape in words, for messages."""
    match shape:
        case Text():
            return shape.hint
        case Whole(least, most):
            return f"a whole number from {least} to {most}"
        case Number(least, most, step):
            return f"a number from {least} to {most} in steps of {step}"
        case Choice(words):
            return "one of " + ", ".join(words)
    return _WORDS[type(shape)]


def stand_in(shape: Shape) -> Any:
    """A value in place of one that could not be read; it never leaves the reader."""
    return _STAND_INS[type(shape)]

"""Values of every shape of a programme file, and texts that are hard to write as YAML."""

from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache

from hypothesis import strategies as st

from mobility_tracks.programme.document import Code
from mobility_tracks.programme.scalars import UnfitError, fit_text, vocabulary
from mobility_tracks.programme.shape import (
    Choice,
    Day,
    Entries,
    Flag,
    Moment,
    Nominal,
    Record,
    Several,
    Variant,
    fields_of,
    key_field,
)
from mobility_tracks.programme.words import NominalDate, Number, Text, Whole

HARD = [
    "NO", "no", "on", "y", "null", "~", "true", "12:30", "1e3", "0x1F", "0o7", ".5", "1_000", "2027-02-28",
    "- a", "a: b", "a:", "a #b", "#a", "'a", '"a', 'a "b" c', "it's", "a\\b", "{a", "[a]", "*a", "&a", "!a", "%a",
    "@a", "`a", "|", ">", "? a", "=", "<<", "---", "...", "a, b", "é", "Ω", "名前", "עברית", "🎓 x", "a  b",
    "a\u00a0b", "x" * 180, "a]b}", "!!str a", "-", "--- a", "\ufffda", "\U0001f600", "a\u200bb", "%YAML 1.1",
]  # fmt: skip  # a table, read by its rows
WORDS = st.one_of(st.sampled_from(HARD), st.text(min_size=1, max_size=40))
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join) | st.sampled_from(
    ["a\n\nb", "a\n  b", "a\n- b", "a\n#b", "a \nb", "a\n\n\nb: c"]
)


def texts(shape: Text):
    if shape.vocabulary:
        return st.sampled_from(sorted(vocabulary(shape.vocabulary))[:40])
    if shape.pattern:
        return st.from_regex(shape.pattern, fullmatch=True).filter(lambda text: fits(shape, text))
    return (LINES if shape.lines else WORDS).filter(lambda text: fits(shape, text))


def fits(shape: Text, text: str) -> bool:
    try:
        return fit_text(shape, text) == text
    except UnfitError:
        return False


@cache
def values(shape):  # noqa: C901, PLR0911  # one arm for each shape
    """A strategy for sound values of a shape; references name nothing in particular."""
    match shape:
        case Text():
            return texts(shape)
        case Whole(least, most):
            return st.integers(least, most)
        case Number(least, most, step):
            return st.integers(int(least / step), int(most / step)).map(lambda n: n * step)
        case Flag():
            return st.booleans()
        case Choice(words):
            return st.sampled_from(words)
        case Day():
            return st.dates(date(1900, 1, 1), date(2200, 1, 1))
        case Moment():
            return st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
                lambda moment: moment.replace(second=0, microsecond=0)
            )
        case Nominal():
            return st.builds(
                lambda years, day: NominalDate(years, day.month, day.day),
                st.integers(0, 9),
                st.dates(date(2001, 1, 1), date(2001, 12, 31)),
            )
        case Several(item):
            return st.lists(values(item), min_size=1, max_size=2).map(tuple)
        case Entries(record):
            named = key_field(record).name
            entries = st.lists(
                values(record),
                min_size=1,
                max_size=2,
                unique_by=lambda entry: getattr(entry, named),
            )
            return entries.map(tuple)
        case Record(cls):
            return records(cls)
    raise AssertionError(shape)


@st.composite
def records(draw, cls):
    given = {}
    for field in fields_of(cls):
        if field.required or draw(st.booleans()):
            given[field.name] = draw(value_of(field, given))
    return cls(**given)


def value_of(field, given):
    return values(field.shape[given["kind"]] if isinstance(field.shape, Variant) else field.shape)


def retold(value, words):
    """A document with every free text replaced by the next of some words."""
    if isinstance(value, tuple):
        return tuple(retold(item, words) for item in value)
    # codes have a form of their own, by scheme
    if not is_dataclass(value) or isinstance(value, NominalDate | Code):
        return value
    free = {
        field.name
        for field in fields_of(type(value))
        if isinstance(field.shape, Text) and not (field.shape.pattern or field.shape.vocabulary)
    }
    told = {field.name: getattr(value, field.name) for field in fields(value)}
    return replace(
        value,
        **{
            name: next(words)
            if name in free and inside not in (None, MISSING)
            else retold(inside, words)
            for name, inside in told.items()
        },
    )

"""What every picture comes as: two drawings of one thing, and its numbers as a table."""

from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from web.pictures.svg import number, tag
from web.stations import Station

Cell = str | int


@dataclass(frozen=True, slots=True)
class Picture:
    """title: the question the picture answers. numeric: which columns of the table are figures.
    kind: a word of the style sheet that says how far the drawing may grow: map, strip, funnel, grid.
    """

    title: str
    says: str
    wide: SafeString
    narrow: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = field(default_factory=frozenset)
    stations: tuple[Station, ...] = ()
    kind: str = "map"


@dataclass(frozen=True, slots=True)
class Words:
    """What a drawing says of itself. `key` keeps the ids of two pictures on a page apart."""

    key: str
    title: str
    desc: str


def drawing(*inside: str, words: Words, size: tuple[float, float], kind: str) -> SafeString:
    """The svg element: named and described for a screen reader, a quarter larger than its box
    at most, so that letters of two pictures on a page look alike."""
    name = f"{words.key}-{kind}"
    svg = tag(
        "svg",
        tag("title", escape(words.title), id=f"{name}-title"),
        tag("desc", escape(words.desc), id=f"{name}-desc"),
        *inside,
        class_=f"pic pic--{kind}",
        viewBox=f"0 0 {number(size[0])} {number(size[1])}",
        width=size[0] * 1.25,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )
    return mark_safe(svg)  # noqa: S308 - web.pictures.svg has escaped every word and attribute

"""Station identity: one colour, one shape and one code per institution, the same everywhere.

The code and the shape carry the meaning; the colour helps. Colours are numbers of a palette of
twelve that stays apart under protanopia, deuteranopia and tritanopia; how each looks by day, by
night and on paper is the style sheet's business (`station--c1` to `station--c12` in site.css).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

COLOURS = 12

# Outlines in a box of 24 by 24, drawn to weigh about the same.
SHAPES: dict[str, str] = {
    "circle": "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z",
    "diamond": "M12 1.5L22.5 12L12 22.5L1.5 12z",
    "triangle": "M12 2.5L22.5 20.5H1.5z",
    "square": "M4 4H20V20H4z",
    "pentagon": "M12 1.8L22 9.1L18.2 20.9H5.8L2 9.1z",
    "hexagon": "M12 1.8L21 6.9V17.1L12 22.2L3 17.1V6.9z",
    "cross": "M8.5 2.5H15.5V8.5H21.5V15.5H15.5V21.5H8.5V15.5H2.5V8.5H8.5z",
    "dome": "M2.5 19V13.5a9.5 9.5 0 0 1 19 0V19z",
    "wedge": "M1.5 3.5H22.5L12 21.5z",
    "star": "M12 1.5L14.9 8.6L22.5 9.2L16.7 14.1L18.5 21.6L12 17.5L5.5 21.6L7.3 14.1L1.5 9.2L9.1 8.6z",
    "capsule": "M7 6H17a6 6 0 0 1 0 12H7A6 6 0 0 1 7 6z",
    "drop": "M12 1.5C16 7 20 10.6 20 14.6a8 8 0 0 1-16 0C4 10.6 8 7 12 1.5z",
}
SHAPE_NAMES = tuple(SHAPES)


@dataclass(frozen=True, slots=True)
class Station:
    """An institution as a stop. `colour` is 1 to 12; `shape` is one of SHAPES."""

    code: str
    name: str = ""
    colour: int = 1
    shape: str = "circle"

    def __post_init__(self) -> None:
        if not 1 <= self.colour <= COLOURS:
            raise ValueError(f"A station's colour is 1 to {COLOURS}; it is {self.colour}.")
        if self.shape not in SHAPES:
            raise ValueError(f"{self.shape!r} is no shape; there are: {', '.join(SHAPES)}.")

    @property
    def css(self) -> str:
        return f"station--c{self.colour}"

    @property
    def path(self) -> str:
        return SHAPES[self.shape]


@dataclass(frozen=True, slots=True)
class LineStop:
    """One stop on a line. Several stations mean a choice between them.

    state: "done", "here", "next", "open" or "" where it does not matter.
    """

    stations: tuple[Station, ...]
    title: str = ""
    when: str = ""
    state: str = ""


def station(
    code: str,
    *,
    name: str = "",
    index: int | None = None,
    colour: int | None = None,
    shape: str | None = None,
) -> Station:
    """The identity of `code`: what the programme file says, else its place there, else its letters.

    Neighbouring indexes differ in both colour and shape, and no pair repeats before the
    thirteenth station; from there on the shapes shift by one against the colours.
    """
    number = crc32(code.upper().encode()) if index is None else index
    return Station(
        code=code,
        name=name,
        colour=number % COLOURS + 1 if colour is None else colour,
        shape=SHAPE_NAMES[(number + number // COLOURS) % len(SHAPES)] if shape is None else shape,
    )


def stations(named: Iterable[tuple[str, str]]) -> dict[str, Station]:
    """Identities for a whole consortium, in the order of its programme file: code, name."""
    return {code: station(code, name=name, index=i) for i, (code, name) in enumerate(named)}

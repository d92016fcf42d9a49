"""Ribbons between stations, drawn to the right or downward from the same plan."""

from dataclasses import dataclass
from html import escape

from web.pictures.svg import number, tag, text
from web.pictures.track_plan import Ribbon
from web.pictures.tracks import Stop, TrackMap

DASHES = 6  # kinds of thread in the style sheet, pic-t1 to pic-t6
LEGIBLE = 13  # a thinner ribbon cannot carry its figure


@dataclass(frozen=True)
class Way:
    """first: where the first period lies along the travel. offset: added across it."""

    key: str
    first: float
    step: float
    offset: float
    down: bool = False

    def at(self, column: int) -> float:
        return self.first + self.step * column

    def point(self, along: float, side: float) -> tuple[float, float]:
        return (side, along) if self.down else (along, side)


def ribbon(given: TrackMap, one: Ribbon, way: Way) -> str:
    """A band with a thread of its own dashes down its middle; a bare line where nobody goes."""
    ends = given.ends(one.flow)
    origin, target = (given.stop(*end) for end in ends)
    start, end = (way.at(column) for column, _ in ends)
    near, far = one.leaves + way.offset, one.arrives + way.offset
    middle = _curve(way, (start, near + one.width / 2), (end, far + one.width / 2))
    name = f"{way.key}-{ends[0][0]}-{origin.code}-{target.code}".replace(" ", "_")
    drawn = [_gradient(name, origin, target, way, (start, end))]
    paint = f"url(#{name})"
    if one.flow.students:
        back = _curve(way, (end, far + one.width), (start, near + one.width))
        outline = f"{_curve(way, (start, near), (end, far))}L{back[1:]}Z"
        says = tag("title", escape(f"{origin.code} – {target.code}: {one.flow.students}"))
        drawn.append(tag("path", says, class_="pic-ribbon", d=outline, fill=paint))
    else:
        drawn.append(tag("path", class_="pic-possible", d=middle, stroke=paint))
    codes = [stop.code for stop in given.columns[ends[1][0]].stations]
    dashes = codes.index(target.code) % DASHES + 1
    drawn.append(tag("path", class_=f"pic-thread pic-t{dashes}", d=middle))
    if one.width >= LEGIBLE and one.flow.students and not way.down:
        drawn.append(_figure(one, (start, near), (end, far)))
    return "".join(drawn)


def _curve(way: Way, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Leaves and arrives along the direction of travel, like a track through points."""
    bend = (start[0] + end[0]) / 2
    points = [way.point(*p) for p in (start, (bend, start[1]), (bend, end[1]), end)]
    flat = [number(value) for point in points for value in point]
    return f"M{flat[0]} {flat[1]}C{' '.join(flat[2:])}"


def _gradient(name: str, origin: Stop, target: Stop, way: Way, span: tuple[float, float]) -> str:
    axis = "y" if way.down else "x"
    still = "x" if way.down else "y"
    ends = {f"{axis}1": span[0], f"{axis}2": span[1], f"{still}1": 0.0, f"{still}2": 0.0}
    return tag(
        "linearGradient",
        tag("stop", class_=origin.station.css, offset=0.1),
        tag("stop", class_=target.station.css, offset=0.9),
        id=name,
        gradientUnits="userSpaceOnUse",
        **ends,
    )


def _figure(one: Ribbon, start: tuple[float, float], end: tuple[float, float]) -> str:
    """How many, seven tenths down the curve, where ribbons have come apart again."""
    x = start[0] + 0.658 * (end[0] - start[0])
    y = start[1] + 0.784 * (end[1] - start[1]) + one.width / 2
    return text(str(one.flow.students), x, y + 5, 14, class_="pic-halo", anchor="middle")

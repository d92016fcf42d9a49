"""The signature picture: who goes where, period by period, as ribbons between stations."""

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.pictures.frame import Cell, Picture, drawing
from web.pictures.svg import number, symbol, tag, text, wrapped
from web.pictures.track_plan import Box, Plan, Ribbon, Room, plan
from web.pictures.tracks import Column, Flow, Stop, TrackMap

__all__ = ["Column", "Flow", "Stop", "TrackMap", "track_map"]

WIDE = Room(room=300, gap=62, least=34, pad=8)
STEP, EDGE, HEAD, HALF = 240.0, 92.0, 124.0, 16.0
GUTTER, NARROW, ROW, TALL = 70.0, 336.0, 128.0, 58.0


def track_map(given: TrackMap, *, key: str = "track-map", title: str = "") -> Picture:
    """`key` keeps the ids of two maps on one page apart. `title` is the question it answers."""
    title = title or _("Who studies where")
    desc = " ".join(_sentences(given)) or _("No students have been placed yet.")
    most = max(len(column.stations) for column in given.columns)
    return Picture(
        title=title,
        says=_says(given),
        wide=_wide(given, plan(given, WIDE), key, title, desc),
        narrow=_narrow(given, plan(given, _narrow_room(most)), key, title, desc),
        heads=(_("From"), _("To"), _("Students")),
        rows=tuple(_row(given, flow) for flow in given.merged),
        numeric=frozenset({2}),
        stations=tuple({s.code: s.station for c in given.columns for s in c.stations}.values()),
    )


def _says(given: TrackMap) -> str:
    if given.nobody:
        return _("Every line is a way one can take; nobody has been placed yet.")
    return _("The wider the ribbon, the more students take it.")


def _row(given: TrackMap, flow: Flow) -> tuple[Cell, ...]:
    one, two = (given.stop(*end) for end in given.ends(flow))
    here, there = given.columns[flow.from_column : flow.from_column + 2]
    return (
        f"{here.code} {one.code} {one.name}".strip(),
        f"{there.code} {two.code} {two.name}".strip(),
        flow.students,
    )


def _sentences(given: TrackMap) -> list[str]:
    return [
        ngettext(
            "%(period)s: %(n)d student from %(one)s to %(two)s.",
            "%(period)s: %(n)d students from %(one)s to %(two)s.",
            flow.students,
        )
        % {
            "n": flow.students,
            "period": given.columns[flow.from_column].code,
            "one": flow.from_code,
            "two": flow.to_code,
        }
        for flow in given.merged
        if flow.students
    ]


def _count(given: TrackMap, column: int, stop: Stop) -> str:
    students = given.students(column, stop.code)
    if stop.seats is not None and (given.nobody or not given.flows):
        return ngettext("%(n)d seat", "%(n)d seats", stop.seats) % {"n": stop.seats}
    if stop.seats is not None:
        return _("%(students)d of %(seats)d") % {"students": students, "seats": stop.seats}
    return "" if given.nobody else str(students)


# -- to the right, on a wide page


def _wide(given: TrackMap, laid: Plan, key: str, title: str, desc: str) -> SafeString:
    size = (2 * EDGE + STEP * (len(given.columns) - 1), HEAD + laid.extent + 12)
    parts = [tag("path", class_="pic-rule", d=f"M0 52.5H{number(size[0])}")]
    for i, column in enumerate(given.columns):
        parts += _head(column, EDGE + STEP * i)
    parts += [_ribbon(given, r, f"{key}-w", across=False) for r in laid.ribbons]
    for box in laid.boxes:
        parts += _station(given, box)
    return drawing(*parts, key=key, size=size, kind="wide", title=title, desc=desc)


def _head(column: Column, x: float) -> list[str]:
    return [
        text(column.title, x, 18, 19, "pic-serif", "middle"),
        text(column.when, x, 38, 13, "pic-soft", "middle"),
        tag("path", class_="pic-axis", d=f"M{number(x)} 48V57"),
    ]


def _station(given: TrackMap, box: Box) -> list[str]:
    stop, x, y = given.stop(box.column, box.code), EDGE + STEP * box.column, HEAD + box.start
    names = wrapped(stop.name, 24, 2)
    first = y - 12 - 15 * len(names)
    label = f"{stop.code}  {_count(given, box.column, stop)}".strip()
    return [
        _outline(stop, x - HALF, y, 2 * HALF, box.size),
        symbol(stop.path, stop.colour, x, y + box.size / 2, 20),
        text(label, x, first + 3, 16, "pic-bold pic-halo", "middle"),
        *(
            text(line, x, first + 4 + 15 * i, 13, "pic-soft pic-halo", "middle")
            for i, line in enumerate(names, 1)
        ),
    ]


def _outline(stop: Stop, x: float, y: float, width: float, height: float) -> str:
    firm = stop.kind == "university"
    radius = min(width, height, 2 * HALF) / 2
    return tag(
        "rect",
        class_="pic-stop" if firm else "pic-stop pic-stop--open",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=radius,
    )


# -- downward, on a narrow page


def _narrow_room(most: int) -> Room:
    each = (NARROW - GUTTER) / most
    return Room(
        room=NARROW - GUTTER, gap=min(16.0, each * 0.12), least=min(52.0, each * 0.88), pad=2, thickest=8
    )


def _narrow(given: TrackMap, laid: Plan, key: str, title: str, desc: str) -> SafeString:
    size = (GUTTER + laid.extent, ROW * (len(given.columns) - 1) + TALL + 4)
    parts = [_ribbon(given, r, f"{key}-n", across=True) for r in laid.ribbons]
    for i, column in enumerate(given.columns):
        y = ROW * i + 2
        lines = [*wrapped(column.title, 10, 2), *wrapped(column.when, 12, 2)]
        titles = len(wrapped(column.title, 10, 2))
        parts += [
            text(line, 0, y + 22 + 15 * j, 14 if j < titles else 11, "pic-serif" if j < titles else "pic-soft")
            for j, line in enumerate(lines)
        ]
    for box in laid.boxes:
        parts += _sign(given, box)
    return drawing(*parts, key=key, size=size, kind="narrow", title=title, desc=desc)


def _sign(given: TrackMap, box: Box) -> list[str]:
    stop, x, y = given.stop(box.column, box.code), GUTTER + box.middle, ROW * box.column + 2
    small = box.size < 40
    students = given.students(box.column, box.code)
    figure = "" if given.nobody else str(students)
    return [
        _outline(stop, GUTTER + box.start, y, box.size, TALL),
        symbol(stop.path, stop.colour, x, y + (15 if figure else 20), 14 if small else 17),
        text(stop.code, x, y + (36 if figure else 43), 9 if small else 13, "pic-bold", "middle"),
        *([text(figure, x, y + 50, 9 if small else 12, "", "middle")] if figure else []),
    ]


# -- ribbons, either way


def _ribbon(given: TrackMap, ribbon: Ribbon, key: str, *, across: bool) -> str:
    """A band with a thread of its own dashes down its middle; a bare line where nobody goes yet."""
    one, two = (given.stop(*end) for end in given.ends(ribbon.flow))
    column, half = ribbon.flow.from_column, ribbon.width / 2
    start, end = (ROW * column + TALL / 2, ROW * (column + 1) + TALL / 2) if across else (
        EDGE + STEP * column,
        EDGE + STEP * (column + 1),
    )
    offset = GUTTER if across else HEAD
    a, b = ribbon.leaves + offset, ribbon.arrives + offset
    middle = _curve(start, a + half, end, b + half, across)
    name = f"{key}-{column}-{one.code}-{two.code}".replace(" ", "_")
    bends = _gradient(name, one.colour, two.colour, start, end, across)
    dashes = [s.code for s in given.columns[column + 1].stations].index(two.code) % 6 + 1
    thread = tag("path", class_=f"pic-thread pic-t{dashes}", d=middle)
    if ribbon.flow.students == 0:
        line = tag("path", class_="pic-possible", d=middle, stroke=f"url(#{name})")
        return bends + line + thread
    back = _curve(end, b + ribbon.width, start, a + ribbon.width, across).replace("M", "L", 1)
    band = tag(
        "path",
        tag("title", escape(f"{one.code} – {two.code}: {ribbon.flow.students}")),
        class_="pic-ribbon",
        d=f"{_curve(start, a, end, b, across)}{back}Z",
        fill=f"url(#{name})",
    )
    return bends + band + thread + _figure(ribbon, start, end, a + half, b + half, across)


def _curve(start: float, a: float, end: float, b: float, across: bool) -> str:
    """Leaves and arrives along the direction of travel, like a track through points."""
    bend = (start + end) / 2
    points = [(start, a), (bend, a), (bend, b), (end, b)]
    flat = [number(v) for along, side in points for v in ((side, along) if across else (along, side))]
    return f"M{flat[0]} {flat[1]}C{' '.join(flat[2:])}"


def _gradient(name: str, one: int, two: int, start: float, end: float, across: bool) -> str:
    ends = {"x1": 0.0, "x2": 0.0, "y1": start, "y2": end} if across else {"x1": start, "x2": end}
    return tag(
        "linearGradient",
        tag("stop", class_=f"station--c{one}", offset=0.12),
        tag("stop", class_=f"station--c{two}", offset=0.88),
        id=name,
        gradientUnits="userSpaceOnUse",
        **ends,
    )


def _figure(ribbon: Ribbon, start: float, end: float, a: float, b: float, across: bool) -> str:
    """How many, on the ribbon, where it is thick enough to carry the words."""
    if ribbon.width < 13 or across:
        return ""
    x, y = start + 0.658 * (end - start), a + 0.784 * (b - a)  # the curve at 0.7
    return text(str(ribbon.flow.students), x, y + 5, 14, "pic-halo", "middle")

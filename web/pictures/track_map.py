"""The signature picture: who goes where, period by period, as ribbons between stations."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.pictures.frame import Cell, Picture, Words, drawing
from web.pictures.svg import number, symbol, tag, text, wrapped
from web.pictures.track_plan import Box, Plan, Room, plan
from web.pictures.track_ribbons import Way, ribbon
from web.pictures.tracks import Column, Flow, Stop, TrackMap

__all__ = ["Column", "Flow", "Stop", "TrackMap", "track_map"]

WIDE = Room(room=300, gap=62, least=34, pad=8)
STEP, EDGE, HEAD, HALF = 240.0, 92.0, 124.0, 16.0
GUTTER, NARROW, ROW, TALL = 80.0, 344.0, 128.0, 58.0
CRAMPED = 40  # a sign this small gets small letters


def track_map(given: TrackMap, *, key: str = "track-map", title: str = "") -> Picture:
    """`key` keeps the ids of two maps on one page apart. `title` is the question it answers."""
    title = title or _("Who studies where")
    desc = " ".join(_sentences(given)) or _("No students have been placed yet.")
    words = Words(key, title, desc)
    most = max(len(column.stations) for column in given.columns)
    return Picture(
        title=title,
        says=_says(given),
        wide=_wide(given, plan(given, WIDE), words),
        narrow=_narrow(given, plan(given, _narrow_room(most)), words),
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


def _wide(given: TrackMap, laid: Plan, words: Words) -> SafeString:
    size = (2 * EDGE + STEP * (len(given.columns) - 1), HEAD + laid.extent + 12)
    way = Way(f"{words.key}-w", EDGE, STEP, HEAD)
    parts = [tag("path", class_="pic-rule", d=f"M0 52.5H{number(size[0])}")]
    for i, column in enumerate(given.columns):
        parts += _head(column, way.at(i))
    parts += [ribbon(given, one, way) for one in laid.ribbons]
    for box in laid.boxes:
        parts += _station(given, box)
    return drawing(*parts, words=words, size=size, kind="wide")


def _head(column: Column, x: float) -> list[str]:
    return [
        text(column.title, x, 18, 19, class_="pic-serif", anchor="middle"),
        text(column.when, x, 38, 13, class_="pic-soft", anchor="middle"),
        tag("path", class_="pic-axis", d=f"M{number(x)} 48V57"),
    ]


def _station(given: TrackMap, box: Box) -> list[str]:
    stop, x, y = given.stop(box.column, box.code), EDGE + STEP * box.column, HEAD + box.start
    names = wrapped(stop.name, 24, 2)
    first = y - 12 - 15 * len(names)
    count = _count(given, box.column, stop)
    return [
        _outline(stop, x - HALF, y, 2 * HALF, box.size),
        symbol(stop.path, stop.colour, x, y + box.size / 2, 20),
        text(stop.code, x, first + 3, 16, class_="pic-bold pic-halo", anchor="middle", tail=count),
        *(
            text(line, x, first + 4 + 15 * i, 13, class_="pic-soft pic-halo", anchor="middle")
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
        room=NARROW - GUTTER,
        gap=min(16.0, each * 0.12),
        least=min(52.0, each * 0.88),
        pad=2,
        thickest=8,
    )


def _narrow(given: TrackMap, laid: Plan, words: Words) -> SafeString:
    size = (GUTTER + laid.extent, ROW * (len(given.columns) - 1) + TALL + 4)
    way = Way(f"{words.key}-n", TALL / 2, ROW, GUTTER, down=True)
    parts = [ribbon(given, one, way) for one in laid.ribbons]
    for i, column in enumerate(given.columns):
        parts += _row_head(column, ROW * i + 2)
    for box in laid.boxes:
        parts += _sign(given, box)
    return drawing(*parts, words=words, size=size, kind="narrow")


def _row_head(column: Column, y: float) -> list[str]:
    titles, whens = wrapped(column.title, 10, 2), wrapped(column.when, 12, 2)
    return [
        *(text(line, 0, y + 20 + 15 * i, 13, class_="pic-serif") for i, line in enumerate(titles)),
        *(
            text(line, 0, y + 20 + 15 * i, 11, class_="pic-soft")
            for i, line in enumerate(whens, len(titles))
        ),
    ]


def _sign(given: TrackMap, box: Box) -> list[str]:
    stop, x, y = given.stop(box.column, box.code), GUTTER + box.middle, ROW * box.column + 2
    small = box.size < CRAMPED
    students = given.students(box.column, box.code)
    figure = "" if given.nobody else str(students)
    return [
        _outline(stop, GUTTER + box.start, y, box.size, TALL),
        symbol(stop.path, stop.colour, x, y + (15 if figure else 20), 14 if small else 17),
        text(
            stop.code,
            x,
            y + (36 if figure else 43),
            9 if small else 13,
            class_="pic-bold",
            anchor="middle",
        ),
        *([text(figure, x, y + 50, 9 if small else 12, anchor="middle")] if figure else []),
    ]

"""Where are seats left, and where are too many? Hosts down, periods across, a bar in each cell.

The outline is what the host offers, the ink in it who has a place; one scale for the whole grid.
Dashed beyond the outline: students too many. Seats that nobody counted have no outline.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.pictures.frame import Cell, Picture, Words, drawing
from web.pictures.svg import tag, text
from web.stations import Station

HOSTS, PERIOD, ROW, HEAD, BAR = 86.0, 150.0, 34.0, 34.0, 16.0
FIGURE = 44.0  # room beside a bar for "12 of 10"
SLIM, SIGN, LINE = 320.0, 24.0, 22.0
LABEL = 108.0


@dataclass(frozen=True, slots=True)
class Seats:
    """offered: None where nobody counted the seats."""

    taken: int
    offered: int | None

    @property
    def says(self) -> str:
        if self.offered is None:
            return str(self.taken)
        return _("%(taken)d of %(offered)d") % {"taken": self.taken, "offered": self.offered}

    @property
    def most(self) -> int:
        return max(self.taken, self.offered or 0)


@dataclass(frozen=True, slots=True)
class Grid:
    """rows: a host, and its seats for each period, None where it offers nothing."""

    periods: tuple[str, ...]
    rows: tuple[tuple[Station, tuple[Seats | None, ...]], ...]

    @property
    def most(self) -> int:
        return max([1, *(seats.most for _host, cells in self.rows for seats in cells if seats)])


def seat_grid(grid: Grid, *, key: str = "seat-grid", title: str = "") -> Picture:
    title = title or _("Where seats are left")
    words = Words(key, title, " ".join(_sentences(grid)))
    return Picture(
        title=title,
        says=_("Outline: seats offered. Ink: students. Dashed: students beyond the seats."),
        wide=_wide(grid, words),
        narrow=_narrow(grid, words),
        heads=(_("Host"), *grid.periods),
        rows=tuple(_row(host, cells) for host, cells in grid.rows),
        stations=tuple(host for host, _cells in grid.rows),
        kind="grid",
    )


def _row(host: Station, cells: tuple[Seats | None, ...]) -> tuple[Cell, ...]:
    return (f"{host.code} {host.name}".strip(), *(each.says if each else "–" for each in cells))


def _sentences(grid: Grid) -> list[str]:
    return [
        f"{host.code}, {period}: {seats.says}."
        for host, cells in grid.rows
        for period, seats in zip(grid.periods, cells, strict=True)
        if seats
    ]


def bar(seats: Seats, x: float, y: float, scale: float) -> list[str]:
    """Somebody is never drawn as nobody: one student is at least 2 units wide."""
    offered = seats.taken if seats.offered is None else seats.offered
    inside, over = min(seats.taken, offered), max(0, seats.taken - offered)
    parts = []
    if seats.offered:
        width = max(2.0, offered * scale)
        parts.append(tag("rect", class_="pic-seats", x=x, y=y, width=width, height=BAR))
    if inside:
        width = max(2.0, inside * scale)
        parts.append(tag("rect", class_="pic-bar", x=x, y=y + 3, width=width, height=BAR - 6))
    if over:
        at, width = x + offered * scale, max(2.0, over * scale)
        parts.append(tag("rect", class_="pic-ghost", x=at, y=y + 3, width=width, height=BAR - 6))
    return parts


def _wide(grid: Grid, words: Words) -> SafeString:
    scale = (PERIOD - FIGURE - 22) / grid.most
    width = HOSTS + PERIOD * len(grid.periods)
    parts = [
        text(period, HOSTS + PERIOD * i, 18, 15, class_="pic-serif")
        for i, period in enumerate(grid.periods)
    ]
    for line, (host, cells) in enumerate(grid.rows):
        y = HEAD + ROW * line
        parts.append(tag("path", class_="pic-rule", d=f"M0 {y - 6:.1f}H{width:.1f}"))
        parts.append(_sign(host, y + BAR / 2))
        for i, seats in enumerate(cells):
            x = HOSTS + PERIOD * i
            if seats:
                parts += bar(seats, x, y, scale)
                parts.append(text(seats.says, x + seats.most * scale + 8, y + 13, 13))
    return drawing(*parts, words=words, size=(width, HEAD + ROW * len(grid.rows)), kind="wide")


def _narrow(grid: Grid, words: Words) -> SafeString:
    scale = (SLIM - LABEL - FIGURE - 8) / grid.most
    parts, y = [], 4.0
    for host, cells in grid.rows:
        parts.append(_sign(host, y + SIGN / 2))
        y += SIGN + 4
        for period, seats in zip(grid.periods, cells, strict=True):
            if seats:
                parts.append(text(period, 0, y + 13, 12, class_="pic-soft"))
                parts += bar(seats, LABEL, y, scale)
                parts.append(text(seats.says, LABEL + seats.most * scale + 8, y + 13, 12))
                y += LINE
        y += 10
    return drawing(*parts, words=words, size=(SLIM, y), kind="narrow")


def _sign(host: Station, middle: float) -> str:
    return tag(
        "g",
        tag(
            "path",
            class_=f"pic-symbol station--c{host.colour}",
            d=host.path,
            transform=f"translate(2 {middle - 9:.1f}) scale(0.75)",
        ),
        text(host.code, 28, middle + 5, 15, class_="pic-bold"),
    )

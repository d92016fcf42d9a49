"""One student's line: where they were, are, and go; with dates, credits and state at each stop."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.pictures.frame import Picture, Words, drawing
from web.pictures.svg import number, symbol, tag, text, wrapped
from web.stations import Station

STEP, EDGE, MIDDLE, RADIUS = 220.0, 96.0, 74.0, 20.0
ROW, TOP, LEFT = 84.0, 30.0, 26.0

STATES = {
    "done": gettext_lazy("done"),
    "here": gettext_lazy("here now"),
    "next": gettext_lazy("planned"),
    "open": gettext_lazy("not chosen yet"),
    "cancelled": gettext_lazy("cancelled"),
}


@dataclass(frozen=True)
class StripStop:
    """state: one of STATES. credits: words such as "30 ECTS"; empty while there are none."""

    station: Station
    period: str
    dates: str = ""
    state: str = "next"
    credits: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(
                f"{self.state!r} is no state of a stop; there are: {', '.join(STATES)}."
            )

    @property
    def says(self) -> str:
        return ", ".join(filter(None, [str(STATES[self.state]), self.credits]))


def path_strip(stops: tuple[StripStop, ...], *, key: str = "path", title: str = "") -> Picture:
    """Needs at least one stop, in the order of travel."""
    if not stops:
        raise ValueError("A path has at least one stop.")
    title = title or _("My path")
    desc = " ".join(
        f"{s.period}: {s.station.code} {s.station.name} ({', '.join(filter(None, [s.dates, s.says]))})."
        for s in stops
    )
    return Picture(
        title=title,
        says="",
        wide=_wide(stops, Words(key, title, desc)),
        narrow=_narrow(stops, Words(key, title, desc)),
        heads=(_("Period"), _("Host"), _("Dates"), _("State")),
        rows=tuple(
            (s.period, f"{s.station.code} {s.station.name}".strip(), s.dates, s.says) for s in stops
        ),
        kind="strip",
    )


def _wide(stops: tuple[StripStop, ...], words: Words) -> SafeString:
    size = (2 * EDGE + STEP * (len(stops) - 1), 176.0)
    parts: list[str] = []
    for i, leg in enumerate(pairwise(stops)):
        x = EDGE + STEP * i
        parts += _track(f"M{number(x)} {number(MIDDLE)}H{number(x + STEP)}", *leg)
    for i, stop in enumerate(stops):
        x = EDGE + STEP * i
        names = wrapped(stop.station.name, 24, 2)
        parts += [
            text(stop.period, x, 18, 16, class_="pic-serif", anchor="middle"),
            text(stop.dates, x, 36, 12.5, class_="pic-soft", anchor="middle"),
            *_circle(stop, x, MIDDLE),
            text(stop.station.code, x, MIDDLE + 42, 16, class_="pic-bold", anchor="middle"),
            *(
                text(n, x, MIDDLE + 59 + 15 * j, 13, class_="pic-soft", anchor="middle")
                for j, n in enumerate(names)
            ),
            text(stop.says, x, MIDDLE + 61 + 15 * len(names), 13, anchor="middle"),
        ]
    return drawing(*parts, words=words, size=size, kind="wide")


def _narrow(stops: tuple[StripStop, ...], words: Words) -> SafeString:
    size = (320.0, ROW * (len(stops) - 1) + 2 * TOP + 30)
    parts: list[str] = []
    for i, leg in enumerate(pairwise(stops)):
        y = TOP + ROW * i
        parts += _track(f"M{number(LEFT)} {number(y)}V{number(y + ROW)}", *leg)
    for i, stop in enumerate(stops):
        y, x = TOP + ROW * i, LEFT + 36
        parts += [
            *_circle(stop, LEFT, y),
            text(f"{stop.station.code}  {stop.period}", x, y - 4, 15, class_="pic-bold"),
            *(text(n, x, y + 14, 13, class_="pic-soft") for n in wrapped(stop.station.name, 38, 1)),
            text(", ".join(filter(None, [stop.dates, stop.says])), x, y + 31, 12.5),
        ]
    return drawing(*parts, words=words, size=size, kind="narrow")


def _track(d: str, origin: StripStop, towards: StripStop) -> list[str]:
    """A cased track in the colour one leaves where one has travelled, dashes where not."""
    if towards.state in {"done", "here"}:
        return [
            tag("path", class_="pic-track", d=d),
            tag("path", class_=f"pic-track-fill {origin.station.css}", d=d),
        ]
    return [tag("path", class_="pic-track pic-track--open", d=d)]


def _circle(stop: StripStop, x: float, y: float) -> list[str]:
    firm = stop.state in {"done", "here", "next"}
    parts = [
        tag(
            "circle",
            tag("title", escape(f"{stop.station.code}: {stop.says}")),
            class_="pic-stop" if firm else "pic-stop pic-stop--open",
            cx=x,
            cy=y,
            r=RADIUS,
        ),
        symbol(stop.station.path, stop.station.colour, x, y, 20),
    ]
    if stop.state == "here":
        parts.append(tag("circle", class_="pic-here", cx=x, cy=y, r=RADIUS + 5))
    if stop.state == "cancelled":
        d = f"M{number(x - 15)} {number(y + 15)}L{number(x + 15)} {number(y - 15)}"
        parts.append(tag("path", class_="pic-axis", stroke_width=3, d=d))
    return parts

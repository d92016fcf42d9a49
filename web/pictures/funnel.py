"""Where do we lose whom? The stages of a call as bars, last year as a ghost behind them."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.pictures.frame import Picture, Words, drawing
from web.pictures.svg import tag, text

WIDTH, LABELS, FIGURES, STEP, BAR = 640.0, 116.0, 130.0, 38.0, 20.0
SLIM, TALL = 320.0, 50.0


@dataclass(frozen=True)
class Stage:
    """count: people who got this far. last: the same a year ago, None when nobody counted."""

    name: str
    count: int
    last: int | None = None

    def __post_init__(self) -> None:
        if min(self.count, self.last or 0) < 0:
            raise ValueError(f"{self.name}: nobody can be fewer than no people.")


def funnel(
    stages: tuple[Stage, ...], *, key: str = "funnel", title: str = "", last_title: str = ""
) -> Picture:
    """`last_title` names the year behind, for the heading of its column."""
    title = title or _("Where we lose whom")
    last_title = last_title or _("Last year")
    most = max([1, *(s.count for s in stages), *(s.last or 0 for s in stages)])
    shares = _shares(stages)
    desc = " ".join(f"{s.name}: {s.count}." for s in stages)
    ghosts = any(s.last is not None for s in stages)
    return Picture(
        title=title,
        says=_("Filled: now. Dashed: %(last)s.") % {"last": last_title} if ghosts else "",
        wide=_wide(stages, most, Words(key, title, desc)),
        narrow=_narrow(stages, most, Words(key, title, desc)),
        heads=(_("Stage"), _("People"), _("Of the stage before"), last_title),
        rows=tuple(
            (s.name, s.count, share, "–" if s.last is None else s.last)
            for s, share in zip(stages, shares, strict=True)
        ),
        numeric=frozenset({1, 2, 3}),
        kind="funnel",
    )


def _shares(stages: tuple[Stage, ...]) -> tuple[str, ...]:
    """Whole per cent of the stage before; empty where there was nobody to lose."""
    before = (0, *(s.count for s in stages[:-1]))
    return tuple(
        f"{round(100 * s.count / was)} %" if was else ""
        for s, was in zip(stages, before, strict=True)
    )


def _bars(stage: Stage, x: float, y: float, scale: float) -> list[str]:
    """Somebody is never drawn as nobody: one person is at least 2 units wide."""
    width = max(2.0, stage.count * scale) if stage.count else 0.0
    bars = (
        [tag("rect", class_="pic-bar", x=x, y=y + 3, width=width, height=BAR - 6)] if width else []
    )
    if stage.last:
        ghost = max(2.0, stage.last * scale)
        bars.append(tag("rect", class_="pic-ghost", x=x, y=y - 2, width=ghost, height=BAR + 4))
    return bars


def _reach(stage: Stage, scale: float) -> float:
    return max(stage.count, stage.last or 0) * scale


def _wide(stages: tuple[Stage, ...], most: int, words: Words) -> SafeString:
    scale = (WIDTH - LABELS - FIGURES) / most
    parts: list[str] = []
    for i, (stage, share) in enumerate(zip(stages, _shares(stages), strict=True)):
        y = 8 + STEP * i
        parts += [
            text(stage.name, LABELS - 14, y + 16, 17, anchor="end"),
            *_bars(stage, LABELS, y, scale),
            text(
                number_format(stage.count),
                LABELS + _reach(stage, scale) + 12,
                y + 16,
                17,
                class_="pic-bold",
            ),
            text(share, WIDTH, y + 16, 15, class_="pic-soft", anchor="end"),
        ]
    size = (WIDTH, STEP * len(stages) + 8)
    return drawing(*parts, words=words, size=size, kind="wide")


def _narrow(stages: tuple[Stage, ...], most: int, words: Words) -> SafeString:
    scale = (SLIM - 6) / most
    parts: list[str] = []
    for i, (stage, share) in enumerate(zip(stages, _shares(stages), strict=True)):
        y = TALL * i
        parts += [
            text(stage.name, 0, y + 14, 13),
            text(
                number_format(stage.count), SLIM - 48, y + 14, 13, class_="pic-bold", anchor="end"
            ),
            text(share, SLIM, y + 14, 13, class_="pic-soft", anchor="end"),
            *_bars(stage, 2, y + 22, scale),
        ]
    size = (SLIM, TALL * len(stages) + 4)
    return drawing(*parts, words=words, size=size, kind="narrow")

"""The figures as a table that can be pasted into a page, and the machine they were taken on."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from bench.measure import Figures

HEAD = ("what", "against", "ours ms", "bare ms", "ratio", "spread", "fastest", "turns")


def table(figures: Iterable[Figures]) -> str:
    """A Markdown table, its columns padded so that it reads well in a terminal too."""
    rows = [HEAD, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(figures: Figures) -> tuple[str, ...]:
    low, high = figures.spread
    return (
        figures.pair.what,
        figures.pair.against,
        f"{median(figures.ours) * 1000:.2f}",
        f"{median(figures.bare) * 1000:.2f}",
        f"x{figures.ratio:.1f}",
        f"x{low:.1f} to x{high:.1f}",
        f"x{figures.fastest:.1f}",
        str(len(figures.ours)),
    )


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
    )


def machine(postgres: str) -> str:
    """Cores, versions, and how busy the machine was: on a shared one, only ratios mean much."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({_processor()}), Python {platform.python_version()},"
        f" PostgreSQL {postgres}, {platform.system()}; load {load}"
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (facts.read_text().splitlines() if facts.exists() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()

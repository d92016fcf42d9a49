"""The figures as a table that can be pasted into a page, and the machine they were taken on."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.measure import Figures

HEAD = ("what", "against", "ours ms", "bare ms", "ratio", "spread", "processor", "turns")


def table(figures: Iterable[Figures]) -> str:
    return columns([HEAD, *map(_cells, figures)])


def columns(lines: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table, its columns padded so that it reads well in a terminal too."""
    rows = list(lines)
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    head, *body = [_line(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([head, rule, *body])


def _cells(figures: Figures) -> tuple[str, ...]:
    (low, high), (ours, bare) = figures.spread, figures.milliseconds
    return (
        figures.pair.what,
        figures.pair.against,
        f"{ours:.2f}",
        f"{bare:.2f}",
        f"x{figures.ratio:.1f}",
        f"x{low:.1f} to x{high:.1f}",
        times(figures.processor),
        str(len(figures.ours)),
    )


def times(ratio: float | None) -> str:
    return "" if ratio is None else f"x{ratio:.1f}"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
    )


def machine(connection: psycopg.Connection) -> str:
    """Cores, versions, and how busy the machine was: on a shared one, only ratios mean much."""
    (postgres,) = connection.execute("SHOW server_version").fetchone() or ("",)
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

"""A reviewer's list while the platform grows: the same readings at each size, one table at the end.

Two calls are measured: one that grows with all the others, and a busy one that has its size from the
first step on, so that the growth of the platform is told from the growth of a call.
"""

# ruff: noqa: T201 - it prints, which is what it is for

from collections.abc import Iterable, Mapping

import psycopg
from django.core.management import call_command

from bench import lists
from bench.filling import dossiers, establish, spread_few
from bench.ground import Ground, lay
from bench.hands import opened
from bench.measure import Figures
from bench.people import People, appointed, neighbour
from bench.run import measured
from bench.server import settle, unsettle
from bench.sizes import Growth
from bench.table import columns, machine, times
from config.postgres import Server
from config.steps import step

Place = tuple[str, Ground, People]


def grow(server: Server, database: str, growth: Growth, *, plans: bool) -> None:
    """Print ratios at each size, and what the last size costs by the first, for both ways."""
    with opened(server, database) as hands:
        places = _places(hands.fill, growth)
        found: dict[int, list[Figures]] = {}
        there = 0
        for total in growth.totals:
            each = growth.dossiers(total)
            with step(f"{total:,} dossiers"):
                unsettle(server, database)
                dossiers(hands.fill, places[0][1], there + 1, each, but=places[1][1].call.pk)
                for _, ground, _ in places:
                    spread_few(hands.fill, ground)
                settle(server, database)
            there = each
            found[total] = [
                figures
                for name, ground, people in places
                for figures in measured(
                    lists.reviewer_pairs(hands, ground, people, prefix=f"{name}, "),
                    growth.repeat,
                    server,
                )
            ]
            print(f"  {_counted(hands.bare)}", flush=True)
        print(f"\n{machine(hands.bare)}\n{growth.consortia} consortia, one call each\n")
        print(columns(_rows(found)))
        if plans:
            print(f"\n{lists.plans(hands, *places[0][1:])}")


def _places(hand: psycopg.Connection, growth: Growth) -> tuple[Place, Place]:
    """The growing call and the busy one, the latter filled already."""
    with step("Tables"):
        call_command("migrate", verbosity=0)
    with step(f"{growth.consortia} consortia"):
        ground = lay()
        most = max(growth.busy, growth.dossiers(growth.totals[-1]))
        establish(hand, ground, growth.consortia, most)
        busy = neighbour(ground, 1)
        dossiers(hand, busy, 1, growth.busy, only=busy.call.pk)
        return (
            ("growing call", ground, appointed(ground)),
            ("busy call", busy, appointed(busy)),
        )


def _counted(owner: psycopg.Connection) -> str:
    rows = owner.execute(
        "SELECT (SELECT count(*) FROM admissions_dossier WHERE reference ~ '^B'),"
        " (SELECT count(*) FROM admissions_assignment)"
    ).fetchone() or (0, 0)
    return "{:,} dossiers, {:,} assignments".format(*rows)


def _rows(found: Mapping[int, list[Figures]]) -> Iterable[tuple[str, ...]]:
    """At each size the ratio; what the last size costs by the first. In brackets: of processors."""
    yield (
        "what",
        *(f"{total:,}" for total in found),
        "ours ms",
        "bare ms",
        "ours grew",
        "bare grew",
    )
    for line in zip(*found.values(), strict=True):
        ours, bare = zip(*(figures.milliseconds for figures in line), strict=True)
        yield (
            line[0].pair.what,
            *(_both(figures.ratio, figures.processor) for figures in line),
            " ".join(f"{each:.1f}" for each in ours),
            " ".join(f"{each:.1f}" for each in bare),
            *(_both(grown.clock, grown.processor or None) for grown in line[-1].growth(line[0])),
        )


def _both(clock: float, processor: float | None) -> str:
    return times(clock) if processor is None else f"{times(clock)} ({times(processor)})"

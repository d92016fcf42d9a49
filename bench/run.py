"""Fill, settle, measure, print."""

# ruff: noqa: T201 - it prints, which is what it is for

from collections.abc import Iterator

from django.core.management import call_command

from bench import chaining, edges, granting, lists, pages, placing, submitting
from bench.filling import fill
from bench.ground import Ground, lay
from bench.hands import Hands, opened
from bench.measure import Figures, Pair, measure
from bench.people import People, appointed
from bench.processor import Processor
from bench.server import settle
from bench.sizes import Sizes
from bench.table import machine, table
from config.postgres import Server
from config.steps import step


def run(server: Server, database: str, sizes: Sizes, *, plans: bool) -> None:
    """Print the table of every pair."""
    with opened(server, database) as hands:
        ground, people = _prepared(server, database, hands, sizes)
        figures = list(measured(_pairs(hands, ground, people), sizes.repeat, server))
        with step(f"{sizes.granted:,} dossiers to give, per turn"):
            rush = granting.prepared(hands, ground, sizes)
            settle(server, database)
        figures += measured(granting.pairs(rush, sizes), sizes.repeat, server)
        print(f"\n{machine(hands.bare)}")
        print(
            f"{sizes.consortia} consortia, one call each, {sizes.dossiers:,} dossiers in a call\n"
        )
        print(table(figures))
        if plans:
            print(f"\n{lists.plans(hands, ground, people)}")


def _prepared(server: Server, database: str, hands: Hands, sizes: Sizes) -> tuple[Ground, People]:
    with step("Tables"):
        call_command("migrate", verbosity=0)
    with step(f"{sizes.consortia * sizes.dossiers:,} dossiers"):
        ground = lay()
        fill(hands.fill, ground, sizes)
        people = appointed(ground)
    with step("Statistics"):
        settle(server, database)
    return ground, people


def _pairs(hands: Hands, ground: Ground, people: People) -> Iterator[Pair]:
    yield from edges.pairs(hands.bare, ground, people)
    yield from lists.pairs(hands, ground, people)
    yield from pages.pairs(ground, people)
    yield from submitting.pairs(hands.bare, ground)
    yield from chaining.pairs(hands.bare, ground)
    yield from placing.pairs()


def measured(pairs: Iterator[Pair], repeat: int, server: Server) -> Iterator[Figures]:
    processor = Processor(server.pid)
    for pair in pairs:
        with step(pair.what):
            figures = measure(pair, repeat, processor)
        yield figures

"""Fill, settle, measure, print."""

# ruff: noqa: T201

from collections.abc import Iterator

import psycopg
from django.core.management import call_command

from bench import chaining, edges, lists, pages, placing, submitting
from bench.filling import fill
from bench.ground import Ground, lay
from bench.measure import Figures, Pair, measure
from bench.people import People, appointed
from bench.server import settle
from bench.sizes import Sizes
from bench.table import machine, table
from config.postgres import Server
from config.steps import step


def run(server: Server, database: str, sizes: Sizes, *, plans: bool) -> None:
    """Print the table of every pair."""
    with psycopg.connect(server.owner_url(database), autocommit=True) as owner:
        ground, people = _prepared(server, database, owner, sizes)
        figures = list(_measured(_pairs(owner, ground, people), sizes.repeat))
        print(f"\n{machine(_version(owner))}")
        print(
            f"{sizes.consortia} consortia, one call each, {sizes.dossiers:,} dossiers in a call\n"
        )
        print(table(figures))
        if plans:
            print(f"\n{lists.plans(ground, people)}")


def _prepared(
    server: Server, database: str, owner: psycopg.Connection, sizes: Sizes
) -> tuple[Ground, People]:
    with step("Tables"):
        call_command("migrate", verbosity=0)
    with step(f"{sizes.consortia * sizes.dossiers:,} dossiers"):
        ground = lay()
        fill(owner, ground, sizes)
        people = appointed(ground)
    with step("Statistics"):
        settle(server, database)
    return ground, people


def _pairs(owner: psycopg.Connection, ground: Ground, people: People) -> Iterator[Pair]:
    yield from edges.pairs(owner, ground, people)
    yield from lists.pairs(owner, ground, people)
    yield from pages.pairs(ground, people)
    yield from submitting.pairs(owner, ground)
    yield from chaining.pairs(owner, ground)
    yield from placing.pairs()


def _measured(pairs: Iterator[Pair], repeat: int) -> Iterator[Figures]:
    for pair in pairs:
        with step(pair.what):
            figures = measure(pair, repeat)
        yield figures


def _version(owner: psycopg.Connection) -> str:
    found = owner.execute("SHOW server_version").fetchone()
    return str(found[0]) if found else ""

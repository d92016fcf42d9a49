"""`python -m bench`: a throw-away server, synthetic rows, pairs timed in turns, a table."""

# ruff: noqa: T201 - it prints, which is what it is for

import argparse
import os
import sys
from dataclasses import fields
from typing import Any, TypeVar

import django

from bench import placing_run
from bench.sizes import Growth, Sizes
from config.checks_run import ENVIRONMENT
from config.postgres import PostgresError, Server, cluster

DATABASE = "itinera_bench"
Chosen = TypeVar("Chosen", Sizes, Growth)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--growth", action="store_true", help="a reviewer's list at 10,000, 100,000, 1,000,000"
    )
    parser.add_argument(
        "--placing", action="store_true", help="placement alone: every size, memory, quality"
    )
    parser.add_argument("--plans", action="store_true", help="print the reviewer's query plans too")
    for name in ("consortia", "dossiers", "granted", "repeat", "busy"):
        parser.add_argument(f"--{name}", type=int)
    parser.add_argument("--totals", type=int, nargs="+", help="sizes of the growth run")
    chosen = parser.parse_args()
    if chosen.placing:
        placing_run.run(chosen.repeat or Sizes().repeat)
        return 0
    try:
        return _on_a_server(chosen)
    except PostgresError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _on_a_server(chosen: argparse.Namespace) -> int:
    with cluster(throwaway=True) as server:
        server.ensure_database(DATABASE)
        os.environ.update(ENVIRONMENT)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings",
            DATABASE_URL=server.app_url(DATABASE),
            DATABASE_OWNER_URL=server.owner_url(DATABASE),
            LOG_LEVEL="ERROR",
        )
        django.setup()
        _measure(server, chosen)
    return 0


def _measure(server: Server, chosen: argparse.Namespace) -> None:
    # Models need the settings first.
    from bench.growth import grow  # noqa: PLC0415  # needs Django set up
    from bench.run import run  # noqa: PLC0415  # needs Django set up

    if chosen.growth:
        grow(server, DATABASE, _sized(Growth, chosen), plans=chosen.plans)
    else:
        run(server, DATABASE, _sized(Sizes, chosen), plans=chosen.plans)


def _sized(kind: type[Chosen], chosen: argparse.Namespace) -> Chosen:
    """The sizes that were given, and the usual ones for the rest."""
    given: dict[str, Any] = {
        each.name: value for each in fields(kind) if (value := getattr(chosen, each.name, None))
    }
    if "totals" in given:
        given["totals"] = tuple(given["totals"])
    return kind(**given)


if __name__ == "__main__":
    sys.exit(main())

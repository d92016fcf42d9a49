"""`python -m bench`: a throw-away server, synthetic rows, pairs timed in turns, a table."""

# ruff: noqa: T201

import argparse
import os
import sys

import django

from bench.sizes import Sizes
from config.checks_run import ENVIRONMENT
from config.postgres import PostgresError, cluster

LARGE = Sizes(consortia=200, dossiers=5000)
DATABASE = "itinera_bench"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--large", action="store_true", help="200 consortia of 5,000 dossiers")
    parser.add_argument("--plans", action="store_true", help="print the reviewer's query plans too")
    for name in ("consortia", "dossiers", "repeat"):
        parser.add_argument(f"--{name}", type=int)
    chosen = parser.parse_args()
    base = LARGE if chosen.large else Sizes()
    sizes = Sizes(
        consortia=chosen.consortia or base.consortia,
        dossiers=chosen.dossiers or base.dossiers,
        repeat=chosen.repeat or base.repeat,
    )
    try:
        return _on_a_server(sizes, plans=chosen.plans)
    except PostgresError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _on_a_server(sizes: Sizes, *, plans: bool) -> int:
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
        from bench.run import run  # noqa: PLC0415  # models need the settings first

        run(server, DATABASE, sizes, plans=plans)
    return 0


if __name__ == "__main__":
    sys.exit(main())

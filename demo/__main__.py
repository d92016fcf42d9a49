"""`python -m demo`: everything that Itinera needs, on this machine, until Ctrl-C."""

# ruff: noqa: T201 - it prints, which is what it is for

import argparse
import sys

import psycopg

from config.postgres import PostgresError
from demo.groundwork import VAR, Broken
from demo.single import AlreadyRunning, end
from demo.stack import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--stop", action="store_true", help="stop the one that runs")
    chosen = parser.parse_args()
    try:
        if chosen.stop:
            print("Stopped." if end(VAR) else "No demo was running.")
            return 0
        run(port=chosen.port, fresh=chosen.fresh)
    except (AlreadyRunning, Broken, PostgresError, psycopg.Error) as error:
        print(f"\n{str(error).strip()}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n  Stopped. The data stays for the next start.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

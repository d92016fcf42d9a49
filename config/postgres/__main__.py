"""`python -m config.postgres`: the embedded server, and the roles of any other server."""

# ruff: noqa: S603, T201 - it prints, and runs only commands written here

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg

from config.postgres import PostgresError, roles, server, urls, watchdog

DATABASE = "itinera"
HOME = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var")


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.act(chosen))
    except (PostgresError, psycopg.Error) as error:
        print(str(error).strip(), file=sys.stderr)
        return 1


def start(_: argparse.Namespace) -> int:
    """Start it and leave it running, for manage.py on its own."""
    found = server.start(HOME)
    found.ensure_database(DATABASE)
    print("Started." if found.started else "It was running already.")
    _print_urls(found.owner_url(DATABASE), found.app_url(DATABASE))
    return 0


def stop(chosen: argparse.Namespace) -> int:
    found = server.running(HOME)
    if found:
        server.stop(found)
    print("Stopped." if found else "It was not running.")
    if chosen.remove:
        server.remove(HOME)
    return 0


def status(_: argparse.Namespace) -> int:
    found = server.running(HOME)
    if not found:
        print("Not running.")
        return 3
    print(f"PostgreSQL {found.binaries.major}, process {found.pid}, data in {found.data}")
    _print_urls(found.owner_url(DATABASE), found.app_url(DATABASE))
    return 0


def psql(chosen: argparse.Namespace) -> int:
    """As the owner: row security is forced, so tenant tables look empty without a context."""
    found = server.running(HOME)
    if not found:
        raise PostgresError(
            "psql needs a running server.", "None is.", "Run python -m config.postgres start."
        )
    url = found.superuser_url(DATABASE) if chosen.superuser else found.owner_url(DATABASE)
    command = [str(found.binaries["psql"]), url, *chosen.arguments]
    return subprocess.run(command, check=False).returncode


def prepare(chosen: argparse.Namespace) -> int:
    """Create the roles and the database on any server, and print the two addresses to set."""
    known = set() if chosen.new_passwords else roles.existing(chosen.url)
    owner, app = (
        None if name in known else secrets.token_urlsafe(24) for name in (roles.OWNER, roles.APP)
    )
    roles.ensure_roles(chosen.url, owner_password=owner, app_password=app)
    made = roles.ensure_database(chosen.url, chosen.database)
    print(f"Database {chosen.database} {'created' if made else 'was there'}; the roles are right.")
    base = urls.on_database(chosen.url, chosen.database)
    _print_urls(
        urls.as_user(base, roles.OWNER, owner or "ITS-PASSWORD"),
        urls.as_user(base, roles.APP, app or "ITS-PASSWORD"),
    )
    if not (owner and app):
        print("Passwords of roles that were there stay as they are; --new-passwords sets new ones.")
    return 0


def guard(chosen: argparse.Namespace) -> int:
    watchdog.guard(chosen.parent, chosen.pid, chosen.data, chosen.pg_ctl, chosen.remove)
    return 0


def _print_urls(owner: str, app: str) -> None:
    print(f"DATABASE_URL='{app}'\nDATABASE_OWNER_URL='{owner}'")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m config.postgres", description=__doc__)
    acts = parser.add_subparsers(required=True, metavar="act")
    for name, act, line in (
        ("start", start, "start the embedded server and leave it running"),
        ("status", status, "say whether it runs, and where"),
    ):
        acts.add_parser(name, help=line).set_defaults(act=act)
    end = acts.add_parser("stop", help="stop it")
    end.add_argument("--remove", action="store_true", help="and remove its data")
    end.set_defaults(act=stop)
    shell = acts.add_parser("psql", help="a shell in the embedded database")
    shell.add_argument(
        "--superuser", action="store_true", help="not as the owner: row security does not apply"
    )
    shell.add_argument("arguments", nargs="*", help="passed on to psql, after --")
    shell.set_defaults(act=psql)
    setup = acts.add_parser(
        "roles", help="make roles and database on another server, print its addresses"
    )
    setup.add_argument("--url", required=True, help="postgresql:// address of a superuser")
    setup.add_argument("--database", default=DATABASE)
    setup.add_argument("--new-passwords", action="store_true", help="also for roles that exist")
    setup.set_defaults(act=prepare)
    dog = acts.add_parser("guard", help="used by the launcher itself")
    for name, kind in (("parent", int), ("pid", int), ("data", Path), ("pg_ctl", Path)):
        dog.add_argument(name, type=kind)
    dog.add_argument("remove", type=Path, nargs="?")
    dog.set_defaults(act=guard)
    return parser


if __name__ == "__main__":
    sys.exit(main())

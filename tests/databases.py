"""Making databases for tests, as the owner."""

import fcntl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from config import env

PREFIX = "test_itinera_"


def world_database(run_id: str) -> str:
    """The name of this run's migrated database with the world in it, made by who comes first.

    A copy beside it has the open calls as well: see `with_calls`.
    """
    from tests.admission_world import open_call_world
    from tests.world import World, build

    name = f"{PREFIX}{run_id}"
    lock = Path(tempfile.gettempdir()) / f"{name}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not _exists(name):
            fresh_database(f"{name}_making")
            use_database(f"{name}_making")
            call_command("migrate", verbosity=0)
            build()
            use_database("postgres")
            fresh_database(with_calls(name), f"{name}_making")
            use_database(with_calls(name))
            open_call_world(World())
            use_database("postgres")
            _rename(f"{name}_making", name)
    return name


def with_calls(name: str) -> str:
    """The database beside `name` in which both consortia have their open call."""
    return f"{name}_calls"


def use_database(name: str) -> None:
    """Point both connections at `name`."""
    for alias in ("default", "owner"):
        connections[alias].close()
        django_settings.DATABASES[alias]["NAME"] = name
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def committed(run_id: str, name: str) -> Iterator[None]:
    """A copy of the world's database in which commits are real, while the block lasts."""
    before = django_settings.DATABASES["default"]["NAME"]
    template = world_database(run_id)
    fresh_database(f"{template}_{name}", template)
    use_database(f"{template}_{name}")
    try:
        yield
    finally:
        use_database(before)
        drop_database(f"{template}_{name}")


def drop_leftovers() -> None:
    """Drop this run's databases; harmless when the server has gone already."""
    try:
        with _maintenance() as connection:
            names = connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"]
            ).fetchall()
    except psycopg.OperationalError:
        return
    for (name,) in names:
        drop_database(name)


def _exists(name: str) -> bool:
    with _maintenance() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def _rename(old: str, new: str) -> None:
    with _maintenance() as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(old), sql.Identifier(new)
            )
        )


def fresh_database(name: str, template: str = "template0") -> None:
    """Drop and create `name`; `template` is copied with everything in it."""
    drop_database(name)
    with _maintenance() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop_database(name: str) -> None:
    """Drop `name` with whoever is connected to it.

    An autovacuum worker belongs to no role, so an owner who is no superuser may not FORCE it out;
    a plain DROP asks it to leave by itself.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with _maintenance() as connection:
        try:
            connection.execute(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            connection.execute(statement)


def _maintenance() -> psycopg.Connection:
    settings = env.database(env.text("DATABASE_OWNER_URL"))
    return psycopg.connect(
        dbname="postgres",
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=settings["PORT"] or None,
        autocommit=True,
    )

"""The server as it is filled, and as it is measured."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from config.postgres import Server

# A throw-away server never waits for the disk; a real one does, and submitting shows it.
REAL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
HASTY = dict.fromkeys(REAL, "off")
ALWAYS = {"autovacuum": "off"}  # it would come between two turns


def settle(server: Server, database: str) -> None:
    """Statistics, visibility map and disk in order; from now on commits wait for the disk."""
    with psycopg.connect(server.superuser_url(database), autocommit=True) as connection:
        _set(connection, REAL | ALWAYS)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def unsettle(server: Server, database: str) -> None:
    """Fill fast again."""
    with psycopg.connect(server.superuser_url(database), autocommit=True) as connection:
        _set(connection, HASTY | ALWAYS)


def _set(connection: psycopg.Connection, settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), value))
    connection.execute("SELECT pg_reload_conf()")

"""Making databases for tests, as the owner."""

import psycopg
from psycopg import sql

from config import env


def fresh_database(name: str, template: str = "template0") -> None:
    """Drop and create `name`; `template` is copied with everything in it."""
    with _maintenance() as connection:
        target = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                target, sql.Identifier(template)
            )
        )


def drop_database(name: str) -> None:
    with _maintenance() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


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

"""Many rows from one: `INSERT .. SELECT`, copies of a row with some columns changed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from django.db.models import Model
from psycopg import sql

# What the rows `t` of a model are joined to: numbers, or a row of each of the other consortia.
MANY = "CROSS JOIN generate_series(%(first)s::int, %(last)s::int) AS n WHERE t.id = %(one)s"
OTHERS = "JOIN {table} o ON o.{tenant} <> t.consortium_id WHERE t.id = %(one)s"
NEW = {"id": "uuidv7()"}
# Plain indexes: those of constraints stay, for the constraints do.
INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = ANY (%s::regclass[])
   AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""


def copies(
    hand: psycopg.Connection,
    model: type[Model],
    source: str,
    changed: Mapping[str, str],
    **values: object,
) -> None:
    """Insert what `source` joins to rows `t` of the model, `changed` columns computed by SQL."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    written = [
        sql.SQL(changed[name]) if name in changed else sql.Identifier("t", name) for name in columns
    ]
    statement = sql.SQL("INSERT INTO {table} ({columns}) SELECT {written} FROM {table} t {source}")
    hand.execute(
        statement.format(
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            written=sql.SQL(", ").join(written),
            source=sql.SQL(source),
        ),
        values,
    )


@contextmanager
def unhindered(hand: psycopg.Connection, *models: type[Model]) -> Iterator[None]:
    """Without triggers, foreign keys among them, and with plain indexes made after the rows.

    Needs the superuser. Rows must be such as the triggers would have left: when it is over, all
    stands as in production.
    """
    tables = [model._meta.db_table for model in models]
    found = hand.execute(INDEXES, [tables]).fetchall()
    hand.execute("SET session_replication_role = replica")
    for name, _ in found:
        hand.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    try:
        yield
    finally:
        for _, definition in found:
            hand.execute(definition)
        hand.execute("RESET session_replication_role")

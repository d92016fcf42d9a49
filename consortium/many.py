"""Many rows of one act in one statement: what they share is sent once, what differs as arrays.

For acts on thousands of rows. `bulk_create` sends every column of every row and builds a model for
each, which costs several times what the database needs to write them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field

from consortium.models.tenant import TenantModel, new_id


def insert_many(
    model: type[TenantModel], *, shared: Mapping[str, Any], own: Mapping[str, Sequence[Any]]
) -> None:
    """Insert a row for each position of the sequences of `own`, which are equally long.

    Names are columns. All of the model's are named, for no default applies; only `id` is made where
    it is missing. Both walls stand: the statement runs in the open context. Raises ValueError for a
    column too few or too many, and for sequences of different lengths.
    """
    (length,) = {len(values) for values in own.values()}
    if "id" not in own:
        own = {"id": [new_id() for _ in range(length)], **own}
    fields = _written(model)
    if odd := fields.keys() ^ [*own, *shared]:
        raise ValueError(f"Every column of {model.__name__} has its value; look at {sorted(odd)}.")
    if length:
        values = [fields[name].get_db_prep_save(shared[name], connection) for name in shared]
        with connection.cursor() as cursor:
            cursor.execute(
                _statement(model, fields, own, shared), [*values, *map(list, own.values())]
            )


def columns_of(row: TenantModel) -> dict[str, Any]:
    """What an unsaved row holds, by column; without what the database computes itself."""
    return {name: getattr(row, field.attname) for name, field in _written(type(row)).items()}


def _written(model: type[TenantModel]) -> "dict[str, Field[Any, Any]]":
    return {str(f.column): f for f in model._meta.concrete_fields if not f.generated}


def _statement(
    model: type[TenantModel],
    fields: "Mapping[str, Field[Any, Any]]",
    own: Mapping[str, Any],
    shared: Mapping[str, Any],
) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(name) for name in [*own, *shared])
    once = [f"%s::{_kind(fields[name])}" for name in shared]
    arrays = ", ".join(f"%s::{_kind(fields[name])}[]" for name in own)
    return (
        f"INSERT INTO {quoted(model._meta.db_table)} ({columns})"  # noqa: S608  # our models' names
        f" SELECT {', '.join(['own.*', *once])} FROM unnest({arrays}) AS own"
    )


def _kind(field: "Field[Any, Any]") -> str:
    """The type without its length: a cast to varchar(40) would cut off what the column refuses."""
    return str(field.db_type(connection)).partition("(")[0]

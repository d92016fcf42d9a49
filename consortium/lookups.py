"""A lookup that Django lacks: equal to one of many values that travel as one array."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Lookup
from django.db.models.sql.compiler import SQLCompiler


@Field.register_lookup
class AnyOf(Lookup):
    """`pk__any_of=ids`, as `pk__in=ids` with one parameter instead of one for each value.

    Composing a placeholder for each of fifty ids costs more than the database needs to find them.
    """

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(  # type: ignore[override]  # the stubs know no arrays
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*values, list(self.rhs)]

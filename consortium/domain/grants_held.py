"""guardian's rows of a person and of groups, from every grant table, in one statement.

Every request of somebody with a role asks this, so the statement is composed once and not by a
queryset each time; docs/performance.md has what that is worth. It runs in the context of the caller.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection

from consortium.models import GroupGrant
from consortium.models.grants import GrantTable, grant_models
from consortium.rights import Grant
from consortium.roles import Container

USER, GROUP = "user", "group:"


def group_holder(group_id: int) -> str:
    return f"{GROUP}{group_id}"


def grants_of(user_id: int, groups: Sequence[int]) -> frozenset[Grant]:
    """(holder, container, its id, codename) of a person and of these groups."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"user": user_id, "groups": list(groups)})
        rows = cursor.fetchall()
    return frozenset((holder, Container(kind), which, name) for holder, kind, which, name in rows)


@cache
def _statement() -> str:
    return " UNION ALL ".join(_of(table) for table in grant_models())


def _of(table: GrantTable) -> str:
    holder, mine = f"'{USER}'", "held.user_id = %(user)s"
    if issubclass(table, GroupGrant):
        holder, mine = f"'{GROUP}' || held.group_id", "held.group_id = ANY (%(groups)s)"
    container = table.container.value
    return (
        f"SELECT {holder}, '{container}', held.content_object_id::text, permission.codename"  # noqa: S608  # our models' names
        f" FROM {table._meta.db_table} AS held"
        f" JOIN auth_permission AS permission ON permission.id = held.permission_id WHERE {mine}"
    )

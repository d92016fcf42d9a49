"""Pages of a long list by key, not by number: as quick on page 900 as on the first.

The cursor names the row one stands at by its sort value and id; it is signed, so that a page's
address can only lead where some page of ours has pointed. Ids are fetched first, from an index that
covers them where there is one, then the rows with these ids and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from consortium.scoping import ScopedQuerySet

M = TypeVar("M", bound=Model)
SALT = "consortium.keyset"
PAGE = 50
CAP = 1000


@dataclass(frozen=True, slots=True)
class Order:
    """path: the column to sort by; ids break ties. absent: what stands for an empty value."""

    path: str
    descending: bool = False
    absent: Any = None

    @property
    def key(self) -> str:
        return self.path if self.absent is None else "keyset_value"


@dataclass(frozen=True, slots=True)
class Window(Generic[M]):
    """A page of rows; `previous` and `next` are cursors, empty at the ends.

    count: how many rows there are on all pages, counted no further than one past `CAP`.
    """

    rows: list[M]
    count: int
    previous: str = ""
    next: str = ""


def window(
    rows: ScopedQuerySet[M],
    order: Order,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE,
    dressed: Callable[[ScopedQuerySet[M]], QuerySet[M]] = lambda rows: rows,
) -> Window[M]:
    """At most `size` rows and the count of all; two queries for the first page, three for others.

    A cursor that is not ours, or of another order, is ignored. `dressed` adds what the rows show
    (joins, counts) once it is known which rows they are. Raises LookupError for rows that no actor
    was named for.
    """
    here = _read(before or after, order)
    backwards = bool(before) and here is not None
    wanted = _sorted(rows, order, here, backwards=backwards)
    if here is None:
        keys, count = _keys_and_count(wanted, order, size)
    else:
        keys, count = list(wanted[: size + 1]), capped_count(rows)
    more, keys = len(keys) > size, keys[:size]
    if backwards:
        keys.reverse()
    ours = dressed(rows.anew().filter(pk__any_of=[pk for pk, _ in keys]))
    found = {row.pk: row for row in ours.order_by()}
    return Window(
        rows=[found[pk] for pk, _ in keys if pk in found],
        count=count,
        previous=_write(keys[0], order) if keys and (more if backwards else here) else "",
        next=_write(keys[-1], order) if keys and (more or backwards) else "",
    )


def capped_count(rows: QuerySet[Any], cap: int = CAP) -> int:
    """How many, counted no further than one past `cap`."""
    return rows.order_by()[: cap + 1].count()


def _sorted(
    rows: QuerySet[Any], order: Order, here: tuple[Any, str] | None, *, backwards: bool
) -> QuerySet[Any, tuple[Any, Any]]:
    """(id, sort value) of the rows from `here` on, or up to it when backwards."""
    if order.absent is not None:
        kind = F(order.path).resolve_expression(rows.query.chain()).output_field
        rows = rows.annotate(keyset_value=Coalesce(order.path, Value(order.absent, kind)))
    down = order.descending != backwards
    if here is not None:
        rows = rows.filter(_beyond(order.key, *here, down=down))
    sign = "-" if down else ""
    return rows.order_by(f"{sign}{order.key}", f"{sign}pk").values_list("pk", order.key)


def _keys_and_count(
    wanted: QuerySet[Any, tuple[Any, Any]], order: Order, size: int
) -> tuple[list[tuple[Any, Any]], int]:
    """The first keys and the capped count in one walk through the index.

    The count is of the subquery's rows, which the cap bounds; over the whole list it would cost
    thirty times the page.
    """
    try:
        capped, values = wanted[: CAP + 1].query.sql_with_params()
    except EmptyResultSet:
        return [], 0
    down = "DESC" if order.descending else "ASC"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT capped.*, count(*) OVER () FROM ({capped}) AS capped"  # noqa: S608  # by Django
            f" ORDER BY 2 {down}, 1 {down} LIMIT {size + 1}",
            values,
        )
        found = cursor.fetchall()
    return [(pk, value) for pk, value, _ in found], found[0][2] if found else 0


def _beyond(key: str, value: Any, pk: str, *, down: bool) -> Q:
    """The first clause says nothing new; it lets the planner enter the index at the right place."""
    way = "lt" if down else "gt"
    strictly = Q(**{f"{key}__{way}": value}) | Q(**{key: value, f"pk__{way}": pk})
    return Q(**{f"{key}__{way}e": value}) & strictly


def _write(key: tuple[Any, Any], order: Order) -> str:
    pk, value = key
    moment = isinstance(value, datetime)
    told = value.isoformat() if isinstance(value, date) else value
    return signing.dumps([order.path, str(pk), told, moment], salt=SALT)


def _read(cursor: str, order: Order) -> tuple[Any, str] | None:
    if not cursor:
        return None
    try:
        path, pk, told, moment = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if path != order.path:
        return None
    return (datetime.fromisoformat(told) if moment else told), pk

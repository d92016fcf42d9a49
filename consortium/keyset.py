"""Pages of a long list by key, not by number: as quick on page 900 as on the first.

The cursor names the row one stands at by its sort value and id; it is signed, so that a page's
address can only lead where some page of ours has pointed. Ids are fetched first, rows after them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce

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
    """A page of rows; `previous` and `next` are cursors, empty at the ends."""

    rows: list[M]
    previous: str = ""
    next: str = ""


def window(
    rows: QuerySet[M],
    order: Order,
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE,
    dressed: Callable[[QuerySet[M]], QuerySet[M]] = lambda rows: rows,
) -> Window[M]:
    """At most `size` rows; two queries. A cursor that is not ours, or of another order, is ignored.

    `dressed` adds what the rows show (joins, counts) once it is known which rows they are.
    """
    here = _read(before or after, order)
    backwards = bool(before) and here is not None
    keys = _keys(rows, order, here, backwards=backwards, size=size)
    more, keys = len(keys) > size, keys[:size]
    if backwards:
        keys.reverse()
    found = {row.pk: row for row in dressed(rows.filter(pk__in=[pk for pk, _ in keys]))}
    return Window(
        rows=[found[pk] for pk, _ in keys if pk in found],
        previous=_write(keys[0], order) if keys and (more if backwards else here) else "",
        next=_write(keys[-1], order) if keys and (more or backwards) else "",
    )


def capped_count(rows: QuerySet[Any], cap: int = CAP) -> int:
    """How many, counted no further than one past `cap`."""
    return rows.order_by()[: cap + 1].count()


def _keys(
    rows: QuerySet[Any], order: Order, here: tuple[Any, str] | None, *, backwards: bool, size: int
) -> list[tuple[Any, Any]]:
    if order.absent is not None:
        kind = F(order.path).resolve_expression(rows.query.chain()).output_field
        rows = rows.annotate(keyset_value=Coalesce(order.path, Value(order.absent, kind)))
    down = order.descending != backwards
    if here is not None:
        rows = rows.filter(_beyond(order.key, *here, down=down))
    sign = "-" if down else ""
    sorted_rows = rows.order_by(f"{sign}{order.key}", f"{sign}pk")
    return list(sorted_rows.values_list("pk", order.key)[: size + 1])


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

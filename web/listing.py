"""From a keyset window to what a page shows of it: rows, counted words, addresses of neighbours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from consortium.keyset import CAP, PAGE, Order, window
from consortium.scoping import ScopedQuerySet

CURSORS = ("after", "before")


@dataclass(frozen=True, slots=True)
class Sort:
    """A column one can sort by: its order upwards and downwards, as `sort=name` and `sort=-name`."""

    label: str | Promise
    path: str
    absent: Any = None
    first: str = "ascending"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sortable column: where a click leads, and how the page is sorted now."""

    label: str
    sort_url: str
    sort: str


@dataclass(frozen=True, slots=True)
class Listing:
    """rows: this page. count: how many there are, in figures, "1,000+" past the cap."""

    rows: list[Any]
    count: str
    exactly: int
    heads: dict[str, Head]
    pager: dict[str, str]


def listing(
    request: HttpRequest,
    rows: ScopedQuerySet[Any],
    sorts: Mapping[str, Sort],
    *,
    default: str,
    dressed: Callable[[Any], QuerySet[Any]] = lambda rows: rows,
    size: int = PAGE,
) -> Listing:
    """Three queries at most, however many rows. `default` is a sort's name."""
    chosen = request.GET.get("sort", default)
    name = chosen.removeprefix("-")
    if name not in sorts:
        chosen, name = default, default.removeprefix("-")
    sort = sorts[name]
    page = window(
        rows,
        Order(sort.path, descending=chosen.startswith("-"), absent=sort.absent),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=size,
        dressed=dressed,
    )
    return Listing(
        rows=page.rows,
        count=counted(page.count),
        exactly=page.count,
        heads={key: _head(request, key, each, chosen) for key, each in sorts.items()},
        pager={
            "previous_url": address(request, before=page.previous) if page.previous else "",
            "next_url": address(request, after=page.next) if page.next else "",
            "says": _("%(rows)d on this page of %(count)s")
            % {"rows": len(page.rows), "count": counted(page.count)},
        },
    )


def counted(exactly: int) -> str:
    """900 as 900, 1,001 as "1,000+": the count stops there."""
    if exactly > CAP:
        return f"{number_format(CAP, force_grouping=True)}+"
    return str(number_format(exactly, force_grouping=True))


def address(request: HttpRequest, **changed: str) -> str:
    """This page's address with some of its parameters changed; always from the first page on."""
    query = request.GET.copy()
    for name in CURSORS:
        query.pop(name, None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _head(request: HttpRequest, key: str, sort: Sort, chosen: str) -> Head:
    up, down = key, f"-{key}"
    other = {up: down, down: up}.get(chosen, down if sort.first == "descending" else up)
    return Head(
        label=str(sort.label),
        sort_url=address(request, sort=other),
        sort={up: "ascending", down: "descending"}.get(chosen, ""),
    )

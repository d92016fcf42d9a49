"""A page of a list and its count, read in three ways that must answer alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db.models import QuerySet

from bench.hands import Hands
from bench.measure import Differs, Pair
from bench.replay import Recording, recorded
from consortium.access import acting
from consortium.actor import Actor
from consortium.keyset import PAGE, Order, window
from consortium.scoping import ScopedQuerySet

AGAINST = "two statements, no row security"
Answer = tuple[list[object], int]


@dataclass(frozen=True, slots=True)
class Reading:
    """rows, order, dressed: what the house is asked. page, count, keys: SQL of the same by hand.

    All ways answer with the ids of the first page, in their order, and the capped count.
    """

    actor: Actor
    rows: Callable[[Actor], ScopedQuerySet[Any]]
    order: Order
    page: str
    count: str
    keys: Mapping[str, object]
    dressed: Callable[[Any], QuerySet[Any]] = lambda rows: rows.for_listing()

    def whole(self) -> Answer:
        """As a page does it: context, both walls, models."""
        with acting(self.actor):
            page = window(self.rows(self.actor), self.order, dressed=self.dressed)
            return [row.pk for row in page.rows], page.count

    def by_hand(self, bare: psycopg.Connection) -> Answer:
        found = bare.execute(self.page, self.keys).fetchall()
        count = bare.execute(self.count, self.keys).fetchone()
        return [row[0] for row in found[:PAGE]], count[0] if count else 0

    def recording(self, login: psycopg.Connection) -> Recording:
        return recorded(login, self.whole)

    def pairs(self, hands: Hands, what: str) -> Iterator[Pair]:
        """The whole call, and its statements alone."""
        statements = self.recording(hands.login)
        self._require_equal_columns(statements, hands.bare)
        yield Pair(what, AGAINST, self.whole, lambda: self.by_hand(hands.bare))
        for words, hand in (("", hands.bare), (", planned alike", hands.unprepared)):
            yield Pair(
                f"{what}, in the database{words}",
                AGAINST,
                lambda: _answer(statements),
                lambda hand=hand: self.by_hand(hand),  # type: ignore[misc]  # bound now
            )

    def _require_equal_columns(self, statements: Recording, bare: psycopg.Connection) -> None:
        """Both ways fetch as much of each row."""
        parts, found = statements.play()[1:], bare.execute(self.page, self.keys).fetchall()
        columns = sum(len(rows[0]) for rows in parts if rows)
        if columns and columns != len(found[0]):
            raise Differs(f"Ours fetches {columns} columns, the bare way {len(found[0])}.")


def _answer(statements: Recording) -> Answer:
    """From the first statement of `keyset.window`, whose rows are (id, value, count)."""
    keys, *_ = statements.play()
    return [row[0] for row in keys[:PAGE]], keys[0][2] if keys else 0

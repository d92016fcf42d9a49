"""Is the journal what was chained? Recomputes every link in Python and names what differs.

Reads as the consortium's staff do, batch by batch, each in a transaction of its own: memory is
bounded, and the journal may grow meanwhile. Rows come as text, so that nothing somebody put into a
column can stop the reading.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

from django.db import connection

from consortium.access import acting
from consortium.actor import Actor
from consortium.chain import AS_TEXT, FORMS, ORIGIN, Place, differing, link_hash, marks

BATCH = 2000
HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
NAMES = tuple(dict.fromkeys(name for form in FORMS.values() for name in form))
_TEXTS = ", ".join(AS_TEXT.get(name, "{column}::text").format(column=f"e.{name}") for name in NAMES)
_LINKS = f"""
SELECT l.sequence, l.form, l.id, l.marks, l.hash, {_TEXTS}
  FROM consortium_journallink AS l LEFT JOIN consortium_journalentry AS e ON e.id = l.id
 WHERE l.consortium_id = %(consortium)s AND (l.sequence, l.id) > (%(sequence)s, %(id)s)
 ORDER BY l.sequence, l.id
 LIMIT {BATCH}
"""  # noqa: S608  # names of our own columns
_ENTRIES = f"""
SELECT e.id, e.act, {AS_TEXT["at"].format(column="e.at")}, l.id IS NULL
  FROM (SELECT id, act, at, consortium_id FROM consortium_journalentry
         WHERE consortium_id = %(consortium)s AND id > %(id)s ORDER BY id LIMIT {BATCH}) AS e
  LEFT JOIN consortium_journallink AS l ON l.consortium_id = e.consortium_id AND l.id = e.id
 ORDER BY e.id
"""  # noqa: S608  # likewise
_LEAST = {"sequence": -(2**63), "id": UUID(int=0)}


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain, as it leaves the house: `1234:ab12…`, number and hash."""

    sequence: int
    hash: bytes

    @classmethod
    def of(cls, told: str) -> Self:
        """Raises ValueError for what is no head."""
        found = HEAD.fullmatch(told.strip().lower())
        if found is None:
            raise ValueError("A head is a number, a colon and 64 hexadecimal digits.")
        return cls(int(found[1]), bytes.fromhex(found[2]))

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash.hex()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and with which entry; `act` and `at` are those that stand there now."""

    what: str
    sequence: int | None = None
    entry: UUID | None = None
    act: str = ""
    at: str = ""

    def __str__(self) -> str:
        named = (
            f"number {self.sequence}" if self.sequence is not None else "",
            f"entry {self.entry}" if self.entry else "",
            self.act,
            self.at,
        )
        return ": ".join(part for part in (", ".join(filter(None, named)), self.what) if part)


@dataclass(frozen=True, slots=True)
class _Link:
    sequence: int
    form: int
    entry: UUID
    marks: bytes
    hash: bytes
    columns: dict[str, str | None]

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        sequence, form, entry, marked, hashed, *texts = row
        columns = dict(zip(NAMES, texts, strict=True))
        return cls(sequence, form, entry, bytes(marked), bytes(hashed), columns)

    @property
    def is_orphan(self) -> bool:
        return self.columns["id"] is None

    @property
    def texts(self) -> list[str | None]:
        return [self.columns[name] for name in FORMS[self.form]]

    def finding(self, what: str) -> Finding:
        act, at = self.columns["act"], self.columns["at"]
        return Finding(what, self.sequence, self.entry, act or "", at or _written(self.entry))


@dataclass
class Verification:
    """One reading of one consortium's journal. `tell` hears how many links were read.

    Afterwards `read` says how many there were, and `head` what the last one is.
    """

    consortium_id: int
    kept: Head | None = None
    tell: Callable[[int], None] = lambda _: None
    read: int = 0
    head: Head | None = None
    # What the next link may follow: the hash that stands there, and the one that should.
    _before: list[bytes] = field(default_factory=lambda: [ORIGIN])
    _is_broken: bool = False

    def findings(self) -> Iterator[Finding]:
        """Everything that is not as it was chained, in the chain's order; nothing when all is well."""
        for link in self._links():
            yield from self._gap(link)
            yield from self._check(link)
            self.head = Head(link.sequence, link.hash)
            self.read += 1
        yield from self._tail()
        yield from self._unlinked()

    def _links(self) -> Iterator[_Link]:
        at = dict(_LEAST)
        while rows := self._rows(_LINKS, at):
            links = [_Link.of(row) for row in rows]
            yield from links
            at = {"sequence": links[-1].sequence, "id": links[-1].entry}
            self.tell(self.read)

    def _rows(self, statement: str, at: dict[str, Any]) -> list[tuple[Any, ...]]:
        with acting(Actor.system(self.consortium_id)), connection.cursor() as cursor:
            cursor.execute(statement, {"consortium": self.consortium_id, **at})
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _gap(self, link: _Link) -> Iterator[Finding]:
        expected = self.head.sequence + 1 if self.head else 1
        if link.sequence > expected:
            self._before = []
            yield Finding(f"{_numbers(expected, link.sequence - 1)} missing from the chain.")
        elif link.sequence < expected:
            yield link.finding("no number of a chain, or one that stands there already.")

    def _check(self, link: _Link) -> Iterator[Finding]:
        if self.kept and self.kept.sequence == link.sequence and self.kept.hash != link.hash:
            yield link.finding(
                "its hash is not that of the head that was kept: the journal up to here was rewritten."
            )
        right = [] if link.is_orphan or link.form not in FORMS else self._hashes(link, link.marks)
        what = self._fault(link, right)
        self._is_broken = bool(what)
        # Where the hash itself was changed, the next link still follows the right one.
        self._before = [link.hash, *right] if what else [link.hash]
        if what:
            yield link.finding(what)

    def _fault(self, link: _Link, right: list[bytes]) -> str:
        if link.is_orphan:
            return "its entry is gone."
        if link.form not in FORMS:
            return f"no form {link.form} is known."
        return "" if link.hash in right else self._difference(link)

    def _difference(self, link: _Link) -> str:
        if link.hash in self._hashes(link, marks(link.texts)):
            return "the marks of its link were changed."
        changed = differing(link.form, link.texts, link.marks)
        if changed:
            return f"{', '.join(changed)} differs from what was chained."
        if not self._before:  # its number tells already that what it follows is gone
            return ""
        if self._is_broken:
            return "its link does not follow the one before, which is named above."
        return "its link does not fit the one before: one of the two was changed or moved."

    def _hashes(self, link: _Link, marked: bytes) -> list[bytes]:
        place = Place(self.consortium_id, link.sequence, link.form)
        return [link_hash(before, place, link.texts, marked) for before in self._before]

    def _tail(self) -> Iterator[Finding]:
        last = self.head.sequence if self.head else 0
        if self.kept and self.kept.sequence > last:
            yield Finding(
                f"{_numbers(last + 1, self.kept.sequence)} missing: the chain ends at {last},"
                f" the head that was kept says {self.kept.sequence}."
            )

    def _unlinked(self) -> Iterator[Finding]:
        at = {"id": _LEAST["id"]}
        while rows := self._rows(_ENTRIES, at):
            for entry, act, told, alone in rows:
                if alone:
                    what = "in no link: written past the chain, or its link was removed."
                    yield Finding(what, entry=entry, act=act, at=told)
            at = {"id": rows[-1][0]}


def _numbers(first: int, last: int) -> str:
    return f"number {first} is" if first == last else f"numbers {first} to {last} are"


def _written(entry: UUID) -> str:
    """When an entry that is gone was written: its identifier tells (UUIDv7)."""
    if entry.version != 7:  # noqa: PLR2004  # of the kind that begins with milliseconds
        return ""
    instant = datetime.fromtimestamp((entry.int >> 80) / 1000, UTC)
    return f"written {instant:%Y-%m-%dT%H:%M:%S.%fZ}"

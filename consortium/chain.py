"""The journal's chain in Python: what is hashed, in which form. The trigger's twin, made apart from it.

Each link holds the SHA-256 of the hash before it and of every column of its entry, so that nothing
before a known hash can be changed, removed, added or moved without the hash coming out differently.
A form, once used, stays as it is: links name theirs, and a new column of the journal is a new form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

ORIGIN = bytes(32)  # the hash before the first
NOTHING = b"\xff\xff\xff\xff"  # the length of NULL, which no text has
MARK = 4  # bytes
FORM = 1
FORMS: dict[int, tuple[str, ...]] = {
    1: (
        *("id", "consortium_id", "act", "subject", "subject_id", "case_id", "for_id", "by_id"),
        *("by_name", "by_parties", "wall", "at", "reason", "facts", "request_id", "is_read"),
        *("told_name",),
    )
}
# How PostgreSQL writes a column as text, where `::text` would hang on settings of the session.
AS_TEXT = {"at": """to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""}

Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which consortium's chain an entry stands."""

    consortium_id: int
    sequence: int
    form: int = FORM


def as_text(form: int, row: str) -> list[str]:
    """SQL for each column of `row` as text, in the form's order."""
    return [
        AS_TEXT.get(name, "{column}::text").format(column=f"{row}.{name}") for name in FORMS[form]
    ]


def part(text: str | None) -> bytes:
    """Four bytes of length, then UTF-8: no two lists of texts give the same bytes."""
    if text is None:
        return NOTHING
    encoded = text.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def marks(texts: Texts) -> bytes:
    """Four bytes of each column's own digest. They only tell which column differs; the hash holds."""
    return b"".join(sha256(part(text)).digest()[:MARK] for text in texts)


def link_hash(before: bytes, place: Place, texts: Texts, marked: bytes) -> bytes:
    """The hash of one link, 32 bytes."""
    head = (str(place.form), str(place.consortium_id), str(place.sequence))
    return sha256(before + _joined(head) + _joined(texts) + marked).digest()


def differing(form: int, texts: Texts, marked: bytes) -> list[str]:
    """The columns whose texts are not those that were marked."""
    now = marks(texts)
    return [
        name
        for at, name in enumerate(FORMS[form])
        if now[at * MARK : (at + 1) * MARK] != marked[at * MARK : (at + 1) * MARK]
    ]


def _joined(texts: Iterable[str | None]) -> bytes:
    return b"".join(part(text) for text in texts)

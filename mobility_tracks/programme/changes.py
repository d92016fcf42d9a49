"""What differs between two documents, key by key, for a dry run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mobility_tracks.programme.document import Document
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.problems import Path, shorten, spell
from mobility_tracks.programme.shape import Record


@dataclass(frozen=True)
class Change:
    """A value that differs, in plain form; None stands for absent (or the default)."""

    key_path: str
    before: Any
    after: Any

    def __str__(self) -> str:
        """A sentence."""
        if self.before is None:
            return _ended(f"{self.key_path} is added: {_told(self.after)}")
        if self.after is None:
            return _ended(f"{self.key_path} is removed; it was {_told(self.before)}")
        before, after = _items(self.before), _items(self.after)
        lost = ", ".join(item for item in before if item not in after)
        gained = ", ".join(item for item in after if item not in before)
        if lost or gained:
            parts = (f"loses {lost}" if lost else "", f"gains {gained}" if gained else "")
            return _ended(f"{self.key_path} {' and '.join(filter(None, parts))}")
        return _ended(f"{self.key_path} changes from {_told(self.before)} to {_told(self.after)}")


def diff(before: Document | None, after: Document) -> list[Change]:
    """The changes that lead from one document to the other; none when they are equal.

    Entries are compared by key; where only their order differs, the change names the keys in
    both orders. Without a document before, everything is added.
    """
    shape = Record(Document)
    return diff_plain(plain(shape, before) if before else {}, plain(shape, after))


def diff_plain(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """As `diff`, of two plain forms, or of the same part of two."""
    return list(_changes((), before, after))


def _changes(path: Path, before: Any, after: Any) -> Iterator[Change]:
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _within(path, before, after)
    elif before != after or type(before) is not type(after):
        yield Change(spell(path), before, after)


def _within(path: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _changes((*path, key), before.get(key), after.get(key))
    kept = [key for key in before if key in after]
    moved = [key for key in after if key in before]
    if kept != moved:
        yield Change(spell((*path, "order")), kept, moved)


def _ended(sentence: str) -> str:
    """With one full stop, also after a sentence that is quoted last."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _items(value: Any) -> list[str]:
    """The items of a list, lists within unfolded; nothing of any other value."""
    if not isinstance(value, list):
        return []
    return [one for each in value for one in (_items(each) or [str(each)])]


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return _entry(value)
    if isinstance(value, list):
        return ", ".join(map(_told, value)) or "nothing"
    return str(value).lower() if isinstance(value, bool) else shorten(str(value))


def _entry(value: dict[str, Any]) -> str:
    for name in ("name", "title", "sentence", "question", "label"):
        if isinstance(value.get(name), str):
            return shorten(value[name])
    return shorten(", ".join(value)) or "an empty entry"

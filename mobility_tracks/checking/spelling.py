"""Lists and numbers in English sentences."""

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """One, two and three; `nowhere` for none."""
    *head, last = [*words] or ["nowhere"]
    return f"{', '.join(head)} and {last}" if head else last


def number(count: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: 1 more host, 2 more hosts."""
    return f"{count} {noun if count == 1 else nouns or noun + 's'}"

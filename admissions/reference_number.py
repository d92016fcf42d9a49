"""The public number of a dossier: seven random characters and one that checks them, as K7QX-4M9T.

Crockford's base 32 leaves out I, L, O and U, so that a number survives the telephone; what is read
as one of the first three is taken for 1, 1, 0. The check is a sum in the field of 32 elements, with
a different weight at every place: it finds every single wrong character and every two characters
that changed places.
"""

import secrets
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


class Chance(Protocol):
    """Where the characters come from: `secrets`, or a seeded `random.Random`."""

    def choice(self, seq: str, /) -> str: ...


def new_reference(rng: Chance = secrets) -> str:
    """A number nobody can guess from another: about 2 to the 35th of them."""
    body = "".join(rng.choice(ALPHABET) for _ in range(LENGTH - 1))
    return spell(body + check_character(body))


def is_valid(text: str) -> bool:
    """Whether the text is a number whose check character fits, in whatever way it was typed."""
    number = canonical(text)
    return number is not None and check_character(number[:-1]) == number[-1]


def canonical(text: str) -> str | None:
    """The eight characters without hyphen, or None for what is no such number."""
    heard = text.strip().upper().translate(_HEARD)
    if len(heard) != LENGTH or not set(heard) <= set(ALPHABET):
        return None
    return heard


def spell(number: str) -> str:
    """As it is printed and stored: two groups of four."""
    return f"{number[:4]}-{number[4:]}"


def check_character(body: str) -> str:
    """The character that makes the weighted sum of all characters vanish."""
    total = 0
    for character in body:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    """Times x, modulo x⁵ + x² + 1: x generates all 31 elements that are not nothing."""
    return (element << 1) ^ (0b100101 if element & 0b10000 else 0)

"""Names as people write them: any script, no title case, NFC; and the key they are sorted by."""

import unicodedata

# Letters that Unicode does not take apart into a base and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)
_FIRST_ACCENT, _LAST_ACCENT = "\u0300", "\u036f"


def normal(text: str) -> str:
    """NFC, without white space around and with single spaces inside."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_latin(name: str) -> bool:
    """Whether every letter of the name is of the Latin script."""
    return all(
        unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha()
    )


def sort_name(latin_name: str, name: str) -> str:
    """The Latin name (or else the name) in lower case without accents; other scripts as they are."""
    lowered = (latin_name or name).casefold().translate(_PLAIN)
    apart = unicodedata.normalize("NFKD", lowered)
    kept = "".join(each for each in apart if not _FIRST_ACCENT <= each <= _LAST_ACCENT)
    return unicodedata.normalize("NFC", kept)[:300]

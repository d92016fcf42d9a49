"""A pool is the names of one naming culture and the shape in which they are put together."""

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

# ICAO Doc 9303 part 3, section 6: recommended transliteration of national Latin letters.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "Æ": "Ae", "æ": "ae", "Ø": "Oe", "ø": "oe", "Å": "Aa", "å": "aa",
        "Œ": "Oe", "œ": "oe", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d",
        "Ł": "L", "ł": "l", "Ħ": "H", "ħ": "h", "ı": "i", "Ə": "A", "ə": "a", "Ŋ": "N",
        "ŋ": "n", "Ɖ": "D", "ɖ": "d", "Ɛ": "E", "ɛ": "e", "Ɔ": "O", "ɔ": "o", "ɓ": "b",
        "ɗ": "d", "Ɗ": "D", "Ɓ": "B", "ƙ": "k", "Ƙ": "K", "ŧ": "t",
        "ʻ": "'", "ʼ": "'", "’": "'", "ǃ": "", "ǁ": "",
    }
)  # fmt: skip  # a table, read by its rows
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_EXPANDS_UMLAUTS = ("de", "sv", "fi", "et", "is")


class Term(NamedTuple):
    """One name element as a man and as a woman bear it, in own script and in Latin letters."""

    man: str
    woman: str
    latin_man: str
    latin_woman: str

    def borne_by(self, *, woman: bool) -> tuple[str, str]:
        """The element in own script and in Latin letters."""
        return (self.woman, self.latin_woman) if woman else (self.man, self.latin_man)


@dataclass(frozen=True)
class Pool:
    """Names of one culture; `native` and the other shares are percentages.

    `shape` is a key of `demo.material.names.shapes.SHAPES`; `extra` holds what that shape needs
    beside given and family names: middle names, patronymics, house names, "son of".
    """

    key: str
    script: str
    lang: str
    shape: str
    male: tuple[Term, ...]
    female: tuple[Term, ...]
    family: tuple[Term, ...]
    extra: tuple[Term, ...] = ()
    native: int = 100
    mononym: int = 0
    two: int = 0


def romanise(text: str, lang: str) -> str:
    """Latin-script `text` in plain ASCII, as a passport spells it."""
    text = unicodedata.normalize("NFC", text)
    if lang in _EXPANDS_UMLAUTS:
        text = text.translate(_UMLAUTS)
    bare = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _term(entry: str, lang: str) -> Term:
    native, _, latin = entry.strip().partition("=")
    man, _, woman = native.partition("/")
    latin_man, _, latin_woman = (latin or romanise(native, lang)).partition("/")
    return Term(man, woman or man, latin_man, latin_woman or latin_man)


def terms(table: str, lang: str) -> tuple[Term, ...]:
    """Read "native=Latin, ..." where either side may be "man/woman" and Latin may be left out."""
    return tuple(_term(entry, lang) for entry in table.split(",") if entry.strip())


def pool(  # noqa: PLR0917 -- the tables of one pool, read as columns
    key: str,
    code: str,
    shape: str,
    male: str,
    female: str,
    family: str = "",
    extra: str = "",
    *,
    native: int = 100,
    mononym: int = 0,
    two: int = 0,
) -> Pool:
    """A pool from its written tables; `code` is "Script-language", such as "Arab-fa"."""
    script, lang = code.split("-", 1)
    return Pool(
        key=key, script=script, lang=lang, shape=shape,
        male=terms(male, lang), female=terms(female, lang),
        family=terms(family, lang), extra=terms(extra, lang),
        native=native, mononym=mononym, two=two,
    )  # fmt: skip  # a table, read by its rows

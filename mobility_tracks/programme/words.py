"""The words a programme file is made of: kinds of text, number and date with their limits.

A field of a dataclass says what it holds by one of these aliases; reader, schema and writer all
follow the alias, so that a limit is written down once. ECTS credits are half-steps (2.5 exists),
money is in whole units of its currency with two decimals, dates in the file are ISO 8601.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

KEY_PATTERN = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"


@dataclass(frozen=True)
class Text:
    """Limits of a text: whole-match `pattern`, length, lines, and what it must name.

    `hint` describes the pattern to a person. `refers_to` is the name of the mapping that must
    declare the text; `vocabulary` is a closed list (country, language, currency, zone).
    """

    pattern: str | None = None
    hint: str = "text"
    longest: int = 200
    lines: bool = False
    refers_to: str | None = None
    vocabulary: str | None = None


@dataclass(frozen=True)
class Whole:
    """Limits of a whole number, both ends included."""

    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True)
class Number:
    """Limits of a decimal number, both ends included, in steps of `step`."""

    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1_000_000)
    step: Decimal = Decimal("0.5")


@dataclass(frozen=True, order=True)
class NominalDate:
    """A day told from the year an intake begins: `Y-09-15`, `Y+1-02-15`.

    `year` counts from the intake's first year (0..9). 29 February is refused on reading, for it
    exists only for some intakes.
    """

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        """As the file spells it."""
        later = f"+{self.year}" if self.year else ""
        return f"Y{later}-{self.month:02d}-{self.day:02d}"


def _naming(mapping: str) -> Text:
    return Text(KEY_PATTERN, f"a key of {mapping}", 60, refers_to=mapping)


Key = Annotated[str, Text(KEY_PATTERN, "a key: small letters, digits and hyphens", 60)]
Name = Annotated[str, Text()]
Sentence = Annotated[str, Text(longest=600)]
Prose = Annotated[str, Text(longest=6000, lines=True)]
WebAddress = Annotated[str, Text(r"https?://[^\s]+", "an address that begins with https://", 300)]
Country = Annotated[
    str, Text(r"[A-Z]{2}", "a country code of ISO 3166-1, two letters", 2, vocabulary="country")
]
Language = Annotated[
    str, Text(r"[a-z]{2}", "a language code of ISO 639-1, two letters", 2, vocabulary="language")
]
Currency = Annotated[
    str, Text(r"[A-Z]{3}", "a currency code of ISO 4217, three letters", 3, vocabulary="currency")
]
Zone = Annotated[str, Text(hint="a time zone of IANA, as in Europe/Paris", vocabulary="zone")]
LanguageLevel = Annotated[str, Text(r"[ABC][12]", "a level of the CEFR, A1 to C2", 2)]
StationCode = Annotated[str, Text(r"[A-Z][A-Z0-9]{1,2}", "two or three capitals or digits", 3)]

Credits = Annotated[Decimal, Number(most=Decimal(240))]
Money = Annotated[Decimal, Number(step=Decimal("0.01"))]
Weight = Annotated[Decimal, Number(most=Decimal(100))]
Score = Annotated[Decimal, Number(most=Decimal(1000), step=Decimal("0.01"))]
Count = Annotated[int, Whole(1, 100_000)]

OrganisationRef = Annotated[str, _naming("organisations")]
VersionRef = Annotated[str, _naming("versions")]
IntakeRef = Annotated[str, _naming("intakes")]
PeriodRef = Annotated[str, _naming("periods")]
OfferingRef = Annotated[str, _naming("offerings")]
TrackRef = Annotated[str, _naming("tracks")]
RuleRef = Annotated[str, _naming("rules")]
SpecialisationRef = Annotated[str, _naming("specialisations")]
RouteRef = Annotated[str, _naming("routes")]
CriterionRef = Annotated[str, _naming("criteria")]

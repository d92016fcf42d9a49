"""Kinds of rules of a call: who is eligible, and how awards are capped."""

from dataclasses import dataclass
from typing import Annotated, Literal

from mobility_tracks.programme.parameters import Kinds, Parameters, Stated
from mobility_tracks.programme.words import Count, Credits, Language, LanguageLevel, Name, Whole

Percent = Annotated[int, Whole(1, 100)]


@dataclass(frozen=True, kw_only=True)
class FirstDegree(Parameters):
    """A first degree of at least so many credits, or the last year of one."""

    ects: Credits
    last_year_accepted: bool = False
    fields: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LanguageEvidence(Parameters):
    """Proof of a language; without a level the office judges the paper."""

    language: Language
    level: LanguageLevel | None = None
    taught_in_accepted: Annotated[bool, "a degree taught in the language will do"] = False


@dataclass(frozen=True, kw_only=True)
class LivedInProgrammeCountries(Parameters):
    """More than so many months within so many years before the deadline make a category."""

    months: Count = 12
    years: Count = 5


@dataclass(frozen=True, kw_only=True)
class NoEarlierScholarship(Parameters):
    """No Erasmus Mundus scholarship before."""


@dataclass(frozen=True, kw_only=True)
class NationalityShare(Parameters):
    """At most a share of the awards to one declared nationality."""

    percent: Percent
    scope: Literal["grant", "intake"]


@dataclass(frozen=True, kw_only=True)
class NationalityCount(Parameters):
    """At most so many awards to one declared nationality."""

    at_most: Count
    scope: Literal["grant", "intake"]


ELIGIBILITY_KINDS: Kinds = {
    "stated": Stated,
    "first_degree": FirstDegree,
    "language_evidence": LanguageEvidence,
    "lived_in_programme_countries": LivedInProgrammeCountries,
    "no_earlier_scholarship": NoEarlierScholarship,
}
CAP_KINDS: Kinds = {
    "stated": Stated,
    "nationality_share": NationalityShare,
    "nationality_count": NationalityCount,
}

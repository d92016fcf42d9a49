"""Who goes a way, as far as rules ask; and the kinds of student that a version tells apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pycountry

from mobility_tracks.checking.course import Course
from mobility_tracks.programme.path_kinds import NotResidenceCountry, OnlyForFunding
from mobility_tracks.programme.rules import Audience

ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Person:
    """A student, or a kind of student. None stands for a fact that nobody knows yet.

    `residence`: ISO 3166-1 at the date the rule names, or ELSEWHERE for a country that no rule and
    no host is in. `category`, `funding`: the file's keys, empty for none. `languages`: level of the
    CEFR by ISO 639-1. `earned`: credits held before a period, by its key.
    """

    residence: str
    category: str | None = ""
    funding: str | None = ""
    languages: Mapping[str, str] | None = None
    earned: Mapping[str, Decimal] = field(default_factory=dict)

    def is_among(self, audience: Audience | None) -> bool | None:
        """Whether a rule for this audience concerns the person; a list left empty is everybody.

        None: that depends on what nobody knows (`unknown_to`).
        """
        if audience is None:
            return True
        known = [own in wanted for _, wanted, own in self._asked(audience) if own is not None]
        return all(known) and (None if self.unknown_to(audience) else True)

    def unknown_to(self, audience: Audience) -> list[str]:
        """What nobody knows of the person and the audience asks for, in words."""
        return [noun for noun, _wanted, own in self._asked(audience) if own is None]

    def _asked(self, audience: Audience) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
        asked = (
            ("the funding line", audience.funding, self.funding),
            ("the category of applicant", audience.categories, self.category),
            ("the country of residence", audience.residence, self.residence),
        )
        yield from (each for each in asked if each[1])

    def __str__(self) -> str:
        """In words, for a report."""
        group = self.funding or self.category
        is_other = self.residence == ELSEWHERE
        home = "other countries" if is_other else country_name(self.residence)
        return f"{group}, residents of {home}" if group else f"residents of {home}"


def country_name(code: str) -> str:
    """The English short name of a country; the code itself where ISO 3166-1 has none."""
    found = pycountry.countries.get(alpha_2=code)
    return getattr(found, "common_name", found.name) if found else code


def kinds_of(course: Course) -> list[Person]:
    """One person per country of residence that makes a difference, for everybody and for each
    funding line and category that a rule or a track is only for."""
    residences = [*sorted(countries_of(course)), ELSEWHERE]
    audiences = [*_audiences(course)]
    funding = dict.fromkeys(key for audience in audiences for key in audience.funding)
    categories = dict.fromkeys(key for audience in audiences for key in audience.categories)
    return [
        *(Person(home) for home in residences),
        *(Person(home, funding=key) for key in funding for home in residences),
        *(Person(home, category=key) for key in categories for home in residences),
    ]


def countries_of(course: Course) -> set[str]:
    """Those whose residents a rule can tell from everybody else."""
    found = {stay.country for stay in course.stays.values() if stay.country}
    for audience in _audiences(course):
        found |= set(audience.residence)
    for bound in course.rules:
        if isinstance(bound.rule.parameters, NotResidenceCountry):
            found |= set(bound.rule.parameters.countries)
    return found


def _audiences(course: Course) -> Iterator[Audience]:
    for bound in course.rules:
        if bound.rule.only_for:
            yield bound.rule.only_for
        if isinstance(bound.rule.parameters, OnlyForFunding):
            yield Audience(funding=bound.rule.parameters.funding)
    for track in course.version.tracks:
        if track.only_for:
            yield track.only_for

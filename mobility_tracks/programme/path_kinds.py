"""Kinds of rules about paths: what each needs to know.

The kinds follow what joint masters were found to state: minimum countries, excluded pairs,
balance, gates, conditions by funding, opening of further seats. Nothing here evaluates them.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from mobility_tracks.programme.parameters import Kinds, Parameters, Stated
from mobility_tracks.programme.words import (
    Count,
    Country,
    Credits,
    Key,
    Language,
    LanguageLevel,
    Name,
    OfferingRef,
    OrganisationRef,
    PeriodRef,
    Score,
    TrackRef,
    Whole,
)

Few = Annotated[int, Whole(0, 20)]
Anchor = Literal["application", "enrolment", "last_degree"]


@dataclass(frozen=True, kw_only=True)
class MandatoryMobility(Parameters):
    """Study periods in countries other than the one of residence."""

    countries: Count = 2
    not_residence: bool = True
    in_programme_countries: Annotated[Few, "how many of them in the EU or associated"] = 1
    ects_each: Credits | None = None
    residence_at: Anchor = "enrolment"


@dataclass(frozen=True, kw_only=True)
class DistinctCountries(Parameters):
    """At least so many countries on one path."""

    at_least: Count
    periods: Annotated[tuple[PeriodRef, ...], "only these periods count; none named: all"] = ()


@dataclass(frozen=True, kw_only=True)
class DistinctHosts(Parameters):
    """At least so many hosts on one path, each with a minimum of credits."""

    at_least: Count
    ects_each: Credits | None = None
    periods: tuple[PeriodRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SameHost(Parameters):
    """One host for all the periods named."""

    periods: tuple[PeriodRef, ...]


@dataclass(frozen=True, kw_only=True)
class ExcludePair(Parameters):
    """No path through one organisation of each side."""

    one: tuple[OrganisationRef, ...]
    other: tuple[OrganisationRef, ...]
    same_year_only: bool = False


@dataclass(frozen=True, kw_only=True)
class NotResidenceCountry(Parameters):
    """At most so many of the periods in the country of residence."""

    at_most: Few = 0
    periods: tuple[PeriodRef, ...] = ()
    countries: Annotated[tuple[Country, ...], "only for residents of these; none named: all"] = ()
    residence_at: Anchor = "enrolment"


@dataclass(frozen=True, kw_only=True)
class OutsideEurope(Parameters):
    """How many periods may, or must, be outside the EU and associated countries."""

    at_least: Few = 0
    at_most: Few = 20


@dataclass(frozen=True, kw_only=True)
class Visits(Parameters):
    """How often one path leads to these hosts: never at home, one in Europe, at most one of them."""

    to: tuple[OrganisationRef, ...]
    counted: Annotated[
        Literal["periods", "hosts"], "a host visited twice counts as two periods, as one host"
    ] = "periods"
    at_least: Few = 0
    at_most: Few = 20
    periods: Annotated[tuple[PeriodRef, ...], "only these periods count; none named: all"] = ()


@dataclass(frozen=True, kw_only=True)
class MinimumStay(Parameters):
    """A stay of at least so many months or days in a period."""

    period: PeriodRef
    months: Annotated[int | None, Whole(1, 24)] = None
    days: Annotated[int | None, Whole(1, 700)] = None


@dataclass(frozen=True, kw_only=True)
class EctsBetween(Parameters):
    """Credits at a host, in some periods, or in one year of study."""

    least: Credits | None = None
    most: Credits | None = None
    hosts: tuple[OrganisationRef, ...] = ()
    periods: tuple[PeriodRef, ...] = ()
    year: Annotated[int, Whole(1, 6)] | None = None


@dataclass(frozen=True, kw_only=True)
class Balance(Parameters):
    """The groups of a period differ by at most `tolerance` students."""

    period: PeriodRef
    tolerance: Annotated[int, Whole(0, 1000)] = 1
    offerings: Annotated[tuple[OfferingRef, ...], "none named: all of the period"] = ()


@dataclass(frozen=True, kw_only=True)
class Gate(Parameters):
    """Credits to hold, or a mean to reach, before a period begins."""

    before: PeriodRef
    ects: Credits | None = None
    mean: Annotated[Name | None, "the mean and its scale, as the regulations put it"] = None


@dataclass(frozen=True, kw_only=True)
class ReachesMean(Parameters):
    """A mean of grades that is a number, to be reached before a period begins."""

    before: PeriodRef
    mean: Annotated[Name, "what is averaged, and on which scale"]
    at_least: Score
    periods: Annotated[tuple[PeriodRef, ...], "whose grades count; none named: all before"] = ()


@dataclass(frozen=True, kw_only=True)
class RequiresLanguage(Parameters):
    """A level in a language."""

    language: Language
    level: LanguageLevel


@dataclass(frozen=True, kw_only=True)
class OnlyForFunding(Parameters):
    """Open to holders of these kinds of funding."""

    funding: tuple[Key, ...]
    periods: tuple[PeriodRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OnlyTracks(Parameters):
    """Only these tracks; with `only_for`, for whom."""

    tracks: tuple[TrackRef, ...]


@dataclass(frozen=True, kw_only=True)
class AfterOffering(Parameters):
    """Open to those who took one of these before."""

    offerings: tuple[OfferingRef, ...]


@dataclass(frozen=True, kw_only=True)
class WhenFull(Parameters):
    """Opens once these have no seat left."""

    offerings: tuple[OfferingRef, ...]


@dataclass(frozen=True, kw_only=True)
class EnoughStudents(Parameters):
    """Opens with at least so many students."""

    at_least: Count


PATH_KINDS: Kinds = {
    "stated": Stated,
    "mandatory_mobility": MandatoryMobility,
    "distinct_countries": DistinctCountries,
    "distinct_hosts": DistinctHosts,
    "same_host": SameHost,
    "exclude_pair": ExcludePair,
    "not_residence_country": NotResidenceCountry,
    "outside_europe": OutsideEurope,
    "visits": Visits,
    "minimum_stay": MinimumStay,
    "ects_between": EctsBetween,
    "balance": Balance,
    "gate": Gate,
    "reaches_mean": ReachesMean,
    "requires_language": RequiresLanguage,
    "only_for_funding": OnlyForFunding,
    "only_tracks": OnlyTracks,
    "after_offering": AfterOffering,
    "when_full": WhenFull,
    "enough_students": EnoughStudents,
}

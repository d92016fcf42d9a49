"""A programme version: its periods, what each host offers in them, and the paths through.

A period may lie inside another (`parent`): blocks in a semester, halves of a split semester.
An offering is a period at a host, in a language, for a specialisation or for all. Paths are
either named (`tracks`) or generated (`transitions`); a version may use both.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from mobility_tracks.programme.rules import Audience, Rule
from mobility_tracks.programme.sourced import Sourced
from mobility_tracks.programme.words import (
    Count,
    Credits,
    Currency,
    IntakeRef,
    Key,
    Language,
    Money,
    Name,
    NominalDate,
    OfferingRef,
    OrganisationRef,
    PeriodRef,
    Prose,
    RuleRef,
    Sentence,
    SpecialisationRef,
    TrackRef,
    VersionRef,
    Whole,
)


@dataclass(frozen=True, kw_only=True)
class PeriodChoice(Sourced):
    """When students say which offering of a period they prefer."""

    asked_at: Literal["application", "admission", "during_period"]
    period: Annotated[PeriodRef | None, "the period it is asked in, with `during_period`"] = None
    settled_by: Literal["preference", "merit", "board"] = "preference"
    merit_of: Annotated[
        tuple[PeriodRef, ...],
        "with `merit`: whose grades rank; none named: the admission's ranking",
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Period(Sourced):
    """A slot of the programme's time; the order in the file is the order of study."""

    key: Key
    name: Name
    kind: Literal["semester", "term", "block", "summer_school", "thesis"]
    parent: PeriodRef | None = None
    ects: Annotated[Credits | None, "none: no credits"] = None
    starts: Annotated[NominalDate, "first day, from the intake's first year: Y-09-15"]
    ends: Annotated[NominalDate, "last day"]
    overlaps: Annotated[tuple[PeriodRef, ...], "periods it may share days with"] = ()
    optional: Annotated[bool, "its credits stay outside the programme's total"] = False
    choice: PeriodChoice | None = None


@dataclass(frozen=True, kw_only=True)
class SharedHost:
    """A further organisation that takes part in an offering."""

    organisation: OrganisationRef
    part: Literal["co_host", "virtual_provider", "co_supervisor"]
    ects: Annotated[Credits | None, "its share, within the offering's credits"] = None


@dataclass(frozen=True, kw_only=True)
class Offering(Sourced):
    """What one host gives in one period."""

    key: Key
    period: PeriodRef
    host: OrganisationRef | None = None
    outside: Annotated[Sentence | None, "instead of a host: who may host, and who agrees"] = None
    shared_with: tuple[SharedHost, ...] = ()
    specialisation: SpecialisationRef | None = None
    language: Language = "en"
    ects: Annotated[Credits | None, "where it differs from the period"] = None
    min_seats: Annotated[int, Whole()] | None = None
    max_seats: Annotated[int, Whole()] | None = None
    intakes: Annotated[tuple[IntakeRef, ...], "only for these; none named: all"] = ()
    opens_when: tuple[Rule, ...] = ()
    prerequisites: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrackRole:
    """A name for some periods of a track, such as `home`; they share one host."""

    key: Key
    periods: tuple[PeriodRef, ...]


@dataclass(frozen=True, kw_only=True)
class Track(Sourced):
    """A named path: for each step, the offerings of one period to choose among."""

    key: Key
    name: Name
    steps: tuple[tuple[OfferingRef, ...], ...]
    follows: Annotated[tuple[TrackRef, ...], "tracks this one continues (year 1, year 2)"] = ()
    roles: tuple[TrackRole, ...] = ()
    specialisation: SpecialisationRef | None = None
    ects: Annotated[Credits | None, "total of a shorter route, as with direct entry"] = None
    only_for: Audience | None = None
    exempt_from: Annotated[
        tuple[RuleRef, ...], "rules of the version that do not hold on this track"
    ] = ()


@dataclass(frozen=True, kw_only=True)
class Transition(Sourced):
    """From one offering, the offerings a student may take next."""

    after: OfferingRef
    then: tuple[OfferingRef, ...]
    conditions: tuple[Rule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Degree(Sourced):
    """A degree, who awards it, and the paths that lead to it."""

    key: Key
    title: Name
    kind: Literal["joint", "double", "multiple", "single"]
    awarded_by: tuple[OrganisationRef, ...]
    tracks: Annotated[tuple[TrackRef, ...], "none named: every path"] = ()
    through: Annotated[tuple[OfferingRef, ...], "the path passes one of these"] = ()


@dataclass(frozen=True, kw_only=True)
class Specialisation(Sourced):
    """A branch of study, tied to hosts or not."""

    key: Key
    name: Name
    begins: Annotated[PeriodRef | None, "the first period with courses of its own"] = None
    certificate: Annotated[bool, "completing it gives a certificate beside the degree"] = False


@dataclass(frozen=True, kw_only=True)
class Fee(Sourced):
    """What a student pays, in whole units of the currency."""

    key: Key
    amount: Money
    currency: Currency
    per: Literal["year", "programme", "semester", "month"]
    covers: Sentence | None = None
    exempt: Annotated[tuple[Key, ...], "kinds of funding that do not pay"] = ()


@dataclass(frozen=True, kw_only=True)
class Version(Sourced):
    """The rules of study for some intakes; a changed curriculum is a new version."""

    key: Key
    title: Name
    state: Literal["earlier", "current", "planned"]
    continues: Annotated[VersionRef | None, "the version before this one"] = None
    from_year: Annotated[
        int | None, Whole(2000, 2100), "first intake, where neither intakes nor classes tell it"
    ] = None
    first_class: Count | None = None
    last_class: Count | None = None
    ects: Annotated[Credits, "total of a full path"]
    months: Annotated[int, Whole(6, 72)]
    languages: tuple[Language, ...]
    registration: Literal["one", "several", "all"] | None = None
    about: Prose | None = None
    specialisations: tuple[Specialisation, ...] = ()
    periods: tuple[Period, ...]
    offerings: tuple[Offering, ...] = ()
    tracks: tuple[Track, ...] = ()
    transitions: tuple[Transition, ...] = ()
    degrees: tuple[Degree, ...] = ()
    rules: tuple[Rule, ...] = ()
    fees: tuple[Fee, ...] = ()

"""A version read for judging: what a stay at each offering amounts to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from mobility_tracks.calendar import resolve, year_of_study
from mobility_tracks.programme.curriculum import Offering, Period, Version
from mobility_tracks.programme.document import Document
from mobility_tracks.programme.rules import Rule

# A study period counts for mobility; a thesis is a stop of the path too (domain.md 1.2).
STUDY = ("semester", "term")
STOPS = (*STUDY, "thesis")


@dataclass(frozen=True, slots=True)
class Host:
    """An organisation as a host. `country`: ISO 3166-1; `is_full`: coordinator or full partner."""

    key: str
    name: str
    city: str
    country: str
    station: str
    is_full: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """One offering, taken. `ects` is all that is earned in it, `credits` who gives how much of it.

    `slot` is the period on the programme's top level, `year` the year of study, from 1. A host
    outside the consortium has no key and no country. `days`, `months`: how long the period is, both
    ends included, and how many whole months fit into it. `is_study`: physical, in a semester or term
    (or a part of one), at a full partner.
    """

    offering: str
    period: str
    slot: str
    host: str
    place: str
    country: str
    ects: Decimal
    year: int
    language: str
    credits: tuple[tuple[str, Decimal], ...]
    is_study: bool
    days: int
    months: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule and what it binds: the whole version, or who takes `offering`; `then`: going on to
    one of these from there."""

    rule: Rule
    offering: str = ""
    then: tuple[str, ...] = ()
    opens: bool = False


@dataclass(frozen=True)
class Course:
    """A version and the partners it takes place at."""

    version: Version
    hosts: Mapping[str, Host]

    @classmethod
    def of(cls, document: Document, version: Version) -> "Course":
        """From a whole file. The document is one that was read, so every key resolves."""
        places = {told.key: told for told in document.organisations}
        hosts = {
            told.organisation: Host(
                key=told.organisation,
                name=places[told.organisation].name,
                city=places[told.organisation].city,
                country=places[told.organisation].country,
                station=told.station.code,
                is_full=told.kind != "associated",
            )
            for told in document.partnerships
        }
        return cls(version, hosts)

    @cached_property
    def periods(self) -> dict[str, Period]:
        return {period.key: period for period in self.version.periods}

    @cached_property
    def offerings(self) -> dict[str, Offering]:
        return {offering.key: offering for offering in self.version.offerings}

    @cached_property
    def stays(self) -> dict[str, Stay]:
        """By offering key."""
        return {key: self._stay(offering) for key, offering in self.offerings.items()}

    @cached_property
    def rules(self) -> tuple[Bound, ...]:
        """Every rule of the version, of its offerings and its transitions."""
        return tuple(self._rules())

    def slot(self, period: Period) -> Period:
        """The period on the top level around this one."""
        while period.parent:
            period = self.periods[period.parent]
        return period

    @cached_property
    def _first(self) -> str:
        stops = (p for p in self.version.periods if p.parent is None and p.kind in STOPS)
        return next((str(period.starts) for period in stops), "")

    def _stay(self, offering: Offering) -> Stay:
        period = self.periods[offering.period]
        slot = self.slot(period)
        host = self.hosts.get(offering.host or "")
        ects = offering.ects if offering.ects is not None else period.ects or Decimal(0)
        return Stay(
            offering=offering.key,
            period=period.key,
            slot=slot.key,
            host=host.key if host else "",
            place=host.name if host else offering.outside or "",
            country=host.country if host else "",
            ects=ects,
            year=year_of_study(str(period.starts), first=self._first),
            language=offering.language,
            credits=tuple(_shares(offering, ects)),
            is_study=bool(host and host.is_full and slot.kind in STUDY),
            **_length(period),
        )

    def _rules(self) -> Iterator[Bound]:
        for rule in self.version.rules:
            yield Bound(rule)
        for offering in self.version.offerings:
            for rule in offering.prerequisites:
                yield Bound(rule, offering.key)
            for rule in offering.opens_when:
                yield Bound(rule, offering.key, opens=True)
        for transition in self.version.transitions:
            for rule in transition.conditions:
                yield Bound(rule, transition.after, transition.then)


def _length(period: Period) -> dict[str, int]:
    """In a common year, as every nominal date exists in one."""
    begin, end = resolve(str(period.starts), year=2001), resolve(str(period.ends), year=2001)
    if begin is None or end is None:
        return {"days": 0, "months": 0}
    after = end + timedelta(days=1)
    months = (after.year - begin.year) * 12 + after.month - begin.month
    return {"days": (after - begin).days, "months": months - (after.day < begin.day)}


def _shares(offering: Offering, ects: Decimal) -> Iterator[tuple[str, Decimal]]:
    """Who gives the credits of an offering: the host all that the others do not."""
    others = [(shared.organisation, shared.ects or Decimal(0)) for shared in offering.shared_with]
    yield offering.host or "", ects - sum((share for _, share in others), Decimal(0))
    yield from others

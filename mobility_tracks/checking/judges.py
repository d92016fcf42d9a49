"""One judge per kind of rule: a way and a person in, a finding or nothing out.

A judge looks at the whole way. Kinds that bind students together (balance, opening) and sentences
without parameters have no judge here: `OTHERS` says who settles them. Sources: Erasmus Mundus
mandatory mobility (two periods in two countries, both other than the country of residence, at least
one in the EU or an associated country; master-promise.eu/mobility) and the published pathway rules
of real joint masters; each rule of a file carries its own source on top.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from mobility_tracks.checking.course import Bound, Stay
from mobility_tracks.checking.judges_of_people import after, funding, gate, language, mean
from mobility_tracks.checking.people import Person, country_name
from mobility_tracks.checking.spelling import listed, number
from mobility_tracks.checking.verdicts import Finding, Needs, Open, Verdict
from mobility_tracks.checking.ways import Way
from mobility_tracks.placement.rules import EU_AND_ASSOCIATED
from mobility_tracks.programme import path_kinds as kinds

Judgement = Finding | Needs | None
Judge = Callable[[Any, Way, Person, Bound], Judgement]


def judge(bound: Bound, way: Way, person: Person) -> Verdict | Open | None:
    """What a rule says of a person on a way: None when it has nothing against it.

    A rule for others, or of an offering that the way does not pass, has nothing to say. One that is
    broken, but perhaps by somebody whom it does not concern, is open.
    """
    rule, concerned = bound.rule, person.is_among(bound.rule.only_for)
    if concerned is False or not _is_bound(bound, way):
        return None
    found = JUDGES[rule.kind](rule.parameters, way, person, bound) if rule.kind in JUDGES else None
    if rule.kind not in JUDGES:
        found = Needs(OTHERS[rule.kind])
    if found and rule.only_for and concerned is None:
        found = Needs(listed(person.unknown_to(rule.only_for)))
    if isinstance(found, Finding):
        return Verdict(rule.sentence, found.fact, rule.source or "", found.remedy)
    return Open(rule.sentence, found.what, rule.source or "") if found else None


def _is_bound(bound: Bound, way: Way) -> bool:
    if not bound.offering and bound.rule.key in way.exempt_from:
        return False
    if bound.offering and not way.passes(bound.offering):
        return False
    return not bound.then or any(way.passes(key) for key in bound.then)


def _within(way: Way, periods: Collection[str]) -> list[Stay]:
    """The stays in these periods, or in their parts; all where none is named."""
    return [s for s in way.stays if not periods or s.period in periods or s.slot in periods]


def _mandatory(asked: kinds.MandatoryMobility, way: Way, person: Person, _: Bound) -> Judgement:
    counting = _counting(asked, way)
    home = person.residence if asked.not_residence else ""
    abroad = counting - {home}
    inside = abroad & set(EU_AND_ASSOCIATED)
    short = asked.countries - len(abroad)
    outside = asked.in_programme_countries - len(inside)
    if short <= 0 and outside <= 0:
        return None
    fact = f"the counting periods are in {listed(map(country_name, sorted(counting)))}"
    if home in counting:
        fact += f", and {country_name(home)} is the country of residence {_anchor(asked)}"
    where = " in the EU or an associated country" if outside > 0 else ""
    return Finding(fact, f"{number(max(short, outside), 'more period')}{where}, in a new country")


def _counting(asked: kinds.MandatoryMobility, way: Way) -> set[str]:
    """Countries with a period that counts: the credits the rule asks for, or a whole semester."""
    slots: dict[str, dict[str, Decimal]] = {}
    for stay in way.stays:
        if stay.is_study:
            held = slots.setdefault(stay.slot, {})
            held[stay.country] = held.get(stay.country, Decimal(0)) + stay.ects
    return {
        country
        for held in slots.values()
        for country, ects in held.items()
        if (ects >= asked.ects_each if asked.ects_each else len(held) == 1)
    }


def _anchor(asked: kinds.MandatoryMobility | kinds.NotResidenceCountry) -> str:
    return {
        "application": "at application",
        "enrolment": "at enrolment",
        "last_degree": "of the last degree",
    }[asked.residence_at]


def _countries(asked: kinds.DistinctCountries, way: Way, _p: Person, _b: Bound) -> Judgement:
    stays = _within(way, asked.periods)
    found = dict.fromkeys(stay.country for stay in stays if stay.country)
    short = asked.at_least - len(found)
    if short <= 0:
        return None
    return Finding(
        f"the way lies in {listed(map(country_name, found))}",
        f"{number(short, 'more country', 'more countries')}",
    )


def _hosts(asked: kinds.DistinctHosts, way: Way, _p: Person, _b: Bound) -> Judgement:
    held: dict[str, Decimal] = {}
    names: dict[str, str] = {}
    for stay in _within(way, asked.periods):
        if stay.host:
            held[stay.host] = held.get(stay.host, Decimal(0)) + stay.ects
            names[stay.host] = stay.place
    counted = [host for host, ects in held.items() if ects >= (asked.ects_each or 0)]
    short = asked.at_least - len(counted)
    if short <= 0:
        return None
    each = f" with {asked.ects_each} ECTS" if asked.ects_each else ""
    return Finding(
        f"the way has {number(len(counted), 'host')}{each}: "
        f"{listed(names[host] for host in counted)}",
        f"{number(short, 'more host')}{each}",
    )


def _same_host(asked: kinds.SameHost, way: Way, _p: Person, _b: Bound) -> Judgement:
    stays = _within(way, asked.periods)
    if len({stay.host for stay in stays}) <= 1:
        return None
    places = listed(f"{stay.place} in {stay.period}" for stay in stays)
    return Finding(f"the hosts are {places}", "One host for all of these periods")


def _exclude(asked: kinds.ExcludePair, way: Way, _p: Person, _b: Bound) -> Judgement:
    ones = [stay for stay in way.stays if stay.host in asked.one]
    others = [stay for stay in way.stays if stay.host in asked.other]
    for one in ones:
        for other in others:
            if one.offering != other.offering and (
                not asked.same_year_only or one.year == other.year
            ):
                span = f" in year {one.year}" if asked.same_year_only else ""
                fact = f"the way leads to {one.place} and to {other.place}{span}"
                return Finding(fact, "A way with one of the two only")
    return None


def _not_home(asked: kinds.NotResidenceCountry, way: Way, person: Person, _: Bound) -> Judgement:
    home = person.residence
    if asked.countries and home not in asked.countries:
        return None
    at_home = [stay for stay in _within(way, asked.periods) if stay.country == home]
    if len(at_home) <= asked.at_most:
        return None
    where = listed(f"{stay.period} at {stay.place}" for stay in at_home)
    return Finding(
        f"{where}: in {country_name(home)}, the country of residence {_anchor(asked)}",
        "Another country instead, or a corrected country of residence with its evidence",
    )


def _outside(asked: kinds.OutsideEurope, way: Way, _p: Person, _b: Bound) -> Judgement:
    outside = [s for s in way.stays if s.country and s.country not in EU_AND_ASSOCIATED]
    if asked.at_least <= len(outside) <= asked.at_most:
        return None
    where = f": {listed(stay.place for stay in outside)}" if outside else ""
    fact = f"{number(len(outside), 'period')} outside the EU and associated countries{where}"
    if len(outside) > asked.at_most:
        return Finding(fact, f"At most {asked.at_most} of them outside")
    return Finding(fact, f"{number(asked.at_least - len(outside), 'more period')} outside")


def _visits(asked: kinds.Visits, way: Way, _p: Person, _b: Bound) -> Judgement:
    there = [stay for stay in _within(way, asked.periods) if stay.host in asked.to]
    by_host = asked.counted == "hosts"
    count = len({stay.host for stay in there}) if by_host else len(there)
    if asked.at_least <= count <= asked.at_most:
        return None
    noun = "of these hosts" if by_host else "at these hosts"
    where = f": {listed(f'{stay.place} in {stay.period}' for stay in there)}" if there else ""
    counted = str(count) if by_host else number(count, "period")
    if count > asked.at_most:
        return Finding(f"{counted} {noun}{where}", f"At most {asked.at_most} of them")
    return Finding(f"{counted} {noun}{where}", f"{asked.at_least - count} more of them")


def _length(asked: kinds.MinimumStay, way: Way, _p: Person, _b: Bound) -> Judgement:
    """Of the period as the programme dates it; a stay that ends early is the office's to see."""
    for stay in _within(way, [asked.period]):
        if asked.days is not None and stay.days < asked.days:
            return Finding(
                f"{stay.period} is {number(stay.days, 'day')} long", f"{asked.days} days"
            )
        if asked.months is not None and stay.months < asked.months:
            return Finding(
                f"{stay.period} is {number(stay.months, 'month')} long", f"{asked.months} months"
            )
    return None


def _tracks(asked: kinds.OnlyTracks, way: Way, _p: Person, _b: Bound) -> Judgement:
    if set(way.path.split("--")) & set(asked.tracks):
        return None
    return Finding(f"the track is {way.path}", f"One of {listed(asked.tracks)}")


def _ects(asked: kinds.EctsBetween, way: Way, _p: Person, _b: Bound) -> Judgement:
    stays = [s for s in _within(way, asked.periods) if asked.year in (None, s.year)]
    held = sum(
        (
            share
            for s in stays
            for host, share in s.credits
            if not asked.hosts or host in asked.hosts
        ),
        Decimal(0),
    )
    least, most = asked.least or Decimal(0), asked.most
    if held >= least and (most is None or held <= most):
        return None
    where = f" in year {asked.year}" if asked.year else ""
    lack = least - held
    remedy = f"{lack} ECTS more there" if lack > 0 else f"At most {most} ECTS there"
    return Finding(f"{held} ECTS{where}", remedy)


JUDGES: Mapping[str, Judge] = {
    "mandatory_mobility": _mandatory,
    "distinct_countries": _countries,
    "distinct_hosts": _hosts,
    "same_host": _same_host,
    "exclude_pair": _exclude,
    "not_residence_country": _not_home,
    "outside_europe": _outside,
    "visits": _visits,
    "minimum_stay": _length,
    "ects_between": _ects,
    "gate": gate,
    "reaches_mean": mean,
    "requires_language": language,
    "only_for_funding": funding,
    "only_tracks": _tracks,
    "after_offering": after,
}
OTHERS: Mapping[str, str] = {
    "stated": "a person checks it",
    "balance": "the round of placement settles it",
    "when_full": "the round of placement settles it",
    "enough_students": "the round of placement settles it",
}

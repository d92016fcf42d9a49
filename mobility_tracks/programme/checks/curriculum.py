"""Checks of periods and offerings within a programme version."""

from collections import defaultdict
from decimal import Decimal

from mobility_tracks.programme.checks.site import Check, Site, cycle_in
from mobility_tracks.programme.curriculum import Offering, Period, PeriodChoice, Version
from mobility_tracks.programme.path_kinds import EnoughStudents


def _seats(offering: Offering, site: Site) -> None:
    least, most = offering.min_seats, offering.max_seats
    if least is not None and most is not None and least > most:
        says = "more seats at least than at most"
        site.problem("min_seats", says=says, expected=f"at most {most}", found=str(least))


def _opens(offering: Offering, site: Site) -> None:
    for rule in offering.opens_when:
        asked, most = rule.parameters, offering.max_seats
        if isinstance(asked, EnoughStudents) and most is not None and asked.at_least > most:
            where = ("opens_when", rule.key, "parameters", "at_least")
            says = "it opens with more students than it has seats"
            site.problem(*where, says=says, expected=f"at most {most}", found=str(asked.at_least))


def _one_host(offering: Offering, site: Site) -> None:
    if (offering.host is None) == (offering.outside is None):
        site.problem(says="an offering has either a host or hosts outside", expected="one of both")
    shares = sum((shared.ects or Decimal(0) for shared in offering.shared_with), Decimal(0))
    if offering.ects is not None and shares > offering.ects:
        says = "shared hosts take more credits than the offering has"
        site.problem("shared_with", says=says, expected=str(offering.ects), found=str(shares))


def _period_days(period: Period, site: Site) -> None:
    if period.ends < period.starts:
        says = "the period ends before it starts"
        site.problem(
            "ends", says=says, expected=f"{period.starts} or later", found=str(period.ends)
        )


def _choice(choice: PeriodChoice, site: Site) -> None:
    if (choice.asked_at == "during_period") != (choice.period is not None):
        says = "`period` goes with `asked_at: during_period`, and only with it"
        site.problem("asked_at", says=says, found=choice.asked_at)


def _merit(choice: PeriodChoice, site: Site) -> None:
    if choice.merit_of and choice.settled_by != "merit":
        says = "`merit_of` goes with `settled_by: merit`"
        site.problem("merit_of", says=says, expected="merit", found=choice.settled_by)


def _classes(version: Version, site: Site) -> None:
    first, last = version.first_class, version.last_class
    if first and last and first > last:
        says = "the last class comes before the first"
        site.problem("last_class", says=says, expected=f"{first} or later", found=str(last))


def _parents(version: Version, site: Site) -> None:
    graph = {period.key: [period.parent] for period in version.periods if period.parent}
    if cycle := cycle_in(graph):
        says = "periods lie inside one another in a circle"
        site.problem("periods", cycle[0], "parent", says=says, found=" > ".join(cycle))


def _within_parent(version: Version, site: Site) -> None:
    periods = {period.key: period for period in version.periods}
    for period in version.periods:
        parent = periods.get(period.parent or "")
        if parent and (period.starts < parent.starts or period.ends > parent.ends):
            within = f"within {parent.starts} to {parent.ends}"
            found = f"{period.starts} to {period.ends}"
            says = f"the period leaves the days of {parent.key}"
            site.problem("periods", period.key, says=says, expected=within, found=found)


def _overlaps(version: Version, site: Site) -> None:
    siblings: dict[str | None, list[Period]] = defaultdict(list)
    for period in sorted(version.periods, key=lambda period: period.starts):
        for other in siblings[period.parent]:
            if _clash(other, period):
                says = f"the period shares days with {other.key} and neither says so in `overlaps`"
                expected = f"a start after {other.ends}"
                site.problem(
                    "periods",
                    period.key,
                    "starts",
                    says=says,
                    expected=expected,
                    found=str(period.starts),
                )
        if site.report.full:
            return
        siblings[period.parent].append(period)


def _clash(one: Period, other: Period) -> bool:
    declared = other.key in one.overlaps or one.key in other.overlaps
    return not declared and one.starts <= other.ends and other.starts <= one.ends


def _total(version: Version, site: Site) -> None:
    counted = [p for p in version.periods if p.parent is None and not p.optional]
    total = sum((period.ects or Decimal(0) for period in counted), Decimal(0))
    if total != version.ects:
        says = "the credits of the periods do not add up to the programme's"
        site.problem("ects", says=says, expected=str(total), found=str(version.ects))


def _parts(version: Version, site: Site) -> None:
    inside: dict[str, Decimal] = defaultdict(Decimal)
    for period in version.periods:
        if period.parent and not period.optional:
            inside[period.parent] += period.ects or 0
    for period in version.periods:
        if inside[period.key] > (period.ects or 0):
            found = str(inside[period.key])
            says = "the periods inside have more credits than the period"
            site.problem("periods", period.key, says=says, expected=str(period.ects), found=found)


def _asked_before(version: Version, site: Site) -> None:
    order = {period.key: number for number, period in enumerate(version.periods)}
    for period in version.periods:
        asked_in = period.choice.period if period.choice else None
        if asked_in and order.get(asked_in, -1) >= order[period.key]:
            where = ("periods", period.key, "choice", "period")
            says = "the choice is asked after the period it is for"
            site.problem(*where, says=says, expected="an earlier period", found=asked_in)
        graded = period.choice.merit_of if period.choice else ()
        for number, key in enumerate(graded):
            if order.get(key, -1) >= order[period.key]:
                within = ("periods", period.key, "choice", "merit_of", number)
                says = "grades settle a choice only after they were given"
                site.problem(*within, says=says, expected="an earlier period", found=key)


CURRICULUM_CHECKS: tuple[Check, ...] = (
    (Offering, ("min_seats", "max_seats"), _seats),
    (Offering, ("max_seats", "opens_when"), _opens),
    (Offering, ("host", "outside", "shared_with", "ects"), _one_host),
    (Period, ("starts", "ends"), _period_days),
    (PeriodChoice, ("asked_at", "period"), _choice),
    (PeriodChoice, ("settled_by", "merit_of"), _merit),
    (Version, ("first_class", "last_class"), _classes),
    (Version, ("periods",), _parents),
    (Version, ("periods",), _within_parent),
    (Version, ("periods",), _overlaps),
    (Version, ("periods", "ects"), _total),
    (Version, ("periods",), _parts),
    (Version, ("periods",), _asked_before),
)

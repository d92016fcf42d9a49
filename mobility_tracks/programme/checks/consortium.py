"""Checks between a consortium's partners and the rest of its file."""

import re
from collections.abc import Iterator

from mobility_tracks.programme.checks.site import Check, Site, cycle_in, repeated
from mobility_tracks.programme.curriculum import Offering
from mobility_tracks.programme.document import Code, Document, Partnership

_CODES = {
    # padded with spaces to five characters before the name, as the Commission's list prints it
    "erasmus": (re.compile(r"[A-Z]{1,3} {1,2}[A-Z][A-Z-]*[0-9]{2,3}"), "a code as PL WARSZAW02"),
    "schac": (re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+"), "an internet domain"),
    "pic": (re.compile(r"[0-9]{9}"), "nine digits"),
}


def _code(code: Code, site: Site) -> None:
    pattern, expected = _CODES[code.scheme]
    if not pattern.fullmatch(code.value):
        says = f"not a code of the scheme {code.scheme}"
        site.problem("value", says=says, expected=expected, found=code.value)


def _award(partnership: Partnership, site: Site) -> None:
    if partnership.kind == "associated" and partnership.awards_degree:
        says = "an associated partner awards no degree"
        site.problem("awards_degree", says=says, expected="false", found="true")


def _validity(partnership: Partnership, site: Site) -> None:
    begins, ends = partnership.valid_from, partnership.valid_until
    if begins and ends and ends < begins:
        says, expected = "the partnership ends before it begins", f"{begins} or later"
        site.problem("valid_until", says=says, expected=expected, found=str(ends))


def _attached(partnership: Partnership, site: Site) -> None:
    if partnership.organisation in partnership.attached_to:
        site.problem("attached_to", says="a partner cannot be attached to itself")


def _coordinator(document: Document, site: Site) -> None:
    leads = [p.organisation for p in document.partnerships if p.kind == "coordinator"]
    if len(leads) != 1:
        found = ", ".join(leads) or "none"
        says = "a consortium has one coordinator"
        site.problem("partnerships", says=says, expected="one", found=found)


def _stations(document: Document, site: Site) -> None:
    partners = document.partnerships
    for number, code in repeated(partner.station.code for partner in partners):
        key, says = partners[number].organisation, "two stations have one code"
        site.problem(
            "partnerships", key, "station", "code", says=says, expected="its own", found=code
        )
    looks = [(partner.station.colour, partner.station.shape) for partner in partners]
    for number, (colour, shape) in repeated(looks):
        key, says = partners[number].organisation, "two stations have one colour and shape"
        found = f"{colour}, {shape}"
        site.problem("partnerships", key, "station", says=says, expected="its own", found=found)


def _hosts(document: Document, site: Site) -> None:
    partners = {partner.organisation for partner in document.partnerships}
    strangers = {organisation.key for organisation in document.organisations} - partners
    for version in document.versions:
        for offering in version.offerings:
            for within, host in _hosts_of(offering):
                if host in strangers:
                    says = "the host is no partner of the consortium"
                    inside = Site(site.report, (*site.path, "versions", version.key, "offerings"))
                    inside.problem(offering.key, *within, says=says, expected="one", found=host)


def _hosts_of(offering: Offering) -> Iterator[tuple[tuple[str, ...], str | None]]:
    yield ("host",), offering.host
    for shared in offering.shared_with:
        yield ("shared_with", shared.organisation), shared.organisation


def _awarding(document: Document, site: Site) -> None:
    awarding = {p.organisation for p in document.partnerships if p.awards_degree}
    for version in document.versions:
        for degree in version.degrees:
            for number, key in enumerate(degree.awarded_by):
                if key not in awarding:
                    where = ("versions", version.key, "degrees", degree.key, "awarded_by", number)
                    says = "the partner does not award the degree"
                    expected = "a partner with `awards_degree: true`"
                    site.problem(*where, says=says, expected=expected, found=key)


def _lineage(document: Document, site: Site) -> None:
    graph = {version.key: [version.continues] for version in document.versions if version.continues}
    if cycle := cycle_in(graph):
        says = "versions continue one another in a circle"
        site.problem("versions", cycle[0], "continues", says=says, found=" > ".join(cycle))


def _in_time(document: Document, site: Site) -> None:
    years = {intake.key: intake.first_year for intake in document.intakes}
    for call in document.calls:
        year = years.get(call.intake, call.closes_at.year)
        if call.closes_at.year > year:
            where = ("calls", call.key, "closes_at")
            says, expected = "the call closes after its intake began", f"{year} or earlier"
            site.problem(*where, says=says, expected=expected, found=str(call.closes_at.year))


CONSORTIUM_CHECKS: tuple[Check, ...] = (
    (Code, ("scheme", "value"), _code),
    (Partnership, ("kind", "awards_degree"), _award),
    (Partnership, ("valid_from", "valid_until"), _validity),
    (Partnership, ("attached_to",), _attached),
    (Document, ("partnerships",), _coordinator),
    (Document, ("partnerships",), _stations),
    (Document, ("organisations", "partnerships", "versions"), _hosts),
    (Document, ("partnerships", "versions"), _awarding),
    (Document, ("versions",), _lineage),
    (Document, ("intakes", "calls"), _in_time),
)

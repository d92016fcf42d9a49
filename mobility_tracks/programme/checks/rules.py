"""Checks of the parameters of single rules."""

from mobility_tracks.programme.checks.site import Check, Site
from mobility_tracks.programme.path_kinds import EctsBetween, MinimumStay, Visits


def _ects_bounds(bounds: EctsBetween, site: Site) -> None:
    if bounds.least is not None and bounds.most is not None and bounds.least > bounds.most:
        found, most = str(bounds.least), f"at most {bounds.most}"
        site.problem("least", says="more at least than at most", expected=most, found=found)


def _visit_bounds(visits: Visits, site: Site) -> None:
    if visits.at_least > visits.at_most:
        found, most = str(visits.at_least), f"at most {visits.at_most}"
        site.problem("at_least", says="more at least than at most", expected=most, found=found)
    if visits.counted == "hosts" and visits.at_least > len(visits.to):
        found, most = str(visits.at_least), f"at most {len(visits.to)}"
        site.problem("at_least", says="more hosts than are named", expected=most, found=found)


def _length_of_stay(stay: MinimumStay, site: Site) -> None:
    if (stay.months is None) == (stay.days is None):
        site.problem(says="a stay is measured in months or in days", expected="one of both")


RULE_CHECKS: tuple[Check, ...] = (
    (EctsBetween, ("least", "most"), _ects_bounds),
    (Visits, ("to", "counted", "at_least", "at_most"), _visit_bounds),
    (MinimumStay, ("months", "days"), _length_of_stay),
)

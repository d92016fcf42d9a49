"""Checks of calls: times, papers, weights."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from mobility_tracks.programme.admission import Call, Criterion, DocumentRequirement, Rubric
from mobility_tracks.programme.checks.site import Check, Site, cycle_in
from mobility_tracks.programme.scalars import exists_in

Place = tuple[str, ...]
FULL_WEIGHT = 100


def _moments(call: Call) -> Iterator[tuple[Place, datetime]]:
    yield ("opens_at",), call.opens_at
    yield ("closes_at",), call.closes_at
    for route in call.routes:
        if route.closes_at:
            yield ("routes", route.key, "closes_at"), route.closes_at
    if call.references and call.references.closes_at:
        yield ("references", "closes_at"), call.references.closes_at


def _closes_later(call: Call, site: Site) -> None:
    for where, moment in _moments(call):
        if where[-1] == "closes_at" and moment <= call.opens_at:
            says = "the call closes before it opens"
            expected = f"after {call.opens_at:%Y-%m-%dT%H:%M}"
            site.problem(*where, says=says, expected=expected, found=f"{moment:%Y-%m-%dT%H:%M}")


def _exist(call: Call, site: Site) -> None:
    for where, moment in _moments(call):
        if not exists_in(call.zone, moment):
            says = f"clocks in {call.zone} skip this time in spring"
            site.problem(*where, says=says, expected="a time clocks show", found=f"{moment:%H:%M}")


def _sometimes(document: DocumentRequirement, site: Site) -> None:
    if (document.needed == "sometimes") != (document.when is not None):
        says = "`when` goes with `needed: sometimes`, and only with it"
        site.problem("needed", says=says, found=document.needed)


def _medical(document: DocumentRequirement, site: Site) -> None:
    if document.kind == "medical" and document.needed == "always":
        says = "medical evidence is given by those who ask for support, never by everybody"
        site.problem("needed", says=says, expected="sometimes or optional", found=document.needed)


def _knock_out(criterion: Criterion, site: Site) -> None:
    if criterion.knock_out is not None and criterion.knock_out > criterion.best:
        found, best = str(criterion.knock_out), f"at most {criterion.best}"
        site.problem("knock_out", says="above the best mark", expected=best, found=found)


def _weights(rubric: Rubric, site: Site) -> None:
    sums: dict[str | None, Decimal] = defaultdict(Decimal)
    for criterion in rubric.criteria:
        sums[criterion.parent] += criterion.weight
    for parent, total in sums.items():
        if total != FULL_WEIGHT:
            of = f" below {parent}" if parent else ""
            says = f"the weights of the criteria{of} do not add up"
            site.problem("criteria", says=says, expected=str(FULL_WEIGHT), found=str(total))


def _tree(rubric: Rubric, site: Site) -> None:
    graph = {criterion.key: [criterion.parent] for criterion in rubric.criteria if criterion.parent}
    if cycle := cycle_in(graph):
        says = "criteria lie inside one another in a circle"
        site.problem("criteria", cycle[0], "parent", says=says, found=" > ".join(cycle))


CALL_CHECKS: tuple[Check, ...] = (
    (Call, ("opens_at", "closes_at", "routes", "references"), _closes_later),
    (Call, ("zone", "opens_at", "closes_at", "routes", "references"), _exist),
    (DocumentRequirement, ("needed", "when"), _sometimes),
    (DocumentRequirement, ("kind", "needed"), _medical),
    (Criterion, ("knock_out", "best"), _knock_out),
    (Rubric, ("criteria",), _weights),
    (Rubric, ("criteria",), _tree),
)

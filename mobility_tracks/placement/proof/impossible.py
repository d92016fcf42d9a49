"""Checks that some demands of a round cannot hold together, so that it has no plan.

The round is reduced to these demands; then either somebody who must be placed has no place open, or
a search tree of multipliers contradicts every plan, as a certificate's claims do. That none of the
demands could be spared is shown by places that meet all the others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mobility_tracks.placement.plan import Demand
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Claim, Leaf, Tree
from mobility_tracks.placement.proof.claims import holds
from mobility_tracks.placement.proof.expected import ranks_of
from mobility_tracks.placement.proof.feasible import Places, misplaced, over_limits
from mobility_tracks.placement.proof.field import Assumed, Field
from mobility_tracks.placement.proof.reduced import reduced, undemanded


@dataclass(frozen=True, slots=True)
class Impossible:
    """`tree`, over `leaves`, refutes every plan that meets the `demands`; it is empty where a
    student who must be placed has no place open. `witnesses[k]`: option (None: no place) by student
    where all demands but the k-th hold; empty where nothing is shown about sparing one."""

    demands: tuple[Demand, ...]
    leaves: tuple[Leaf, ...] = ()
    tree: Tree = ()
    witnesses: tuple[Places, ...] = ()


@dataclass(frozen=True, slots=True)
class NoneReport:
    """`proved`: the demands cannot hold together, so no plan exists. `smallest`: without any one of
    them the others can; None where the proof does not say. `findings`: a sentence per fault."""

    proved: bool
    smallest: bool | None
    findings: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.proved and self.smallest is not False


def verify_none(problem: Problem, found: Impossible) -> NoneReport:
    """The report on a proof that the problem has no plan; never raises for a bad proof."""
    faults = tuple(undemanded(problem, found.demands))
    if faults:
        return NoneReport(proved=False, smallest=None, findings=faults)
    if not _is_refuted(problem, found):
        fault = "The proof does not show that these demands cannot hold together."
        return NoneReport(proved=False, smallest=None, findings=(fault,))
    if not found.witnesses:
        return NoneReport(proved=True, smallest=None)
    faults = tuple(_witness_faults(problem, found))
    return NoneReport(proved=True, smallest=not faults, findings=faults)


def _is_refuted(problem: Problem, found: Impossible) -> bool:
    left, optional = reduced(problem, found.demands)
    field = Field(left, ranks_of(left), found.leaves, optional=optional)
    if not all(field.open.values()):
        return True
    return holds(field, Claim(found.tree), Assumed(), field.box)


def _witness_faults(problem: Problem, found: Impossible) -> Iterator[str]:
    if len(found.witnesses) != len(found.demands):
        yield "There is not one witness for each demand."
        return
    for demand, places in zip(found.demands, found.witnesses, strict=True):
        left, optional = reduced(problem, [d for d in found.demands if d != demand])
        faults = [*misplaced(left, places, optional), *over_limits(left, _counts(places))]
        yield from (f"Without {demand.kind} {demand.id}: {fault}" for fault in faults[:1])


def _counts(places: Places) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for place in places.values():
        if place is not None:
            counts[place] = counts.get(place, 0) + 1
    return counts

"""Checks a plan against its problem in plain Python, sharing no calculation with the solver.

Feasibility and all figures are always checked. What is proved then, each claim given those before:
every stage's value is the least possible (`claims`; where seats per option are the only limits,
prices prove it); every option's number is the fewest, in the order of the draw; and given all
numbers, nobody could have a better place in an equally good plan, in the order of the draw (`face`:
no chain of moves leads there).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mobility_tracks.placement.plan import Aim, Plan
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate
from mobility_tracks.placement.proof.claims import claim_faults
from mobility_tracks.placement.proof.expected import (
    Ranks,
    draw_order,
    expected_stages,
    option_order,
    own_order,
    ranks_of,
)
from mobility_tracks.placement.proof.face import Face
from mobility_tracks.placement.proof.feasible import misplaced, optional_of, over_limits
from mobility_tracks.placement.proof.sentences import proof_sentences
from mobility_tracks.placement.record import fingerprint


@dataclass(frozen=True, slots=True)
class Report:
    """`optimal`: proved by this check, not proved (no certificate was given), or refuted (the plan
    or its certificate is wrong). `proofs`: a sentence for each claim checked."""

    feasible: bool
    optimal: Literal["proved", "not proved", "refuted"]
    findings: tuple[str, ...]
    proofs: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.feasible and self.optimal != "refuted"


def verify(problem: Problem, plan: Plan, certificate: Certificate | None = None) -> Report:
    """The report on a plan; never raises for a bad plan, each fault is a sentence."""
    faults = [*_inputs(problem, plan), *misplaced(problem, plan.assignment, optional_of(problem))]
    if not faults:
        faults = list(over_limits(problem, plan.counts))
    if faults:
        return Report(feasible=False, optimal="refuted", findings=tuple(faults))
    ranks = ranks_of(problem)
    faults = [*_figures(problem, plan, ranks), *_stages(problem, plan, ranks)]
    if faults:
        return Report(feasible=True, optimal="refuted", findings=tuple(faults))
    is_flow = _seats_only(problem)
    if not _has_prices(plan) or not (is_flow or certificate):
        note = "The bound comes from the solver's search; no certificate was handed over."
        return Report(feasible=True, optimal="not proved", findings=(note,))
    if certificate is not None and not is_flow:
        faults = list(claim_faults(problem, plan, certificate, ranks))
    if not faults:
        faults = list(_optimality(problem, plan, ranks, is_flow=is_flow))
    if faults:
        return Report(feasible=True, optimal="refuted", findings=tuple(faults))
    proofs = proof_sentences(plan, None if is_flow else certificate)
    return Report(feasible=True, optimal="proved", findings=(), proofs=tuple(proofs))


def _inputs(problem: Problem, plan: Plan) -> Iterator[str]:
    if plan.inputs != fingerprint(problem):
        yield "The plan was made for other inputs: the fingerprints differ."


def _figures(problem: Problem, plan: Plan, ranks: Ranks) -> Iterator[str]:
    silent = {student.id for student in problem.students if not student.ranks}
    placed = {s: o for s, o in plan.assignment.items() if o is not None}
    got = [ranks[s][o] for s, o in placed.items() if s not in silent]
    profile = tuple(sum(rank == r for rank in got) for r in range(1, max(got, default=0) + 1))
    facts = {
        "profile": (plan.profile, profile),
        "number of indifferent students": (plan.indifferent, len(silent & placed.keys())),
        "number of unplaced students": (plan.unplaced, len(plan.assignment) - len(placed)),
    }
    for name, (stated, counted) in facts.items():
        if stated != counted:
            yield f"The {name} is stated as {stated} and counted as {counted}."


def _stages(problem: Problem, plan: Plan, ranks: Ranks) -> Iterator[str]:
    stated = [(s.aim, s.rank, s.students, s.value) for s in plan.stages]
    expected = [(s.aim, s.rank, s.students, s.value) for s in expected_stages(problem, plan, ranks)]
    if stated != expected:
        yield "The stages or their values are not those of the policy for this assignment."
    for place, stage in enumerate(plan.stages, 1):
        if stage.bound != stage.value:
            yield f"Stage {place} ends at {stage.value} with the bound {stage.bound}."


def _has_prices(plan: Plan) -> bool:
    return all(s.prices is not None or s.aim is Aim.MERIT_RANK for s in plan.stages)


def _seats_only(problem: Problem) -> bool:
    bound = problem.groups or problem.overflows
    return not bound and not any(o.seats.may_stay_closed for o in problem.options)


def _optimality(problem: Problem, plan: Plan, ranks: Ranks, *, is_flow: bool) -> Iterator[str]:
    face = Face(problem, plan.assignment, ranks, is_sized=not is_flow)
    for place, stage in enumerate(expected_stages(problem, plan, ranks), 1):
        if stage.aim is Aim.MERIT_RANK:
            (student,) = stage.students
            if not is_flow:
                face.keep(student, ranks[student])
            elif not face.serve(student, ranks[student]):
                yield f"Student {student} could be served better without harm to higher merit."
            continue
        bound = face.restrict(stage, plan.stages[place - 1].prices or {})
        if bound != stage.value:
            yield f"Stage {place}: the prices prove {bound}, the plan has {stage.value}."
    yield from _draw(problem, face, ranks, is_flow=is_flow)


def _draw(problem: Problem, face: Face, ranks: Ranks, *, is_flow: bool) -> Iterator[str]:
    for option in option_order(problem) if is_flow else ():
        if not face.is_fewest(option):
            yield f"{option} could have fewer students in an equally good plan (the draw)."
    for student in draw_order(problem):
        if not face.serve(student, own_order(problem, student, ranks)):
            yield f"Student {student} could have a better place in an equally good plan (the draw)."

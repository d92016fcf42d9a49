"""Solve a round, check the plan independently, and put it into the words and JSON that are kept."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from consortium.errors import Conflict, Invalid
from mobility_tracks.domain.allocation.choices import passing
from mobility_tracks.domain.allocation.problem import Case
from mobility_tracks.domain.allocation.scene import seats_id
from mobility_tracks.placement import (
    Certificate,
    Infeasible,
    Plan,
    Policy,
    Problem,
    ProblemInvalid,
    Reason,
    SolverFailure,
    Verdict,
    canonical,
    certify,
    explain,
    explain_option,
    load,
    solve,
    verify,
)
from mobility_tracks.placement.proof.file import (
    certificate_in,
    certificate_out,
    stage_in,
    stage_out,
    write,
)
from mobility_tracks.placement.prover import Unproved

Json = dict[str, Any]


def solved(case: Case) -> Plan:
    """The plan of a round. Raises Conflict with the smallest set of demands that cannot all hold,
    Invalid for inputs that contradict themselves."""
    try:
        plan = solve(case.problem)
    except Infeasible as found:
        raise Conflict(
            _("No plan meets everything that this round asks for, and nothing was decided."),
            fact=case.in_words(" ".join(found.conflict.sentences)),
            next_step=_(
                "Place a student by hand, have a rule changed in a new version, or open another"
                " round with more seats."
            ),
        ) from None
    except ProblemInvalid as found:
        raise Invalid(
            _("The inputs of this round contradict themselves."),
            fact=case.in_words(" ".join(found.faults)),
            next_step=_("Correct what they name, then decide again."),
        ) from None
    return plan


def result_of(case: Case, plan: Plan) -> Json:
    """What is kept: the plan, its proof, every student's reason, and the inputs for a replay.

    Raises SolverFailure when the independent check refutes the plan or its certificate. A plan for
    which no certificate is found is kept, as not proved.
    """
    certificate = _certified(case.problem, plan)
    report = verify(case.problem, plan, certificate)
    if not report.accepted:
        raise SolverFailure(" ".join(report.findings))
    reasons = explain(case.problem, plan)
    return {
        "fingerprint": plan.inputs,
        "digest": plan.digest,
        "solver": plan.solver,
        "policy": case.problem.policy.kind.value,
        "policy_sentence": _policy(case.problem.policy),
        "seed": case.problem.seed,
        "profile": list(plan.profile),
        "indifferent": plan.indifferent,
        "unplaced": plan.unplaced,
        "objective": list(plan.objective),
        "bound": list(plan.bound),
        "proven": plan.proven,
        "checked": report.optimal,
        "proofs": list(report.proofs),
        "stages": [stage_out(stage) for stage in plan.stages],
        "certificate": None if certificate is None else certificate_out(certificate),
        "sizes": {
            option.id: case.in_words(explain_option(case.problem, plan, option.id))
            for option in case.problem.options
        },
        "hosts": dict(_hosts(case, plan)),
        "places": [_place(case, reasons[student.id]) for student in case.problem.students],
        "unchecked": case.unchecked,
        "inputs": canonical(case.problem),
    }


def _hosts(case: Case, plan: Plan) -> Iterator[tuple[str, str]]:
    """By offering that tracks pass, in sentences: how many come, and of which tracks why that many."""
    on_offer = {option.id for option in case.problem.options}
    tracks = {code: c for code, c in case.choices.items() if c.track and code in on_offer}
    shared = {group.id: group.seats for group in case.problem.groups if group.seats}
    for offering, options in passing(tracks).items():
        count = sum(plan.counts.get(option, 0) for option in options)
        room = shared.get(seats_id(offering))
        seats = f" on {room.most} seats" if room else ""
        told = [explain_option(case.problem, plan, o) for o in options if plan.counts.get(o)]
        yield offering, case.in_words(" ".join([f"{offering}: {count} students{seats}.", *told]))


def _certified(problem: Problem, plan: Plan) -> Certificate | None:
    try:
        return certify(problem, plan)
    except Unproved:
        return None


def _policy(policy: Policy) -> str:
    return policy.sentence


def _place(case: Case, reason: Reason) -> Json:
    closed = case.dropped[reason.student]
    return {
        "reference": reason.student,
        "offering": reason.option,
        "rank": reason.rank,
        "reason": case.in_words(reason.sentence),
        "alternatives": [
            *(
                {
                    "offering": refusal.option,
                    "wish": refusal.wish,
                    "binds": refusal.binds,
                    "sentence": case.in_words(refusal.sentence),
                    "remedy": case.in_words(refusal.remedy),
                }
                for refusal in reason.refusals
            ),
            *(
                {
                    "offering": code,
                    "wish": None,
                    "binds": "rule",
                    "sentence": case.in_words(_closed(code, verdict)),
                    "remedy": verdict.remedy,
                }
                for code, verdict in closed.items()
            ),
        ],
    }


def _closed(code: str, verdict: Verdict) -> str:
    source = f" Source: {verdict.source}." if verdict.source else ""
    return f"{code}: {verdict.fact}. {verdict.rule}{source}"


def in_sentences(place: Json) -> str:
    """Why this host and none that was wished more: what the student and the host's list read."""
    return " ".join([place["reason"], *(other["sentence"] for other in place["alternatives"])])


def file_of(result: Json) -> str | None:
    """The file that anybody can check; None of a plan that was kept without a certificate."""
    if result.get("certificate") is None:
        return None
    problem, plan = load(result["inputs"]), plan_of(result)
    return write(problem, plan, certificate_in(result["certificate"]))


def plan_of(result: Json) -> Plan:
    """The plan that is kept, as the pure package takes it."""
    return Plan(
        assignment={place["reference"]: place["offering"] for place in result["places"]},
        profile=tuple(result["profile"]),
        indifferent=result["indifferent"],
        unplaced=result["unplaced"],
        stages=tuple(stage_in(stage) for stage in result["stages"]),
        solver=result["solver"],
        inputs=result["fingerprint"],
    )


def replays(result: Json) -> bool:
    """Whether the kept inputs give the kept plan once more, to the byte."""
    problem: Problem = load(result["inputs"])
    return bool(solve(problem).digest == result["digest"])

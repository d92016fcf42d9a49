"""A round in one file: problem, plan and certificate, for whoever wants to check it elsewhere.

Canonical JSON (sorted keys, no white space, one line), closed by the SHA-256 of all the rest. The
sum finds what was changed by accident; what was changed on purpose, sum included, the check finds.
docs/howto/check-a-round.md describes every field.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from mobility_tracks.placement.checks import check
from mobility_tracks.placement.plan import Aim, Plan, Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate, Claim
from mobility_tracks.placement.proof.sealed import (
    FileRefused,
    leaves_in,
    leaves_out,
    seal,
    tree_in,
    tree_out,
    unseal,
    whole,
)
from mobility_tracks.placement.record import canonical, dump, load

FORMAT = "itinera/placement-round/1"


class RoundFile(NamedTuple):
    problem: Problem
    plan: Plan
    certificate: Certificate


def write(problem: Problem, plan: Plan, certificate: Certificate) -> str:
    """The text of the file."""
    body = {
        "format": FORMAT,
        "problem": json.loads(canonical(problem)),
        "plan": _plan_out(plan),
        "certificate": certificate_out(certificate),
    }
    return seal(body)


def read(text: str) -> RoundFile:
    """Raises FileRefused for anything that `write` does not write. Checks no claim."""
    body = unseal(text, FORMAT)
    try:
        problem = load(dump(body["problem"]))
        check(problem)
        found = RoundFile(problem, _plan_in(body["plan"]), certificate_in(body["certificate"]))
        again = write(*found)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise FileRefused(
            f"Problem, plan or certificate is not written as it must be: {error}."
        ) from error
    if again != text.strip():
        raise FileRefused("The file holds more, or other things, than a round.")
    return found


def certificate_out(certificate: Certificate) -> dict[str, Any]:
    return {
        "leaves": leaves_out(certificate.leaves),
        "stages": [_claim_out(claim) for claim in certificate.stages],
        "sizes": [_claim_out(claim) for claim in certificate.sizes],
    }


def certificate_in(body: Mapping[str, Any]) -> Certificate:
    """Raises KeyError, TypeError or ValueError on another shape."""
    return Certificate(
        leaves_in(body["leaves"]),
        tuple(_claim_in(row) for row in body["stages"]),
        tuple(_claim_in(row) for row in body["sizes"]),
    )


def stage_out(stage: Stage) -> dict[str, Any]:
    return {
        "aim": stage.aim.value,
        "rank": stage.rank,
        "students": list(stage.students),
        "value": stage.value,
        "bound": stage.bound,
        "prices": None if stage.prices is None else dict(stage.prices),
    }


def stage_in(row: Mapping[str, Any]) -> Stage:
    priced = row["prices"]
    prices = None if priced is None else {o: whole(price) for o, price in priced.items()}
    students = tuple(row["students"])
    return Stage(Aim(row["aim"]), row["value"], row["bound"], row["rank"], students, prices)


def _plan_out(plan: Plan) -> dict[str, Any]:
    return {
        "assignment": dict(plan.assignment),
        "profile": list(plan.profile),
        "indifferent": plan.indifferent,
        "unplaced": plan.unplaced,
        "stages": [stage_out(stage) for stage in plan.stages],
        "solver": plan.solver,
        "inputs": plan.inputs,
    }


def _plan_in(row: Mapping[str, Any]) -> Plan:
    return Plan(
        assignment=dict(row["assignment"]),
        profile=tuple(row["profile"]),
        indifferent=row["indifferent"],
        unplaced=row["unplaced"],
        stages=tuple(stage_in(stage) for stage in row["stages"]),
        solver=row["solver"],
        inputs=row["inputs"],
    )


def _claim_out(claim: Claim) -> dict[str, Any]:
    return {"tree": tree_out(claim.tree), "root": claim.root}


def _claim_in(row: Mapping[str, Any]) -> Claim:
    return Claim(tree_in(row["tree"]), None if row["root"] is None else whole(row["root"]))

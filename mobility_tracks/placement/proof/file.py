"""A round in one file: problem, plan and certificate, for whoever wants to check it elsewhere.

Canonical JSON (sorted keys, no white space, one line), closed by the SHA-256 of all the rest. The
sum finds what was changed by accident; what was changed on purpose, sum included, the check finds.
docs/howto/check-a-round.md describes every field.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from mobility_tracks.placement.checks import check
from mobility_tracks.placement.plan import Aim, Plan, Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate, Claim, Leaf
from mobility_tracks.placement.record import canonical, dump, load

FORMAT = "itinera/placement-round/1"


class RoundFile(NamedTuple):
    problem: Problem
    plan: Plan
    certificate: Certificate


class FileRefused(ValueError):  # noqa: N818 - errors say the fact
    """The text is no such file; the message is a sentence that says where it differs."""


def write(problem: Problem, plan: Plan, certificate: Certificate) -> str:
    """The text of the file."""
    body = {
        "format": FORMAT,
        "problem": json.loads(canonical(problem)),
        "plan": _plan_out(plan),
        "certificate": certificate_out(certificate),
    }
    return dump(body | {"sha256": _sum(body)})


def read(text: str) -> RoundFile:
    """Raises FileRefused for anything that `write` does not write. Checks no claim."""
    body = _body(text)
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
        "leaves": [
            {
                "goal": leaf.goal,
                "earlier": _keyed(leaf.earlier),
                "prices": _keyed(leaf.prices),
                "rows": _keyed(leaf.rows),
            }
            for leaf in certificate.leaves
        ],
        "stages": [_claim_out(claim) for claim in certificate.stages],
        "sizes": [_claim_out(claim) for claim in certificate.sizes],
    }


def certificate_in(body: Mapping[str, Any]) -> Certificate:
    """Raises KeyError, TypeError or ValueError on another shape."""
    leaves = tuple(
        Leaf(row["goal"], _numbers(row["earlier"]), _numbers(row["prices"]), _numbers(row["rows"]))
        for row in body["leaves"]
    )
    return Certificate(
        leaves,
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
    students = tuple(row["students"])
    return Stage(Aim(row["aim"]), row["value"], row["bound"], row["rank"], students, row["prices"])


def _body(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"This is not a file of a round: {error}.") from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise FileRefused(f"This is not a {FORMAT} file.")
    if dump(body) != text.strip():
        raise FileRefused("The file is not in canonical form: one line, keys sorted, each once.")
    stated = body.pop("sha256", None)
    if stated != _sum(body):
        raise FileRefused("The file was changed after it was written: its SHA-256 differs.")
    return body


def _no_float(told: str) -> Any:
    raise ValueError(f"{told} is no whole number")


def _sum(body: Mapping[str, Any]) -> str:
    return sha256(dump(body).encode()).hexdigest()


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
    return {"tree": [list(node) for node in claim.tree], "root": claim.root}


def _claim_in(row: Mapping[str, Any]) -> Claim:
    tree = tuple(tuple(_number(part) for part in node) for node in row["tree"])
    return Claim(tree, None if row["root"] is None else _number(row["root"]))


def _keyed(factors: Mapping[int, int]) -> dict[str, int]:
    return {str(key): factor for key, factor in factors.items()}


def _numbers(row: Mapping[str, Any]) -> dict[int, int]:
    return {int(key): _number(factor) for key, factor in row.items()}


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value

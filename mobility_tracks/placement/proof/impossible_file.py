"""A round without a plan in one file: problem, demands that cannot all hold, and what proves it.

Written and closed as the file of a decided round is (`file`); docs/howto/check-a-round.md describes
every field.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from mobility_tracks.placement.checks import check
from mobility_tracks.placement.demands import KINDS
from mobility_tracks.placement.plan import Demand, Kind
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.impossible import Impossible
from mobility_tracks.placement.proof.sealed import (
    FileRefused,
    leaves_in,
    leaves_out,
    seal,
    tree_in,
    tree_out,
    unseal,
)
from mobility_tracks.placement.record import canonical, dump, load

FORMAT = "itinera/placement-impossible/1"


class ImpossibleFile(NamedTuple):
    problem: Problem
    proof: Impossible


def write_none(problem: Problem, proof: Impossible) -> str:
    """The text of the file."""
    body = {
        "format": FORMAT,
        "problem": json.loads(canonical(problem)),
        "demands": [{"kind": demand.kind, "id": demand.id} for demand in proof.demands],
        "certificate": {"leaves": leaves_out(proof.leaves), "tree": tree_out(proof.tree)},
        "witnesses": [dict(places) for places in proof.witnesses],
    }
    return seal(body)


def read_none(text: str) -> ImpossibleFile:
    """Raises FileRefused for anything that `write_none` does not write. Checks no claim."""
    body = unseal(text, FORMAT)
    try:
        problem = load(dump(body["problem"]))
        check(problem)
        found = ImpossibleFile(problem, _proof_in(body))
        again = write_none(*found)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise FileRefused(f"Problem or proof is not written as it must be: {error}.") from error
    if again != text.strip():
        raise FileRefused("The file holds more, or other things, than a round without a plan.")
    return found


def _proof_in(body: Mapping[str, Any]) -> Impossible:
    return Impossible(
        tuple(_demand_in(row) for row in body["demands"]),
        leaves_in(body["certificate"]["leaves"]),
        tree_in(body["certificate"]["tree"]),
        tuple(_places_in(row) for row in body["witnesses"]),
    )


def _demand_in(row: Mapping[str, Any]) -> Demand:
    if row["kind"] not in KINDS or type(row["id"]) is not str:
        raise ValueError(f"{row} is no demand")
    return Demand(cast("Kind", row["kind"]), row["id"])


def _places_in(row: Mapping[str, Any]) -> dict[str, str | None]:
    if not all(place is None or type(place) is str for place in row.values()):
        raise TypeError("a place is an option or null")
    return dict(row)

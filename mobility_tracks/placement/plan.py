"""The result of a round: who gets what, how good it is, and what proves it.

Every stage is a minimisation in whole numbers; a plan is proven when each stage's value equals its
bound. `seconds` is a remark: it takes no part in equality or in the plan's hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from mobility_tracks.placement.record import dump


class Aim(StrEnum):
    """What a stage makes as small as possible; see `Stage`."""

    UNPLACED = "unplaced"
    BEYOND_RANK = "beyond_rank"
    DISSATISFACTION = "dissatisfaction"
    MERIT_RANK = "merit_rank"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Stage:
    """One objective, minimised after those before it.

    `unplaced`: students without a place. `beyond_rank`: students placed worse than `rank` (or not
    at all). `dissatisfaction`: sum of (rank - 1) ** exponent. `merit_rank`: the rank that the one
    student of this merit gets. `moved`: students who do not keep the place of an earlier plan.
    `students` limits the stage to one merit class; empty means all.
    Without a place, a student counts as having the rank "number of options + 1".
    `prices` are dual values of the options' seat limits (whole numbers, zeros left out): they prove
    the bound to anyone with pencil and paper. None: proved by the solver's search alone.
    """

    aim: Aim
    value: int
    bound: int
    rank: int = 0
    students: tuple[str, ...] = ()
    prices: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`assignment`: student id -> option id, None for no place. `profile[k]`: students who ranked
    something and got rank k + 1; `indifferent`: students placed who ranked nothing."""

    assignment: Mapping[str, str | None]
    profile: tuple[int, ...]
    indifferent: int
    unplaced: int
    stages: tuple[Stage, ...]
    solver: str
    inputs: str
    seconds: float = field(default=0.0, compare=False)

    @property
    def objective(self) -> tuple[int, ...]:
        return tuple(stage.value for stage in self.stages)

    @property
    def bound(self) -> tuple[int, ...]:
        return tuple(stage.bound for stage in self.stages)

    @property
    def proven(self) -> bool:
        return self.objective == self.bound

    @property
    def counts(self) -> dict[str, int]:
        """Students per option; options without students are left out."""
        counts: dict[str, int] = {}
        for option in self.assignment.values():
            if option is not None:
                counts[option] = counts.get(option, 0) + 1
        return counts

    @property
    def digest(self) -> str:
        """SHA-256 over inputs and assignment: the same on every machine and solver version."""
        body = {"assignment": dict(self.assignment), "inputs": self.inputs}
        return sha256(dump(body).encode()).hexdigest()


Kind = Literal["rule", "group", "overflow", "least", "most", "own", "place"]


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that can be waived: a rule, group or overflow by its id; the least or most students
    of an option; a student's `own` reasons; that a student gets a `place`. Without an option's most
    (or without the group) nothing waits for it to be full."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set that cannot hold together: without any one of its members the others can.
    A round may have more than one such set; after the first is mended the next one shows.
    `demands` are its members, in the order in which the sentences name them."""

    demands: tuple[Demand, ...]
    rules: tuple[str, ...]
    seats: tuple[str, ...]
    students: tuple[str, ...]
    overflows: tuple[str, ...]
    sentences: tuple[str, ...]


class Infeasible(Exception):  # noqa: N818 - errors say the fact
    """No plan satisfies the problem; `conflict` says why."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(" ".join(conflict.sentences))
        self.conflict = conflict


class SolverFailure(RuntimeError):  # noqa: N818  # errors say the fact
    """The solver stopped early or its answer failed the exact check: nothing was decided."""

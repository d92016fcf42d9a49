"""The problem as arrays: one edge for each student and open option, and the cost of each aim.

Students and options are numbered by sorted id, so the order of the input cannot matter. A student
who may stay unplaced has one more edge, to the nowhere option numbered after the last.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from mobility_tracks.placement.highs import Flags, Floats, Ints
from mobility_tracks.placement.plan import Aim
from mobility_tracks.placement.problem import Keep, Problem
from mobility_tracks.placement.wishes import Wishes

_FIRST = 4


@dataclass(frozen=True, slots=True)
class Edges:
    """Parallel arrays, sorted by student; `rank` of nowhere is the number of options + 1. `starts`:
    where the edges of each student begin."""

    students: tuple[str, ...]
    options: tuple[str, ...]
    student: Ints
    option: Ints
    rank: Ints
    starts: Ints = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = np.searchsorted(self.student, np.arange(len(self.students)))
        object.__setattr__(self, "starts", starts)

    @property
    def nowhere(self) -> int:
        """The number of the option that stands for no place."""
        return len(self.options)

    def kept(self, keep: Flags) -> "Edges":
        return Edges(
            self.students, self.options, self.student[keep], self.option[keep], self.rank[keep]
        )

    def by_student(self) -> list[Ints]:
        """The numbers of the edges of each student in turn."""
        every = np.arange(len(self.student))
        return np.split(every, self.starts[1:]) if self.students else []

    def of(self, student: int) -> Ints:
        """The numbers of the student's edges."""
        is_last = student + 1 == len(self.students)
        after = len(self.student) if is_last else self.starts[student + 1]
        return np.arange(self.starts[student], after)


def edges_of(problem: Problem, wishes: dict[str, Wishes], optional: Collection[str]) -> Edges:
    """The edges of a problem; students in `optional` may stay unplaced."""
    students, options = tuple(sorted(wishes)), tuple(sorted(o.id for o in problem.options))
    number = {option: place for place, option in enumerate(options)}
    rows: list[tuple[int, int, int]] = []
    for place, student in enumerate(students):
        rank = wishes[student].rank
        rows.extend((place, number[option], rank[option]) for option in sorted(rank))
        if student in optional:
            rows.append((place, len(options), len(options) + 1))
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Edges(students, options, table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())


def may_stay_unplaced(problem: Problem) -> list[str]:
    """Ids of the students for whom no place is a possible outcome."""
    return [s.id for s in problem.students if problem.policy.allow_unplaced and not s.given]


@dataclass(frozen=True, slots=True)
class Target:
    """An aim with its parameters; `students` are numbers, None for all. `keep`: for `moved`."""

    aim: Aim
    rank: int = 0
    exponent: int = 1
    students: tuple[int, ...] | None = None
    keep: Keep | None = None


def costs(target: Target, edges: Edges) -> Ints:
    """The whole-number cost of each edge under the target."""
    if target.aim is Aim.UNPLACED:
        return np.asarray(edges.option == edges.nowhere, dtype=np.int64)
    if target.aim is Aim.DISSATISFACTION:
        return np.asarray((edges.rank - 1) ** target.exponent, dtype=np.int64)
    if target.aim is Aim.MOVED:
        return _moved(target.keep, edges)
    if target.aim is Aim.MERIT_RANK:
        return edges.rank * _within(target.students, edges)
    beyond = np.asarray(edges.rank > target.rank, dtype=np.int64)
    return beyond * _within(target.students, edges)


# In place of an option's number: one not offered any more; of a student not in the plan kept.
_GONE, _NOT_KEPT = -1, -2


def _moved(keep: Keep | None, edges: Edges) -> Ints:
    number: dict[str | None, int] = {o: place for place, o in enumerate(edges.options)}
    number[None] = edges.nowhere
    places = keep.places if keep else {}
    kept = np.array(
        [number.get(places[s], _GONE) if s in places else _NOT_KEPT for s in edges.students]
    )
    stays = kept[edges.student] if len(edges.student) else np.zeros(0, dtype=np.int64)
    return np.asarray((stays != _NOT_KEPT) & (stays != edges.option), dtype=np.int64)


def cheapest(edges: Edges, cost: Ints | Floats, alive: Flags | None = None) -> Flags:
    """The first few places of each student by cost, then rank: what a linear program begins with.
    Others join when their price asks for it."""
    dear = cost if alive is None else np.where(alive, cost, cost.max(initial=0) + 1)
    order = np.lexsort((edges.rank, dear, edges.student))
    starts = np.searchsorted(edges.student, edges.student)
    cheap = np.zeros(len(cost), dtype=bool)
    cheap[order] = np.arange(len(cost)) - starts < _FIRST
    return cheap


def _within(students: Iterable[int] | None, edges: Edges) -> Ints:
    if students is None:
        return np.ones(len(edges.student), dtype=np.int64)
    return np.isin(edges.student, list(students)).astype(np.int64)

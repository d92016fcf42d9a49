"""Students who are alike: the same places left, the same costs in every aim held.

A linear program need not tell them apart: one row for all of them, as many seats of it as they are.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mobility_tracks.placement.edges import Edges
from mobility_tracks.placement.highs import Flags, Floats, Ints

TOLERANCE = 1e-6
_SAMPLE = 1000


@dataclass(slots=True)
class Held:
    """An aim of an earlier stage: its costs by edge, and the value it may not exceed."""

    stage: int
    cost: Ints
    value: int


@dataclass(frozen=True, slots=True)
class View:
    """Edges of crowds in place of students. `many[k]`: students in crowd k, who are `members[k]`
    until places are dropped; `source`: of each edge here, the edge it was taken from."""

    edges: Edges
    many: Ints
    members: tuple[Collection[int], ...]
    source: Ints

    def standing(self, amounts: Floats) -> list[tuple[int, int, int]] | None:
        """Crowd, option and how many, of these numbers of students on the edges here; None if they
        are not whole."""
        whole = np.rint(amounts).astype(np.int64)
        if len(whole) and np.abs(whole - amounts).max() > TOLERANCE:
            return None
        used = np.flatnonzero(whole)
        rows = self.edges.student[used], self.edges.option[used], whole[used]
        return list(zip(*(row.tolist() for row in rows), strict=True))

    def placed(self, amounts: Floats) -> Ints | None:
        """A plan of these numbers, option numbers by student number."""
        standing = self.standing(amounts)
        if standing is None:
            return None
        at = np.full(int(self.many.sum()), -1, dtype=np.int64)
        waiting = [list(crowd) for crowd in self.members]
        for crowd, option, many in standing:
            at[waiting[crowd][:many]] = option
            del waiting[crowd][:many]
        return None if np.any(at < 0) else at


class Crowds:
    """Kept up to date by `touched` whenever places or held aims of students change."""

    def __init__(self, students: int) -> None:
        self._keys: list[Hashable] = [None] * students
        self._held: list[list[Held]] = [[] for _ in range(students)]
        self._members: dict[Hashable, dict[int, None]] = {}
        self._stale = dict.fromkeys(range(students))

    def touched(self, students: Iterable[int]) -> None:
        for student in students:
            crowd = self._members.get(self._keys[student])
            if crowd is not None:
                crowd.pop(student, None)
            self._keys[student] = None
            self._stale[student] = None

    def hold(self, row: Held, students: Sequence[int]) -> None:
        for student in students:
            self._held[student].append(row)
        self.touched(students)

    def held(self, student: int) -> list[Held]:
        """The aims held that cost something at one of the student's places."""
        return self._held[student]

    def key(self, student: int, edges: Edges, alive: Flags) -> Hashable:
        """The same for students who are alike, now and later."""
        if self._keys[student] is None:
            mine = _alive(student, edges, alive)
            costs = [(row.stage, row.cost[mine].tobytes()) for row in self._held[student]]
            key = self._keys[student] = (edges.option[mine].tobytes(), *costs)
            self._members.setdefault(key, {})[student] = None
            self._stale.pop(student, None)
        return self._keys[student]

    def mean(self, values: Ints, edges: Edges, alive: Flags) -> Floats:
        """The mean of values by edge over students who are alike, by edge."""
        self._refresh(edges, alive)
        crowd = np.zeros(len(self._keys), dtype=np.int64)
        for number, members in enumerate(self._members.values()):
            crowd[list(members)] = number
        place = crowd[edges.student] * (len(edges.options) + 1) + edges.option
        total = np.bincount(place, weights=np.where(alive, values, 0))
        count = np.bincount(place, weights=alive)
        return np.asarray(np.where(alive, total[place] / np.maximum(1, count[place]), 0.0))

    def are_few(self, edges: Edges, alive: Flags, cost: Ints, fewer: float) -> bool:
        """Whether the crowds look `fewer` times less than their students, by a sample."""
        every = len(self._keys) // _SAMPLE + 1
        sample = range(0, len(self._keys), every)
        seen = {
            (self.key(student, edges, alive), cost[_alive(student, edges, alive)].tobytes())
            for student in sample
        }
        return fewer * len(seen) < len(sample)

    def view(self, edges: Edges, alive: Flags, kept: Flags, cost: Ints) -> View:
        """Students apart where the cost, or what is kept of their places, differs."""
        self._refresh(edges, alive)
        apart: dict[Hashable, dict[int, None]] = {}
        among: dict[Hashable, set[int]] = {}
        for student in np.unique(edges.student[(cost != 0) | (alive & ~kept)]).tolist():
            mine, key = _alive(student, edges, alive), self._keys[student]
            told = key, cost[mine].tobytes(), kept[mine].tobytes()
            apart.setdefault(told, {})[student] = None
            among.setdefault(key, set()).add(student)
        rest = (
            [s for s in crowd if s not in among[key]] if key in among else crowd
            for key, crowd in self._members.items()
        )
        members = [crowd for crowd in (*apart.values(), *rest) if crowd]
        return _view(edges, kept, sorted(members, key=_first))

    def _refresh(self, edges: Edges, alive: Flags) -> None:
        for student in list(self._stale):
            self.key(student, edges, alive)


def single(edges: Edges, kept: Flags) -> View:
    """Every student alone."""
    return _view(edges, kept, [(student,) for student in range(len(edges.students))])


def _view(edges: Edges, kept: Flags, members: Sequence[Collection[int]]) -> View:
    first = [_first(crowd) for crowd in members]
    mine = [_alive(student, edges, kept) for student in first]
    source = np.concatenate(mine) if mine else np.zeros(0, dtype=np.int64)
    names = tuple(edges.students[student] for student in first)
    student = np.repeat(np.arange(len(members)), [len(each) for each in mine])
    seen = Edges(names, edges.options, student, edges.option[source], edges.rank[source])
    many = np.array([len(crowd) for crowd in members], dtype=np.int64)
    return View(seen, many, tuple(members), source)


def _first(crowd: Collection[int]) -> int:
    return next(iter(crowd))


def _alive(student: int, edges: Edges, alive: Flags) -> Ints:
    mine = edges.of(student)
    return mine[alive[mine]]

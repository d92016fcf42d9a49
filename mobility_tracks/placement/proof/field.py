"""The plans not yet ruled out while a certificate is checked, and what one leaf proves about them.

A leaf adds up inequalities that every such plan keeps: aims at most at their value, rows of the
frame, and "a size is the number of students there". Each is multiplied by a number >= 0 (prices,
of equations, have either sign). If even the smallest value the sum can take, student by student
and number by number, is above zero, then no plan keeps them all. Integers only.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mobility_tracks.placement.plan import Aim, Stage
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Leaf
from mobility_tracks.placement.proof.expected import Ranks
from mobility_tracks.placement.proof.frame import Frame, frame_of


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the claim denies: the aim of `stage` at most at `limit`, or `student` within `options`
    (by number). A smaller size is assumed by the box alone."""

    stage: int | None = None
    limit: int = 0
    student: str | None = None
    options: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Bounds of the frame's numbers."""

    low: Sequence[int]
    high: Sequence[int]

    def cut(self, number: int, *, most: int | None = None, least: int | None = None) -> "Box":
        low, high = list(self.low), list(self.high)
        if most is not None:
            high[number] = min(high[number], most)
        if least is not None:
            low[number] = max(low[number], least)
        return Box(low, high)

    @property
    def is_empty(self) -> bool:
        return any(low > high for low, high in zip(self.low, self.high, strict=True))


@dataclass(slots=True)
class _Sum:
    """A leaf's smallest values student by student, and what they need to be found again. Students
    to whom it gives no value at all are left out of `least`."""

    tables: Mapping[str, list[int]]
    table: list[int]
    prices: list[int]
    moved: int
    kept: Mapping[str, int]
    least: dict[str, int] = field(default_factory=dict)
    total: int = 0

    @property
    def is_of_few(self) -> bool:
        """Whether only students with a table of their own have a value."""
        return not (self.moved or any(self.prices) or any(self.table))


class Field:
    """`open[student]`: rank by option number; no place, for those in `optional`, is the number after
    the last option."""

    def __init__(
        self,
        problem: Problem,
        ranks: Ranks,
        leaves: Sequence[Leaf],
        *,
        stages: Sequence[Stage] = (),
        optional: Collection[str],
    ) -> None:
        self._problem, self._leaves, self._stages = problem, leaves, stages
        self.frame: Frame = frame_of(problem)
        self.box = Box(self.frame.low, self.frame.high)
        self.nowhere = len(self.frame.options)
        number = {option: place for place, option in enumerate(self.frame.options)}
        self.open = {
            student: {number[option]: rank for option, rank in own.items()}
            for student, own in ranks.items()
        }
        for student in optional:
            self.open[student][self.nowhere] = self.nowhere + 1
        self._kept = _kept(problem, number, self.nowhere)
        self._held: set[int] = set()
        self._sums: dict[tuple[int, int | None], _Sum] = {}

    def hold(self, stage: int) -> None:
        """From now on only plans that reach the value of this stage count."""
        self._held.add(stage)
        self._sums = {key: known for key, known in self._sums.items() if key[1] is None}

    def keep(self, student: str, rank: int) -> None:
        """From now on only plans that give the student this rank count."""
        self._leave(student, {o: r for o, r in self.open[student].items() if r == rank})

    def drop_dear(self, leaf: int, stage: int) -> None:
        """Forget places that no plan of the stage's value can use, by this leaf."""
        value = self._stages[stage].value
        room = -self._total(leaf, Assumed(stage, value), self.box)
        known = self._sum(leaf, stage)
        for student, least in list(known.least.items()):
            options = self.open[student]
            values = _values(options, student, known)
            left = {o: options[o] for o, value in values if value <= least + room}
            if len(left) < len(options):
                self._leave(student, left)

    def _leave(self, student: str, options: dict[int, int]) -> None:
        self.open[student] = options
        for known in self._sums.values():
            if student in known.least:
                least = _least(options, student, known)
                known.total += least - known.least[student]
                known.least[student] = least

    def refutes(self, leaf: int, assumed: Assumed, box: Box) -> bool:
        """Whether the leaf shows that no plan left keeps the assumption inside the box."""
        return box.is_empty or self._total(leaf, assumed, box) > 0

    def is_sound(self, leaf: int, stage: int | None) -> bool:
        """Whether the leaf multiplies only what it may, by numbers of the right sign."""
        if not 0 <= leaf < len(self._leaves):
            return False
        by = self._leaves[leaf]
        signed = [by.goal, *by.earlier.values(), *by.rows.values()]
        return (
            all(factor >= 0 for factor in signed)
            and set(by.earlier) <= self._held
            and all(0 <= row < len(self.frame.rows) for row in by.rows)
            and all(0 <= option < self.nowhere for option in by.prices)
            and (by.goal == 0 or stage is not None)
        )

    def _total(self, leaf: int, assumed: Assumed, box: Box) -> int:
        by = self._leaves[leaf]
        known = self._sum(leaf, assumed.stage)
        total = known.total - by.goal * assumed.limit
        total -= sum(factor * self._stages[stage].value for stage, factor in by.earlier.items())
        if assumed.student is not None:
            options = {o: r for o, r in self.open[assumed.student].items() if o in assumed.options}
            total += _least(options, assumed.student, known) - known.least.get(assumed.student, 0)
        return total + self._on_numbers(by, box)

    def _on_numbers(self, by: Leaf, box: Box) -> int:
        factors = dict(by.prices)
        total = 0
        for row, times in by.rows.items():
            terms, limit = self.frame.rows[row]
            total -= times * limit
            for number, factor in terms.items():
                factors[number] = factors.get(number, 0) + times * factor
        for number, factor in factors.items():
            total += factor * (box.low[number] if factor > 0 else box.high[number])
        return total

    def _sum(self, leaf: int, stage: int | None) -> _Sum:
        key = leaf, stage if self._leaves[leaf].goal else None
        if key not in self._sums:
            known = self._new_sum(self._leaves[leaf], stage)
            for student in known.tables if known.is_of_few else self.open:
                known.least[student] = _least(self.open[student], student, known)
            known.total = sum(known.least.values())
            self._sums[key] = known
        return self._sums[key]

    def _new_sum(self, by: Leaf, stage: int | None) -> _Sum:
        factors = dict(by.earlier)
        if stage is not None and by.goal:
            factors[stage] = factors.get(stage, 0) + by.goal
        table = [0] * (self.nowhere + 2)
        tables: dict[str, list[int]] = {}
        moved = sum(f for k, f in factors.items() if self._stages[k].aim is Aim.MOVED)
        factors = {k: f for k, f in factors.items() if self._stages[k].aim is not Aim.MOVED}
        limited = [k for k in factors if self._stages[k].students]
        for k in factors.keys() - set(limited):
            self._add(table, self._stages[k], factors[k])
        for k in limited:
            for student in self._stages[k].students:
                own = tables.setdefault(student, list(table))
                self._add(own, self._stages[k], factors[k])
        prices = [by.prices.get(option, 0) for option in range(self.nowhere + 1)]
        return _Sum(tables, table, prices, moved, self._kept)

    def _add(self, table: list[int], stage: Stage, factor: int) -> None:
        for rank in range(1, len(table)):
            table[rank] += factor * self._cost(stage, rank)

    def _cost(self, stage: Stage, rank: int) -> int:
        if stage.aim is Aim.UNPLACED:
            return int(rank > self.nowhere)
        if stage.aim is Aim.DISSATISFACTION:
            return int((rank - 1) ** self._problem.policy.exponent)
        return int(rank > stage.rank)


def _least(options: Mapping[int, int], student: str, known: _Sum) -> int:
    return min(value for _, value in _values(options, student, known))


def _values(options: Mapping[int, int], student: str, known: _Sum) -> Iterator[tuple[int, int]]:
    """What each option adds to the sum when the student has it."""
    table, kept = known.tables.get(student, known.table), known.kept.get(student)
    for option, rank in options.items():
        moved = known.moved if kept is not None and kept != option else 0
        yield option, table[rank] - known.prices[option] + moved


def _kept(problem: Problem, number: Mapping[str, int], nowhere: int) -> dict[str, int]:
    """The number of the place to keep; -1 where it is not offered any more."""
    places = problem.keep.places if problem.keep else {}
    return {s: nowhere if o is None else number.get(o, -1) for s, o in places.items()}

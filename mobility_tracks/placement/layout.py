"""The limits of a round as inequalities in a few whole numbers: how many students go where.

The numbers come in this order: the size of each option, by id; then, option by option, an `open`
flag where the option may stay closed; then, group by group, an `open` flag where the group may and
a `floor` where its sizes are held together; then an `open` flag for each overflow. With all of them
whole, what is left is a transport of students to sizes, whose corners are whole: only these few
numbers need a search.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mobility_tracks.placement.highs import Ints
from mobility_tracks.placement.limits import compared, waited_for
from mobility_tracks.placement.problem import Group, Overflow, Problem, Seats


@dataclass(slots=True)
class Layout:
    """`rows`: sums of number x factor that are at most a limit, as (factors by number, limit)."""

    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def number(self, low: int, high: int) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def box(self) -> tuple[Ints, Ints]:
        return np.array(self.low, dtype=np.int64), np.array(self.high, dtype=np.int64)


def layout_of(options: Sequence[str], problem: Problem) -> Layout:
    """`options` are all option ids, sorted."""
    layout, everybody = Layout(), len(problem.students)
    seats = {option.id: option.seats for option in problem.options}
    for option in options:
        room = seats[option]
        layout.number(0 if room.may_stay_closed else room.least, room.most)
    for size, option in enumerate(options):
        if seats[option].may_stay_closed:
            _closable(layout, [size], seats[option])
    for group in sorted(problem.groups, key=lambda row: row.id):
        _group(layout, options, group, everybody)
    for overflow in sorted(problem.overflows, key=lambda row: row.id):
        _overflow(layout, options, overflow, problem)
    return layout


def _numbers(options: Sequence[str], some: Sequence[str]) -> list[int]:
    return [options.index(option) for option in sorted(some)]


def _overflow(layout: Layout, options: Sequence[str], overflow: Overflow, problem: Problem) -> None:
    sizes, is_open = _numbers(options, overflow.options), layout.number(0, 1)
    room = min(len(problem.students), sum(layout.high[size] for size in sizes))
    layout.rows.append((dict.fromkeys(sizes, 1) | {is_open: -room}, 0))
    for _, members, most in waited_for(problem, overflow):
        filled = dict.fromkeys(_numbers(options, members), -1)
        layout.rows.append((filled | {is_open: most}, 0))


def _closable(layout: Layout, sizes: Sequence[int], seats: Seats) -> None:
    is_open = layout.number(0, 1)
    layout.rows.append((dict.fromkeys(sizes, 1) | {is_open: -seats.most}, 0))
    layout.rows.append((dict.fromkeys(sizes, -1) | {is_open: seats.least}, 0))


def _group(layout: Layout, options: Sequence[str], group: Group, everybody: int) -> None:
    sizes = _numbers(options, group.options)
    if group.seats and group.seats.may_stay_closed:
        _closable(layout, sizes, group.seats)
    elif group.seats:
        layout.rows.append((dict.fromkeys(sizes, 1), group.seats.most))
        layout.rows.append((dict.fromkeys(sizes, -1), -group.seats.least))
    if group.tolerance is not None:
        floor = layout.number(0, everybody)
        for part in sorted(sorted(part) for part in compared(group)):
            numbers = _numbers(options, part)
            layout.rows.append((dict.fromkeys(numbers, -1) | {floor: 1}, 0))
            layout.rows.append((dict.fromkeys(numbers, 1) | {floor: -1}, group.tolerance))

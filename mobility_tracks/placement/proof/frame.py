"""The limits of a round as inequalities in a few whole numbers, for the check alone.

Numbers, in order: the size of each option, options by id; an `open` flag for each option that may
stay closed; then for each group, by id, an `open` flag if it may stay closed and a `floor` if its
sizes are held together; then an `open` flag for each overflow, by id. Rows are "sum of factor x
number <= limit", in the same order: for a flag "size <= most x open", then "least x open <= size";
for a group's seats "size <= most", then "least <= size"; for a tolerance, part by part (option by
option where there are no parts), "floor <= size", then "size <= floor + tolerance"; for an overflow
"size <= room x open", room being its seats or all students, whichever is less, then for each that
is to be full, by id, "most x open <= size". Every permitted plan gives numbers that keep the rows:
open is 1 when somebody comes, floor is the smallest size.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mobility_tracks.placement.problem import Group, Overflow, Problem, Seats

Row = tuple[Mapping[int, int], int]


@dataclass(frozen=True, slots=True)
class Frame:
    """`low` and `high` bound each number; the first numbers are the sizes of `options`."""

    options: tuple[str, ...]
    low: list[int]
    high: list[int]
    rows: list[Row]

    def added(self, low: int, high: int) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1


def frame_of(problem: Problem) -> Frame:
    options = sorted(problem.options, key=lambda row: row.id)
    frame = Frame(
        tuple(option.id for option in options),
        [0 if option.seats.may_stay_closed else option.seats.least for option in options],
        [option.seats.most for option in options],
        [],
    )
    for number, option in enumerate(options):
        if option.seats.may_stay_closed:
            _open_or_empty(frame, [number], option.seats)
    for group in sorted(problem.groups, key=lambda row: row.id):
        _group(frame, group, len(problem.students))
    for overflow in sorted(problem.overflows, key=lambda row: row.id):
        _overflow(frame, problem, overflow)
    return frame


def before(problem: Problem, overflow: Overflow) -> Iterator[tuple[str, Iterable[str], int]]:
    """What is to be full before anybody comes, by id: its options and their seats together."""
    for name in sorted(overflow.after):
        for option in problem.options:
            if option.id == name:
                yield name, [name], option.seats.most
        for group in problem.groups:
            if group.id == name and group.seats is not None:
                yield name, group.options, group.seats.most


def _group(frame: Frame, group: Group, everybody: int) -> None:
    sizes = _sizes(frame, group.options)
    if group.seats is not None and group.seats.may_stay_closed:
        _open_or_empty(frame, sizes, group.seats)
    elif group.seats is not None:
        frame.rows.append((dict.fromkeys(sizes, 1), group.seats.most))
        frame.rows.append((dict.fromkeys(sizes, -1), -group.seats.least))
    if group.tolerance is not None:
        floor = frame.added(0, everybody)
        parts = [_sizes(frame, part) for part in group.parts] or [[size] for size in sizes]
        for part in sorted(parts):
            frame.rows.append(({**dict.fromkeys(part, -1), floor: 1}, 0))
            frame.rows.append(({**dict.fromkeys(part, 1), floor: -1}, group.tolerance))


def _overflow(frame: Frame, problem: Problem, overflow: Overflow) -> None:
    sizes = _sizes(frame, overflow.options)
    flag = frame.added(0, 1)
    room = min(sum(frame.high[size] for size in sizes), len(problem.students))
    frame.rows.append(({**dict.fromkeys(sizes, 1), flag: -room}, 0))
    for _, options, most in before(problem, overflow):
        frame.rows.append(({**dict.fromkeys(_sizes(frame, options), -1), flag: most}, 0))


def _sizes(frame: Frame, options: Iterable[str]) -> list[int]:
    return sorted(frame.options.index(option) for option in options)


def _open_or_empty(frame: Frame, sizes: list[int], seats: Seats) -> None:
    flag = frame.added(0, 1)
    frame.rows.append(({**dict.fromkeys(sizes, 1), flag: -seats.most}, 0))
    frame.rows.append(({**dict.fromkeys(sizes, -1), flag: seats.least}, 0))

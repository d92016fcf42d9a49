"""The limits of a round as inequalities in a few whole numbers, for the check alone.

Numbers, in order: the size of each option, options by id; an `open` flag for each option that may
stay closed; then for each group, by id, an `open` flag if it may stay closed and a `floor` if its
sizes are held together. Rows are "sum of factor x number <= limit", in the same order: for a flag
"size <= most x open", then "least x open <= size"; for a group's seats "size <= most", then
"least <= size"; for a tolerance, option by option, "floor <= size", then "size <= floor + tolerance".
Every permitted plan gives numbers that keep the rows: open is 1 when somebody comes, floor is the
smallest size.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mobility_tracks.placement.problem import Group, Problem, Seats

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
    return frame


def _group(frame: Frame, group: Group, everybody: int) -> None:
    sizes = sorted(frame.options.index(option) for option in group.options)
    if group.seats is not None and group.seats.may_stay_closed:
        _open_or_empty(frame, sizes, group.seats)
    elif group.seats is not None:
        frame.rows.append((dict.fromkeys(sizes, 1), group.seats.most))
        frame.rows.append((dict.fromkeys(sizes, -1), -group.seats.least))
    if group.tolerance is not None:
        floor = frame.added(0, everybody)
        for size in sizes:
            frame.rows.append(({floor: 1, size: -1}, 0))
            frame.rows.append(({floor: -1, size: 1}, group.tolerance))


def _open_or_empty(frame: Frame, sizes: list[int], seats: Seats) -> None:
    flag = frame.added(0, 1)
    frame.rows.append(({**dict.fromkeys(sizes, 1), flag: -seats.most}, 0))
    frame.rows.append(({**dict.fromkeys(sizes, -1), flag: seats.least}, 0))

"""The board: hosts x periods with seats taken, offered and free. Pure: made from a map of flows."""

from collections.abc import Iterable
from dataclasses import dataclass

from mobility_tracks.domain.track_plan import Column, Stop, TrackMap


@dataclass(frozen=True, slots=True)
class Cell:
    """A host in a period. offered: seats, None where nobody counted them.

    taken: students with a place, those included who are `planned` and told to nobody yet.
    confirmed: the host said so itself; else the number is the programme's.
    """

    taken: int
    planned: int
    offered: int | None
    confirmed: bool

    @property
    def free(self) -> int | None:
        return None if self.offered is None else max(0, self.offered - self.taken)

    @property
    def over(self) -> int:
        """Students beyond the seats offered."""
        return 0 if self.offered is None else max(0, self.taken - self.offered)


@dataclass(frozen=True, slots=True)
class Row:
    """A host with a cell for each period; None where it offers nothing."""

    stop: Stop
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """Of a period. taken, offered, free: at hosts that count their seats.

    uncounted: hosts that do not; elsewhere: students there. A seat free at one host is none for a
    student too many at another: free and over do not cancel.
    """

    taken: int
    planned: int
    offered: int
    free: int
    over: int
    elsewhere: int
    uncounted: int
    counted: int


@dataclass(frozen=True, slots=True)
class Board:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]


def board_of(told: TrackMap) -> Board:
    """Hosts in the order in which the periods name them."""
    hosts = {stop.host_id: stop for column in told.columns for stop in column.stations}
    by_column = [{stop.host_id: _cell(stop) for stop in c.stations} for c in told.columns]
    return Board(
        columns=told.columns,
        rows=tuple(
            Row(stop, tuple(cells.get(host) for cells in by_column)) for host, stop in hosts.items()
        ),
        totals=tuple(_total(cells.values()) for cells in by_column),
    )


def _cell(stop: Stop) -> Cell:
    return Cell(stop.students, stop.planned, stop.seats, stop.confirmed)


def _total(cells: Iterable[Cell]) -> Total:
    cells = list(cells)
    counting = [cell for cell in cells if cell.offered is not None]
    taken = sum(cell.taken for cell in counting)
    return Total(
        taken=taken,
        planned=sum(cell.planned for cell in cells),
        offered=sum(cell.offered or 0 for cell in counting),
        free=sum(cell.free or 0 for cell in counting),
        over=sum(cell.over for cell in counting),
        elsewhere=sum(cell.taken for cell in cells) - taken,
        uncounted=len(cells) - len(counting),
        counted=len(counting),
    )

"""The board of seats as a page shows it: the table, and the picture of the same numbers."""

from typing import Any

from mobility_tracks.domain.board import Board, Cell, board_of
from mobility_tracks.domain.flows import TrackMap
from web.pictures.adapters import station_at
from web.pictures.frame import Picture
from web.pictures.seat_grid import Grid, Seats, seat_grid


def shown(told: TrackMap, *, counted: bool) -> dict[str, Any]:
    """counted: the reader may know where students are; else there is nothing to draw."""
    board = board_of(told)
    return {
        "board": board,
        "counted": counted,
        "seat_grid": drawn(board) if counted else None,
    }


def drawn(board: Board) -> Picture | None:
    """Of the hosts that somebody counts seats at, or that have students; None without such seats."""
    rows = tuple(
        (
            station_at(row.stop),
            tuple(
                Seats(cell.taken, cell.offered) if cell and tells(cell) else None
                for cell in row.cells
            ),
        )
        for row in board.rows
        if any(cell and tells(cell) for cell in row.cells)
    )
    if not any(total.offered for total in board.totals):
        return None
    return seat_grid(Grid(tuple(column.title for column in board.columns), rows))


def tells(cell: Cell) -> bool:
    """Whether there is something to draw: nobody at a host that counts no seats is nothing."""
    return bool(cell.taken) or cell.offered is not None

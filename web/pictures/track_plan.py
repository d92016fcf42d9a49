"""Where hosts and ribbons lie across the direction of travel, before anybody draws them.

Travel goes right on a wide page and down on a narrow one; both drawings use the same plan. All
lengths are in the drawing's own units.
"""

from dataclasses import dataclass

from web.pictures.track_order import Order, best_order
from web.pictures.tracks import Flow, TrackMap

End = tuple[int, str]


@dataclass(frozen=True)
class Room:
    """room: what a column may fill. gap: least space between hosts. least: the smallest host.
    pad: what a host's outline reaches past its ribbons. thinnest: the least width of a ribbon.
    thickest: the width of one student. bare: of a line while nobody has been placed.
    """

    room: float
    gap: float
    least: float
    pad: float
    thinnest: float = 2.5
    thickest: float = 12.0
    bare: float = 9.0


@dataclass(frozen=True)
class Box:
    column: int
    code: str
    start: float
    size: float

    @property
    def middle(self) -> float:
        return self.start + self.size / 2


@dataclass(frozen=True)
class Ribbon:
    """leaves, arrives: where its first edge lies at either end; the other is one width further."""

    flow: Flow
    width: float
    leaves: float
    arrives: float


@dataclass(frozen=True)
class Plan:
    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    extent: float


def plan(track_map: TrackMap, room: Room) -> Plan:
    order = best_order(track_map)
    widths = _widths(track_map, order, room)
    boxes = _boxes(track_map, order, widths, room)
    ribbons = _ribbons(track_map, order, widths, boxes)
    return Plan(tuple(boxes.values()), ribbons, max(b.start + b.size for b in boxes.values()))


def _widths(track_map: TrackMap, order: Order, room: Room) -> dict[Flow, float]:
    """Proportional to students, one scale for the whole map, never thinner than can be seen."""
    if track_map.nobody:
        return dict.fromkeys(track_map.merged, room.bare)
    scale = room.thickest
    for column, codes in enumerate(order):
        free = room.room - (len(codes) - 1) * room.gap - 2 * room.pad * len(codes)
        load = sum(track_map.students(column, code) for code in codes)
        scale = min(scale, max(free, room.room / 4) / load) if load else scale
    return {f: max(room.thinnest, scale * f.students) for f in track_map.merged}


def _boxes(
    track_map: TrackMap, order: Order, widths: dict[Flow, float], room: Room
) -> dict[End, Box]:
    sizes: dict[End, float] = {}
    for column, codes in enumerate(order):
        for code in codes:
            load = max(_load(track_map, widths, (column, code), side) for side in (0, 1))
            sizes[column, code] = max(room.least, load + 2 * room.pad)
    filled = [sum(sizes[c, code] for code in codes) for c, codes in enumerate(order)]
    tight = [
        total + room.gap * (len(codes) - 1) for total, codes in zip(filled, order, strict=True)
    ]
    extent = max(room.room, *tight)
    boxes: dict[End, Box] = {}
    for column, codes in enumerate(order):
        gap = max(room.gap, min(2.5 * room.gap, (extent - filled[column]) / max(1, len(codes))))
        at = (extent - filled[column] - gap * (len(codes) - 1)) / 2
        for code in codes:
            boxes[column, code] = Box(column, code, at, sizes[column, code])
            at += sizes[column, code] + gap
    return boxes


def _load(track_map: TrackMap, widths: dict[Flow, float], end: End, side: int) -> float:
    return sum(widths[f] for f in track_map.merged if track_map.ends(f)[side] == end)


def _ribbons(
    track_map: TrackMap, order: Order, widths: dict[Flow, float], boxes: dict[End, Box]
) -> tuple[Ribbon, ...]:
    """At each host the ribbons lie side by side, in the order in which their other ends lie."""
    place = {(c, code): i for c, codes in enumerate(order) for i, code in enumerate(codes)}
    edges: dict[tuple[Flow, int], float] = {}
    for end, box in boxes.items():
        for side in (0, 1):
            here = [f for f in track_map.merged if track_map.ends(f)[side] == end]
            here.sort(key=lambda f: place[track_map.ends(f)[1 - side]])
            at = box.middle - sum(widths[f] for f in here) / 2
            for flow in here:
                edges[flow, side] = at
                at += widths[flow]
    return tuple(Ribbon(f, widths[f], edges[f, 0], edges[f, 1]) for f in track_map.merged)

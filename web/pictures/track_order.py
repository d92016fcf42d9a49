"""Which host stands above which, so that as few students as possible cross each other's way.

Layered crossing minimisation: sweeps by weighted barycentre, then swaps of neighbours while they
help (Sugiyama, Tagawa and Toda 1981). The given order wins ties, so a map stays as it was known.
"""

from itertools import combinations

from web.pictures.tracks import Flow, TrackMap

Order = tuple[tuple[str, ...], ...]


def crossings(track_map: TrackMap, order: Order) -> int:
    """Pairs of flows that cross, each weighted by the product of their students."""
    total = 0
    for gap in range(len(order) - 1):
        left, right = _places(order[gap]), _places(order[gap + 1])
        flows = [f for f in track_map.merged if f.from_column == gap]
        for one, two in combinations(flows, 2):
            apart = (left[one.from_code] - left[two.from_code]) * (
                right[one.to_code] - right[two.to_code]
            )
            total += _weight(one) * _weight(two) if apart < 0 else 0
    return total


def best_order(track_map: TrackMap, sweeps: int = 4) -> Order:
    given: Order = tuple(tuple(s.code for s in c.stations) for c in track_map.columns)
    best, fewest = given, crossings(track_map, given)
    order = given
    for _ in range(sweeps):
        for forward in (True, False):
            order = _swept(track_map, order, forward)
            found = _swapped(track_map, order)
            if (now := crossings(track_map, found)) < fewest:
                best, fewest = found, now
    return best


def _weight(flow: Flow) -> int:
    return max(1, flow.students)


def _places(codes: tuple[str, ...]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes)}


def _swept(track_map: TrackMap, order: Order, forward: bool) -> Order:
    columns = list(order)
    steps = range(1, len(columns)) if forward else range(len(columns) - 2, -1, -1)
    for at in steps:
        fixed = _places(columns[at - 1 if forward else at + 1])
        pulls: dict[str, list[tuple[int, int]]] = {code: [] for code in columns[at]}
        for flow in track_map.merged:
            if forward and flow.from_column == at - 1:
                pulls[flow.to_code].append((fixed[flow.from_code], _weight(flow)))
            if not forward and flow.from_column == at:
                pulls[flow.from_code].append((fixed[flow.to_code], _weight(flow)))
        own = _places(columns[at])
        columns[at] = tuple(
            sorted(columns[at], key=lambda c: _mean(pulls[c], own[c], len(own), len(fixed)))
        )
    return tuple(columns)


def _mean(pulls: list[tuple[int, int]], own: int, mine: int, theirs: int) -> float:
    """Where the neighbours pull to; without any, the place it has, on their scale."""
    if not pulls:
        return own * theirs / mine
    return sum(place * weight for place, weight in pulls) / sum(weight for _, weight in pulls)


def _swapped(track_map: TrackMap, order: Order) -> Order:
    best, fewest = order, crossings(track_map, order)
    for at, codes in enumerate(order):
        for i in range(len(codes) - 1):
            column = list(best[at])
            column[i], column[i + 1] = column[i + 1], column[i]
            tried = (*best[:at], tuple(column), *best[at + 1 :])
            if (now := crossings(track_map, tried)) < fewest:
                best, fewest = tried, now
    return best

"""Prices of a plan that is already the best for its sizes: shortest paths over the few options.

A price for each option, such that nobody would rather be elsewhere at these prices, exists exactly
when no ring of moves lowers the cost. Bellman-Ford finds the prices or the ring, in integers.
"""

import numpy as np

from mobility_tracks.placement.edges import Edges
from mobility_tracks.placement.highs import Ints

_FAR = np.iinfo(np.int64).max // 4


def potentials(edges: Edges, cost: Ints, at: Ints) -> Ints | None:
    """Prices by option number, 0 for nowhere; None where a ring of moves lowers the cost."""
    options = len(edges.options) + 1
    now = np.zeros(len(edges.students), dtype=np.int64)
    chosen = edges.option == at[edges.student]
    now[edges.student[chosen]] = cost[chosen]
    arcs = np.full((options, options), _FAR, dtype=np.int64)
    more = cost - now[edges.student]
    np.minimum.at(arcs, (at[edges.student], edges.option), more)
    prices = np.zeros(options, dtype=np.int64)
    for _ in range(options + 1):
        lower = np.minimum(prices, (prices[:, None] + arcs).min(axis=0))
        if np.array_equal(lower, prices):
            return np.asarray(prices - prices[edges.nowhere])
        prices = lower
    return None

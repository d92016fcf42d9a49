"""The best plan of whole sizes: a few linear programs of our own, then HiGHS' search."""

from dataclasses import replace
from math import ceil

import numpy as np

from mobility_tracks.placement.crowds import TOLERANCE
from mobility_tracks.placement.engine import NoPlan
from mobility_tracks.placement.highs import Ints
from mobility_tracks.placement.program import Box, Relaxed
from mobility_tracks.placement.prover import branch, halves
from mobility_tracks.placement.space import Space, fractional

# Nodes of our own dive before the question is handed to HiGHS' search.
_NODES = 60


def root_of(space: Space, cost: Ints, size_cost: Ints | None = None) -> Relaxed:
    """The relaxation. Raises NoPlan where nothing is feasible."""
    root = space.relax(cost, size_cost)
    if root is None:
        raise NoPlan
    return root


def best_of(space: Space, root: Relaxed, cost: Ints, size_cost: Ints | None = None) -> Relaxed:
    """The least value, and numbers that reach it. Raises NoPlan when there are none."""
    found = dived(space, root, cost, size_cost)
    if found is None:
        found = space.search(cost, space.alive, size_cost)
        if found is None:
            raise NoPlan
    return replace(found, value=float(round(found.value)))


def dived(
    space: Space,
    root: Relaxed,
    cost: Ints,
    size_cost: Ints | None = None,
    *,
    is_any: bool = False,
) -> Relaxed | None:
    """Branch and bound on warm linear programs; None when it would take too many. The first plan is
    enough where `is_any` will do. Raises NoPlan when there is nothing to find."""
    best: Relaxed | None = None
    waiting: list[tuple[Box, Relaxed | None]] = [(space.box, root)]
    bound, nodes = _whole(root.value), 0
    try:
        while waiting and nodes < _NODES:
            box, answer = waiting.pop()
            nodes += 1
            if answer is None:
                space.confine(box)
                answer = space.relax(cost, size_cost)
            if answer is None or (best and _whole(answer.value) >= best.value):
                continue
            if len(fractional(answer.numbers)):
                waiting += [(half, None) for half in _halves(space, answer, box)]
                continue
            best = replace(answer, value=float(round(answer.value)))
            if is_any or best.value <= bound:
                waiting.clear()
    finally:
        space.confine(space.box)
    if not waiting and best is None:
        raise NoPlan
    return None if waiting else best


def within(space: Space, cost: Ints, bound: int, dear: Ints, scale: int) -> Relaxed:
    """HiGHS' search among places that a plan of at most `bound + beyond` can use."""
    beyond = 0
    while True:
        keep = dear <= beyond * scale
        answer = space.search(cost, keep)
        value = None if answer is None else round(answer.value)
        if value is not None and value <= bound + beyond and answer is not None:
            return replace(answer, value=float(value))
        if value is None and np.all(keep | ~space.alive):
            raise NoPlan
        beyond = 2 * beyond + 1 if value is None else min(value - bound, 2 * beyond + 1)


def corner(space: Space, answer: Relaxed, cost: Ints) -> Relaxed:
    """The answer of whole sizes, as a plan. Sizes leave a transport problem, whose corners are
    plans: one is taken where the answer itself is not at a corner."""
    if answer.standing() is not None:
        return answer
    sizes = np.rint(answer.numbers).astype(np.int64)
    space.confine((sizes, sizes))
    found = space.relax(cost)
    space.confine(space.box)
    return answer if found is None else found


def _halves(space: Space, answer: Relaxed, box: Box) -> list[Box]:
    """The nearer half comes last, which is the one to be taken up next."""
    number, most = branch(space, answer)
    low, high = halves(box, number, most)
    is_low = answer.numbers[number] - most < 0.5  # noqa: PLR2004 - half way
    return [high, low] if is_low else [low, high]


def _whole(value: float) -> int:
    return ceil(value - TOLERANCE)

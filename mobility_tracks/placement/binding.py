"""Which limit on the plan as a whole stands against moving a student, and the round with it wider."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mobility_tracks.placement.limits import compared, total, waited_for
from mobility_tracks.placement.problem import Group, Option, Overflow, Problem, Seats

Limit = Option | Group | Overflow


def moved(counts: Mapping[str, int], wanted: str, given: str | None) -> Counter[str]:
    """Students per option once one more has gone to the option, from another one or from nowhere."""
    found = Counter(counts)
    found[wanted] += 1
    found[given or ""] -= 1
    return found


def binds(group: Group, counts: Mapping[str, int]) -> bool:
    """Whether these numbers are not for the group."""
    sizes = [total(counts, part) for part in compared(group)]
    uneven = group.tolerance is not None and max(sizes) - min(sizes) > group.tolerance
    seats, count = group.seats, total(counts, group.options)
    return uneven or (seats is not None and not seats.least <= count <= seats.most)


def short(
    problem: Problem, counts: Mapping[str, int]
) -> Iterator[tuple[Overflow, str, tuple[str, ...], int]]:
    """Overflows open too early at these numbers: with what is not full, its options, its seats."""
    for overflow in problem.overflows:
        if total(counts, overflow.options):
            for after, options, most in waited_for(problem, overflow):
                if total(counts, options) < most:
                    yield overflow, after, options, most


def wider(problem: Problem, limit: Limit) -> Problem:
    """One more seat, sizes one further apart, or what opened late open from the start."""
    if isinstance(limit, Overflow):
        kept = tuple(row for row in problem.overflows if row.id != limit.id)
        return replace(problem, overflows=kept)
    if isinstance(limit, Group):
        groups = (_wider_group(row) if row == limit else row for row in problem.groups)
        return replace(problem, groups=tuple(groups))
    options = (
        replace(row, seats=_one_more(row.seats)) if row == limit else row for row in problem.options
    )
    return replace(problem, options=tuple(options))


def _wider_group(group: Group) -> Group:
    return replace(
        group,
        seats=_one_more(group.seats) if group.seats else None,
        tolerance=None if group.tolerance is None else group.tolerance + 1,
    )


def _one_more(seats: Seats) -> Seats:
    return replace(seats, most=seats.most + 1)

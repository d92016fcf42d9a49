"""Limits on the plan as a whole: seats of options and groups, equal sizes, what opens after what."""

from collections.abc import Iterable, Iterator, Mapping

from mobility_tracks.placement.names import group_name, overflow_name
from mobility_tracks.placement.problem import Group, Overflow, Problem, Seats
from mobility_tracks.placement.rules import Verdict


def broken_limits(problem: Problem, counts: Mapping[str, int]) -> Iterator[Verdict]:
    """Every limit that these numbers of students per option break."""
    for option in problem.options:
        yield from _seats(f"Option {option.id}", option.seats, counts.get(option.id, 0), "")
    for group in problem.groups:
        if group.seats:
            count = total(counts, group.options)
            yield from _seats(group_name(group), group.seats, count, group.source)
        yield from _balance(group, counts)
    for overflow in problem.overflows:
        yield from _overflow(problem, overflow, counts)


def compared(group: Group) -> tuple[tuple[str, ...], ...]:
    """The parts of a group whose sums its tolerance holds together."""
    return group.parts or tuple((option,) for option in group.options)


def waited_for(problem: Problem, overflow: Overflow) -> list[tuple[str, tuple[str, ...], int]]:
    """What is to be full before the overflow opens, by id: its options, and how many fill them."""
    filled: dict[str, tuple[tuple[str, ...], int]] = {
        option.id: ((option.id,), option.seats.most) for option in problem.options
    }
    filled |= {
        group.id: (group.options, group.seats.most) for group in problem.groups if group.seats
    }
    return [(after, *filled[after]) for after in sorted(overflow.after)]


def total(counts: Mapping[str, int], options: Iterable[str]) -> int:
    return sum(counts.get(option, 0) for option in options)


def _seats(name: str, seats: Seats, count: int, source: str) -> Iterator[Verdict]:
    if count > seats.most:
        yield Verdict(name, f"{count} students on {seats.most} seats", source, "More seats")
    closed = seats.may_stay_closed and count == 0
    if count < seats.least and not closed:
        fact = f"{count} students where at least {seats.least} are needed"
        yield Verdict(name, fact, source, "More students or a lower least number")


def _balance(group: Group, counts: Mapping[str, int]) -> Iterator[Verdict]:
    if group.tolerance is None:
        return
    sizes = {" + ".join(part): total(counts, part) for part in compared(group)}
    if max(sizes.values()) - min(sizes.values()) > group.tolerance:
        listed = ", ".join(f"{part}: {size}" for part, size in sizes.items())
        fact = f"sizes differ by more than {group.tolerance} ({listed})"
        yield Verdict(group_name(group), fact, group.source, "A wider tolerance")


def _overflow(problem: Problem, overflow: Overflow, counts: Mapping[str, int]) -> Iterator[Verdict]:
    if not total(counts, overflow.options):
        return
    for after, options, most in waited_for(problem, overflow):
        count = total(counts, options)
        if count != most:
            fact = f"open while {count} of {most} seats are taken at {after}"
            remedy = f"As many students at {after} as it has seats"
            yield Verdict(overflow_name(overflow), fact, overflow.source, remedy)

"""Limits on the plan as a whole: seats of options, shared seats of groups, equal sizes."""

from collections.abc import Iterator, Mapping

from mobility_tracks.placement.problem import Group, Problem, Seats
from mobility_tracks.placement.rules import Verdict


def broken_limits(problem: Problem, counts: Mapping[str, int]) -> Iterator[Verdict]:
    """Every limit that these numbers of students per option break."""
    for option in problem.options:
        yield from _seats(f"Option {option.id}", option.seats, counts.get(option.id, 0), "")
    for group in problem.groups:
        total = sum(counts.get(option, 0) for option in group.options)
        if group.seats:
            yield from _seats(group_name(group), group.seats, total, group.source)
        yield from _balance(group, counts)


def group_name(group: Group) -> str:
    return group.sentence or f"Group {group.id} ({', '.join(group.options)})"


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
    sizes = [counts.get(option, 0) for option in group.options]
    if max(sizes) - min(sizes) > group.tolerance:
        listed = ", ".join(f"{o}: {counts.get(o, 0)}" for o in group.options)
        fact = f"sizes differ by more than {group.tolerance} ({listed})"
        yield Verdict(group_name(group), fact, group.source, "A wider tolerance")

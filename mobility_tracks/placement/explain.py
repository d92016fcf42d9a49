"""Why this place and not the preferred one, for each student; who comes and why, for each host."""

from collections.abc import Iterator
from dataclasses import dataclass

from mobility_tracks.placement.binding import binds, moved
from mobility_tracks.placement.limits import total, waited_for
from mobility_tracks.placement.names import opens_after
from mobility_tracks.placement.plan import Plan
from mobility_tracks.placement.problem import Option, Problem, Student
from mobility_tracks.placement.refusals import Refusal, Refusals
from mobility_tracks.placement.rules import verdicts


@dataclass(frozen=True, slots=True)
class Reason:
    """`rank` counts open options only; None without a place."""

    student: str
    option: str | None
    rank: int | None
    sentence: str
    refusals: tuple[Refusal, ...]


def explain(problem: Problem, plan: Plan, *, probe: bool = True) -> dict[str, Reason]:
    """The reason of every student. With `probe`, one more solve for each limit that binds."""
    refusals = Refusals(problem, plan, probe=probe)
    return {student.id: _reason(refusals, plan, student) for student in problem.students}


def explain_option(problem: Problem, plan: Plan, option_id: str) -> str:
    """For the host: how many come, on how many seats, how they had ranked the option, how many had
    it as a first choice or could not come, and which limit keeps the number where it is."""
    option, count = problem.option(option_id), plan.counts.get(option_id, 0)
    holders = Refusals(problem, plan, probe=False).holders(option_id)
    firsts = sum(1 for s in problem.students if s.ranks and option_id in s.ranks[0])
    closed = sum(1 for s in problem.students if _is_closed(problem, s, option))
    return " ".join(
        [
            f"{option_id}: {count} students on {option.seats.most} seats{holders}.",
            f"A first choice of {firsts}; closed to {closed} of {len(problem.students)}.",
            *_limits(problem, plan, option),
        ]
    )


def _reason(refusals: Refusals, plan: Plan, student: Student) -> Reason:
    option = plan.assignment[student.id]
    rank = None if option is None else refusals.wishes[student.id].rank[option]
    against = tuple(refusals.of(student, option))
    return Reason(student.id, option, rank, _opening(student, option), against)


def _is_closed(problem: Problem, student: Student, option: Option) -> bool:
    """By a rule or by the student's own reason."""
    against = verdicts(problem, student, option)
    return option.id in student.impossible or next(against, None) is not None


def _limits(problem: Problem, plan: Plan, option: Option) -> Iterator[str]:
    """What one more student there would break, whichever host of a group gave one up."""
    counts = plan.counts
    if counts.get(option.id, 0) >= option.seats.most:
        yield "Every seat is taken."
    for group in problem.groups:
        others = [o for o in group.options if o != option.id and counts.get(o)]
        is_here = option.id in group.options and bool(others)
        if is_here and all(binds(group, moved(counts, option.id, other)) for other in others):
            yield f"One more would break: {group.sentence or group.id}"
    for overflow in problem.overflows:
        for after, options, most in waited_for(problem, overflow):
            count = total(counts, options)
            if option.id in overflow.options and count < most:
                opening = opens_after(overflow.options, (after,))
                yield f"{opening}: {count} of {most} seats are taken."


def _opening(student: Student, option: str | None) -> str:
    if student.given:
        return f"{option}: placed by hand. {student.given_because}"
    if option is None:
        return "No place: see what stood against each wish."
    if not student.ranks:
        return f"{option}: no wish was given, so every open option counted as a first choice."
    for wish, options in enumerate(student.ranks, 1):
        if option in options:
            return f"{option}: wish {wish} of {len(student.ranks)}."
    return f"{option}: not among the wishes given, none of which could be met."

"""Why this place and not the preferred one, for each student; who comes and why, for each host.

A refusal names what binds: a rule, full seats and who holds them, or a limit on the whole plan.
What would flip it is not guessed: the round is solved again with that limit one wider.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from mobility_tracks.placement.limits import group_name
from mobility_tracks.placement.plan import Infeasible, Plan
from mobility_tracks.placement.problem import Group, Option, PolicyKind, Problem, Seats, Student
from mobility_tracks.placement.rules import verdicts
from mobility_tracks.placement.solve import solve
from mobility_tracks.placement.wishes import Wishes, wishes_of


@dataclass(frozen=True, slots=True)
class Refusal:
    """One preferred option that was not given. `wish` is its class in the student's own list."""

    option: str
    wish: int
    binds: Literal["rule", "seats", "limit", "round"]
    sentence: str
    remedy: str


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
    case = _Case(problem, plan, probe=probe)
    return {student.id: case.reason(student) for student in problem.students}


def explain_option(problem: Problem, plan: Plan, option_id: str) -> str:
    """For the host: how many come, on how many seats, how they had ranked the option, how many had
    it as a first choice or could not come, and which limit keeps the number where it is."""
    option, case = problem.option(option_id), _Case(problem, plan, probe=False)
    count = plan.counts.get(option_id, 0)
    firsts = sum(1 for s in problem.students if s.ranks and option_id in s.ranks[0])
    closed = sum(1 for s in problem.students if case.is_closed(s, option))
    return " ".join(
        [
            f"{option_id}: {count} students on {option.seats.most} seats{case.holders(option_id)}.",
            f"A first choice of {firsts}; closed to {closed} of {len(problem.students)}.",
            *case.limits(option, count),
        ]
    )


class _Case:
    def __init__(self, problem: Problem, plan: Plan, *, probe: bool) -> None:
        self._problem, self._plan, self._probe = problem, plan, probe
        self._options = {option.id: option for option in problem.options}
        self._merit = {student.id: student.merit for student in problem.students}
        self._wider: dict[str, Plan | None] = {}

    @cached_property
    def _wishes(self) -> dict[str, Wishes]:
        return wishes_of(self._problem)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {student: place for place, student in enumerate(self._wishes, 1)}

    def reason(self, student: Student) -> Reason:
        option = self._plan.assignment[student.id]
        rank = None if option is None else self._wishes[student.id].rank[option]
        refusals = tuple(self._refusals(student, option))
        return Reason(student.id, option, rank, _opening(student, option), refusals)

    def holders(self, option: str) -> str:
        """How those in the option had ranked it, in words."""
        silent = 0
        ranks: Counter[int] = Counter()
        for student in self._in(option):
            silent += self._wishes[student].indifferent
            if not self._wishes[student].indifferent:
                ranks[self._wishes[student].rank[option]] += 1
        parts = [f"{count} with it as choice {rank}" for rank, count in sorted(ranks.items())]
        parts += [f"{silent} without a wish"] if silent else []
        return f" ({', '.join(parts)})" if parts else ""

    def is_closed(self, student: Student, option: Option) -> bool:
        """By a rule or by the student's own reason."""
        against = verdicts(self._problem, student, option)
        return option.id in student.impossible or next(against, None) is not None

    def limits(self, option: Option, count: int) -> Iterator[str]:
        """What one more student there would break, whichever host of a group gave one up."""
        if count >= option.seats.most:
            yield "Every seat is taken."
        for group in self._problem.groups:
            others = [o for o in group.options if o != option.id and self._plan.counts.get(o)]
            is_here = option.id in group.options and bool(others)
            if is_here and all(self._binds(group, option.id, other) for other in others):
                yield f"One more would break: {group.sentence or group.id}"

    def _in(self, option: str) -> list[str]:
        return sorted(s for s, place in self._plan.assignment.items() if place == option)

    def _refusals(self, student: Student, given: str | None) -> Iterator[Refusal]:
        for wish, options in enumerate(student.ranks, 1):
            if given in options or student.given:
                return
            for option in sorted(options):
                yield self._refusal(student, self._options[option], wish)

    def _refusal(self, student: Student, option: Option, wish: int) -> Refusal:
        for verdict in verdicts(self._problem, student, option):
            source = f" Source: {verdict.source}." if verdict.source else ""
            sentence = f"{option.id}: {verdict.fact}. {verdict.rule}{source}"
            return Refusal(option.id, wish, "rule", sentence, verdict.remedy)
        if self._plan.counts.get(option.id, 0) >= option.seats.most:
            return self._full(student, option, wish)
        return self._limited(student, option, wish)

    def _full(self, student: Student, option: Option, wish: int) -> Refusal:
        sentence = (
            f"{option.id}: all {option.seats.most} seats are taken{self.holders(option.id)}."
            f"{self._compared(student, option)}"
        )
        wider = self._widen(f"option {option.id}", option=option)
        change = f"One more seat at {option.id}"
        return Refusal(
            option.id, wish, "seats", sentence, self._flip(student, option, change, wider)
        )

    def _compared(self, student: Student, option: Option) -> str:
        holders = self._in(option.id)
        if self._problem.policy.kind is PolicyKind.MERIT_RESPECTED:
            merits = [m for m in map(self._merit.get, holders) if m is not None]
            least = min(merits, default=None)
            return f" Lowest merit there: {least}; this student's merit: {student.merit}."
        own = self._wishes[student.id].rank[option.id]
        equal = [h for h in holders if self._wishes[h].rank[option.id] == own]
        if not equal:
            return ""
        return (
            f" {len(equal)} of them wished it as much; between equally good plans the draw decides,"
            f" in which this student has number {self._number[student.id]} of {len(self._number)}."
        )

    def _limited(self, student: Student, option: Option, wish: int) -> Refusal:
        given = self._plan.assignment[student.id]
        for group in self._problem.groups:
            if self._binds(group, option.id, given):
                wider = self._widen(f"group {group.id}", group=group)
                sentence = f"{option.id}: free seats, but {group_name(group)} allows no more."
                change = f"{group_name(group)} wider by one"
                remedy = self._flip(student, option, change, wider)
                return Refusal(option.id, wish, "limit", sentence, remedy)
        return self._held(option, given, wish)

    def _held(self, option: Option, given: str | None, wish: int) -> Refusal:
        count = self._plan.counts.get(option.id, 0)
        if option.seats.may_stay_closed and count == 0:
            sentence = f"{option.id} stays closed; it opens from {option.seats.least} students."
            return Refusal(option.id, wish, "limit", sentence, "More students who wish it")
        present = self._options.get(given or "")
        if present and self._plan.counts[present.id] <= present.seats.least:
            sentence = f"{option.id}: {present.id} needs its least number, {present.seats.least}."
            return Refusal(option.id, wish, "limit", sentence, f"A lower least at {present.id}")
        sentence = f"{option.id}: no plan that is as good for the round gives it to this student."
        return Refusal(option.id, wish, "round", sentence, "")

    def _binds(self, group: Group, wanted: str, given: str | None) -> bool:
        counts = Counter(self._plan.counts)
        counts[wanted] += 1
        counts[given or ""] -= 1
        sizes = [counts[option] for option in group.options]
        uneven = group.tolerance is not None and max(sizes) - min(sizes) > group.tolerance
        seats = group.seats
        return uneven or (seats is not None and not seats.least <= sum(sizes) <= seats.most)

    def _widen(
        self, key: str, *, option: Option | None = None, group: Group | None = None
    ) -> Plan | None:
        if not self._probe:
            return None
        if key not in self._wider:
            self._wider[key] = _solved(_wider(self._problem, option, group))
        return self._wider[key]

    def _flip(self, student: Student, option: Option, change: str, wider: Plan | None) -> str:
        if wider is None:
            return ""
        place = wider.assignment[student.id]
        rank = self._wishes[student.id].rank
        if place is not None and rank[place] <= rank[option.id]:
            return f"{change} would be enough."
        return f"{change} would not be enough."


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


def _wider(problem: Problem, option: Option | None, group: Group | None) -> Problem:
    options = tuple(
        replace(row, seats=_one_more(row.seats)) if row == option else row
        for row in problem.options
    )
    groups = tuple(_wider_group(row) if row == group else row for row in problem.groups)
    return replace(problem, options=options, groups=groups)


def _wider_group(group: Group) -> Group:
    return replace(
        group,
        seats=_one_more(group.seats) if group.seats else None,
        tolerance=None if group.tolerance is None else group.tolerance + 1,
    )


def _one_more(seats: Seats) -> Seats:
    return replace(seats, most=seats.most + 1)


def _solved(problem: Problem) -> Plan | None:
    try:
        return solve(problem)
    except Infeasible:
        return None

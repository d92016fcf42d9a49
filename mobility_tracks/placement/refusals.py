"""What stood against each wish that was not met: a rule, full seats and who holds them, a limit.

What would flip it is not guessed: the round is solved again with that limit one wider.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mobility_tracks.placement.binding import Limit, binds, moved, short, wider
from mobility_tracks.placement.limits import total
from mobility_tracks.placement.names import group_name, opens_after
from mobility_tracks.placement.plan import Infeasible, Plan
from mobility_tracks.placement.problem import Option, Overflow, PolicyKind, Problem, Student
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


class Refusals:
    """Of one plan. With `probe`, one more solve for each limit that binds."""

    def __init__(self, problem: Problem, plan: Plan, *, probe: bool) -> None:
        self._problem, self._plan, self._probe = problem, plan, probe
        self._options = {option.id: option for option in problem.options}
        self._merit = {student.id: student.merit for student in problem.students}
        self._wider: dict[str, Plan | None] = {}

    @cached_property
    def wishes(self) -> dict[str, Wishes]:
        return wishes_of(self._problem)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {student: place for place, student in enumerate(self.wishes, 1)}

    def of(self, student: Student, given: str | None) -> Iterator[Refusal]:
        for wish, options in enumerate(student.ranks, 1):
            if given in options or student.given:
                return
            for option in sorted(options):
                yield self._refusal(student, self._options[option], wish)

    def holders(self, option: str) -> str:
        """How those in the option had ranked it, in words."""
        silent = 0
        ranks: Counter[int] = Counter()
        for student in self._in(option):
            silent += self.wishes[student].indifferent
            if not self.wishes[student].indifferent:
                ranks[self.wishes[student].rank[option]] += 1
        parts = [f"{count} with it as choice {rank}" for rank, count in sorted(ranks.items())]
        parts += [f"{silent} without a wish"] if silent else []
        return f" ({', '.join(parts)})" if parts else ""

    def _in(self, option: str) -> list[str]:
        return sorted(s for s, place in self._plan.assignment.items() if place == option)

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
        plan = self._widen(f"option {option.id}", option)
        change = f"One more seat at {option.id}"
        return Refusal(
            option.id, wish, "seats", sentence, self._flip(student, option, change, plan)
        )

    def _compared(self, student: Student, option: Option) -> str:
        holders = self._in(option.id)
        if self._problem.policy.kind is PolicyKind.MERIT_RESPECTED:
            merits = [m for m in map(self._merit.get, holders) if m is not None]
            least = min(merits, default=None)
            return f" Lowest merit there: {least}; this student's merit: {student.merit}."
        own = self.wishes[student.id].rank[option.id]
        equal = [h for h in holders if self.wishes[h].rank[option.id] == own]
        if not equal:
            return ""
        return (
            f" {len(equal)} of them wished it as much; between equally good plans the draw decides,"
            f" in which this student has number {self._number[student.id]} of {len(self._number)}."
        )

    def _limited(self, student: Student, option: Option, wish: int) -> Refusal:
        given = self._plan.assignment[student.id]
        for group in self._problem.groups:
            if binds(group, self._moved(option.id, given)):
                plan = self._widen(f"group {group.id}", group)
                sentence = f"{option.id}: free seats, but {group_name(group)} allows no more."
                change = f"{group_name(group)} wider by one"
                remedy = self._flip(student, option, change, plan)
                return Refusal(option.id, wish, "limit", sentence, remedy)
        for overflow, after, options, most in short(self._problem, self._moved(option.id, given)):
            sentence = self._too_early(overflow, (after, options, most), option, given)
            plan = self._widen(f"overflow {overflow.id}", overflow)
            change = f"{', '.join(overflow.options)} open from the start"
            remedy = self._flip(student, option, change, plan)
            return Refusal(option.id, wish, "limit", sentence, remedy)
        return self._held(option, given, wish)

    def _too_early(
        self,
        overflow: Overflow,
        full: tuple[str, tuple[str, ...], int],
        option: Option,
        given: str | None,
    ) -> str:
        """Either the option opens later, or somebody is in what opened since another one is full."""
        after, options, most = full
        count = total(self._plan.counts, options)
        opening = opens_after(overflow.options, (after,))
        source = f" Source: {overflow.source}." if overflow.source else ""
        if count < most:
            return f"{opening}: {count} of {most} seats are taken.{source}"
        count = total(self._moved(option.id, given), options)
        about = "" if option.id in overflow.options else f"{option.id}: "
        return (
            f"{about}{opening}; with this student elsewhere {count} of {most} seats would be taken."
            f"{source}"
        )

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

    def _moved(self, wanted: str, given: str | None) -> Counter[str]:
        return moved(self._plan.counts, wanted, given)

    def _widen(self, key: str, limit: Limit) -> Plan | None:
        if not self._probe:
            return None
        if key not in self._wider:
            self._wider[key] = _solved(wider(self._problem, limit))
        return self._wider[key]

    def _flip(self, student: Student, option: Option, change: str, plan: Plan | None) -> str:
        if plan is None:
            return ""
        place = plan.assignment[student.id]
        rank = self.wishes[student.id].rank
        if place is not None and rank[place] <= rank[option.id]:
            return f"{change} would be enough."
        return f"{change} would not be enough."


def _solved(problem: Problem) -> Plan | None:
    try:
        return solve(problem)
    except Infeasible:
        return None

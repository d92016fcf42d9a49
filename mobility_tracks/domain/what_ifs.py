"""What would follow for a decided round: other seats, rules or procedure, hosts or students gone.

Asking writes nothing. The base is the plan that stands with the inputs it was made from; what has
happened since (students who left or came, seats given by hand) is part of every question.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState
from mobility_tracks.domain.allocation.ground import seats_told
from mobility_tracks.domain.allocation.plan import plan_of
from mobility_tracks.domain.allocation.problem import Case, case_of
from mobility_tracks.domain.allocation.scene import seats_id
from mobility_tracks.models import AllocationRound
from mobility_tracks.placement import Infeasible, Plan, PolicyKind, Problem, Rule, Seats, load
from mobility_tracks.placement import ProblemInvalid as Contradiction
from mobility_tracks.placement.changes import (
    Arrived,
    ByHand,
    Change,
    GroupOff,
    HostOff,
    NewGroup,
    NewPolicy,
    NewRule,
    NewSeats,
    OverflowOff,
    Retold,
    RuleOff,
    Withdrawn,
)
from mobility_tracks.placement.whatif import WhatIf, what_if


@dataclass(frozen=True)
class Question:
    """What is changed. `seats`: least and most by code, of a choice or of an offering on the way.
    `closed`: organisation keys of hosts that drop out. `gone`: references of students who would
    leave. `groups_off`: ids of balances, and of rules on what opens late. `by_hand`: by reference,
    code of the choice and reason. `fewest_moves`: as few as possible of those placed move; else the
    best plan afresh."""

    seats: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    groups_off: tuple[str, ...] = ()
    policy: str = ""
    gone: tuple[str, ...] = ()
    by_hand: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    fewest_moves: bool = False


@dataclass(frozen=True)
class Answer:
    """`base`: the inputs that the standing plan was made from. `obstacles`: sentences, each why the
    answer cannot be adopted as it is; none: it can."""

    round: AllocationRound
    case: Case
    base: Problem
    what: WhatIf
    obstacles: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Of the plan that would be adopted."""
        return self.what.plan.digest


def ask(round_id: object, question: Question, *, actor: Actor) -> Answer:
    """Needs `run_rounds`. Raises WrongState before the decision, Invalid for a change of what is
    not in the round, Conflict with the smallest set of demands where no plan is left."""
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "run", pk=round_id)
        return answered(round_, question)


def answered(round_: AllocationRound, question: Question) -> Answer:
    """As `ask`, of a round at hand. Needs an `acting` context that sees all of it."""
    base, plan = _standing(round_)
    case = case_of(round_)
    changes = [*since(base, case.problem), *_asked(question, base)]
    try:
        what = what_if(base, plan, changes, fewest_moves=question.fewest_moves)
    except Infeasible as found:
        raise Conflict(
            _("With these changes no plan meets everything that the round asks for."),
            fact=case.in_words(" ".join(found.conflict.sentences)),
            next_step=_("Change something else besides; nothing was written."),
        ) from None
    except Contradiction as found:
        raise Invalid(
            _("These changes do not fit the round."), fact=case.in_words(" ".join(found.faults))
        ) from None
    return Answer(round_, case, base, what, tuple(_obstacles(question)))


def _standing(round_: AllocationRound) -> tuple[Problem, Plan]:
    if not round_.fingerprint:
        raise WrongState(
            _("What would follow is asked of a round that is decided."),
            fact=_("This one has no plan yet."),
            next_step=_("Decide it first; only the office sees the plan."),
        )
    return load(round_.result["inputs"]), plan_of(round_.result)


def since(base: Problem, now: Problem) -> Iterator[Change]:
    """What has changed in a round since the inputs of its plan were kept."""
    before = {student.id: student for student in base.students}
    after = {student.id: student for student in now.students}
    yield from (Withdrawn(each) for each in sorted(before.keys() - after.keys()))
    yield from (Arrived(after[each]) for each in sorted(after.keys() - before.keys()))
    yield from (
        Retold(student)
        for each, student in sorted(after.items())
        if before.get(each, student) != student
    )
    yield from _since(base.rules, now.rules)
    rooms = {option.id: option.seats for option in now.options}
    for option in base.options:
        if rooms.get(option.id, option.seats) != option.seats:
            yield NewSeats(option.id, rooms[option.id])
    shared = {group.id: group for group in base.groups}
    for group in now.groups:
        if group.seats and group.id in shared and shared[group.id].seats != group.seats:
            yield NewGroup(replace(shared[group.id], seats=group.seats, sentence=group.sentence))


def _since(base: Sequence[Rule], now: Sequence[Rule]) -> Iterator[Change]:
    """Rules that list whom they close anything to; one that closes nothing any more stays, empty.

    Rules of earlier rounds judge whoever comes by themselves, so those that list keep away.
    """
    if any(rule.kind != "closes" for rule in base):
        return
    before, after = ({rule.id: rule for rule in rules} for rules in (base, now))
    yield from (NewRule(rule) for key, rule in sorted(after.items()) if before.get(key) != rule)
    empty = dict.fromkeys(("students", "options", "facts", "remedies"), ())
    for key in sorted(before.keys() - after.keys()):
        yield NewRule(replace(before[key], parameters={**before[key].parameters, **empty}))


def _asked(question: Question, base: Problem) -> Iterator[Change]:
    options = {option.id: option for option in base.options}
    shared = {group.id: group for group in base.groups}
    for code, (least, most) in sorted(question.seats.items()):
        group = None if code in options else shared.get(seats_id(code))
        if group and group.seats:
            seats = _with(group.seats, least, most)
            yield NewGroup(replace(group, seats=seats, sentence=seats_told(code, most)))
        else:
            before = options[code].seats if code in options else Seats(most, least)
            yield NewSeats(code, _with(before, least, most))
    yield from (HostOff(host) for host in question.closed)
    yield from (RuleOff(rule) for rule in question.rules_off)
    late = {overflow.id for overflow in base.overflows}
    for id_ in question.groups_off:
        yield OverflowOff(id_) if id_ in late else GroupOff(id_)
    if question.policy:
        yield NewPolicy(replace(base.policy, kind=PolicyKind(question.policy)))
    yield from (Withdrawn(reference) for reference in question.gone)
    for reference, (code, reason) in sorted(question.by_hand.items()):
        yield ByHand(reference, code, reason)


def _with(seats: Seats, least: int, most: int) -> Seats:
    """What opens with enough students alone keeps that number, unless it no longer has the seats."""
    if seats.may_stay_closed:
        least = min(max(least, seats.least), most)
    return replace(seats, least=least, most=most)


def _obstacles(question: Question) -> Iterator[str]:
    """What was frozen stays frozen, and people leave on their own page."""
    if question.policy:
        yield _("The procedure was frozen when the round opened; it can be tried, not adopted.")
    if question.rules_off or question.groups_off:
        yield _("Rules belong to the published programme; a change of them is a new version of it.")
    if question.gone:
        yield _("A student leaves on the student's own page; then ask again.")
    if any(not reason.strip() for _code, reason in question.by_hand.values()):
        yield _("A place given by hand is kept with its reason.")

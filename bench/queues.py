"""How places are given where nobody solves anything: down a list, each takes what is left.

Both look at seats, shared seats and the rules on one person. Neither looks ahead, so least numbers
and balance may end up broken, and somebody may find nothing left.
"""

from collections.abc import Sequence
from random import Random

from mobility_tracks.placement import Plan, Problem, Student
from mobility_tracks.placement.limits import broken_limits
from mobility_tracks.placement.record import fingerprint
from mobility_tracks.placement.wishes import wishes_of

Places = dict[str, str | None]


def next_free_seat(problem: Problem) -> Places:
    """Down the list by merit, then by id: each gets the best wish that still has a seat."""
    order = sorted(problem.students, key=lambda s: (-(s.merit or 0), s.id))
    return _served(problem, order)


def serial_lottery(problem: Problem) -> Places:
    """The same in an order drawn by the round's seed."""
    order = sorted(problem.students, key=lambda s: s.id)
    Random(problem.seed).shuffle(order)
    return _served(problem, order)


def breaks(problem: Problem, places: Places) -> int:
    """How many limits of the whole the places break; no place counts where one must be given."""
    plan = plan_of(problem, places)
    unplaced = 0 if problem.policy.allow_unplaced else plan.unplaced
    return len(list(broken_limits(problem, plan.counts))) + unplaced


def plan_of(problem: Problem, places: Places) -> Plan:
    """The places as a plan that claims nothing."""
    wishes = wishes_of(problem)
    ranks = [wishes[s].rank[o] for s, o in places.items() if o and not wishes[s].indifferent]
    return Plan(
        assignment=places,
        profile=tuple(ranks.count(rank) for rank in range(1, max(ranks, default=0) + 1)),
        indifferent=sum(o is not None and wishes[s].indifferent for s, o in places.items()),
        unplaced=sum(o is None for o in places.values()),
        stages=(),
        solver="a queue",
        inputs=fingerprint(problem),
    )


def _served(problem: Problem, order: Sequence[Student]) -> Places:
    wishes, free = wishes_of(problem), {o.id: o.seats.most for o in problem.options}
    shared = {group.id: group.seats.most for group in problem.groups if group.seats}
    of = {
        o.id: [g.id for g in problem.groups if g.seats and o.id in g.options]
        for o in problem.options
    }
    places: Places = {}
    for student in order:
        found = (
            option
            for option in wishes[student.id].order
            if free[option] > 0 and all(shared[group] > 0 for group in of[option])
        )
        option = next(found, None)
        places[student.id] = option
        if option is not None:
            free[option] -= 1
            for group in of[option]:
                shared[group] -= 1
    return places

"""Whatever a queue reaches within the limits, the plan reaches at least as much of, by its policy."""

from dataclasses import replace
from random import Random

import pytest

from bench.cohorts import intake
from bench.queues import breaks, next_free_seat, plan_of, serial_lottery
from mobility_tracks.placement import Policy, PolicyKind, figures, solve
from tests.mobility_tracks.brute import _Order, is_permitted, rank_table
from tests.mobility_tracks.placement_cases import KINDS, cohort, imesc, random_problem

# Counting covered lines takes as long again here; what is covered is covered elsewhere.
pytestmark = pytest.mark.no_cover


def reached(problem, places):
    """What the policy makes as small as possible, worked out from its definition."""
    own = [rank_table(problem, student) for student in problem.students]
    plan = tuple(places[student.id] for student in problem.students)
    ranks = [table[place] for table, place in zip(own, plan, strict=True)]
    return _Order(problem, own).policy(plan, ranks)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("queue", [next_free_seat, serial_lottery])
def test_solve_is_never_worse_than_a_queue_on_its_own_objective(kind, queue):
    random, better = Random(f"{kind} {queue.__name__}"), 0
    compared = 0
    while compared < 150:
        problem = random_problem(random, kind, limits=compared % 2 == 0)
        problem = replace(problem, policy=replace(problem.policy, allow_unplaced=True))
        places = queue(problem)
        plan = tuple(places[student.id] for student in problem.students)
        if not is_permitted(problem, plan):
            continue
        ours = reached(problem, solve(problem).assignment)
        theirs = reached(problem, places)
        assert ours <= theirs
        better += ours < theirs
        compared += 1
    # In order of merit, the queue that goes by merit does well: there the plan mostly equals it.
    assert better > (0 if kind is PolicyKind.MERIT_RESPECTED else 5)


@pytest.mark.parametrize("kind", [PolicyKind.RANK_MAXIMAL, PolicyKind.LEAST_DISSATISFACTION])
def test_solve_intakes_and_imesc_shapes_beat_the_queue(kind):
    policy = Policy(kind, allow_unplaced=True)
    rounds = [intake(60, 8, seed=f"s{n}", policy=policy, room=1.0) for n in range(6)]
    rounds += [imesc(cohort(seed=n), policy=policy) for n in range(6)]
    for problem in rounds:
        plan, queue = solve(problem), next_free_seat(problem)
        ours = figures(problem, plan)
        assert breaks(problem, dict(plan.assignment)) == 0
        if breaks(problem, queue) == 0:
            assert reached(problem, plan.assignment) <= reached(problem, queue)
            assert ours.unplaced <= plan_of(problem, queue).unplaced

"""Students who are alike are one row of the linear program: with and without that, the same plan."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from bench.cohorts import intake
from mobility_tracks.placement import Infeasible, Policy, PolicyKind, certify, solve, verify
from mobility_tracks.placement import space as spaces
from mobility_tracks.placement.edges import edges_of, may_stay_unplaced
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.moves import Moves
from mobility_tracks.placement.search import Search
from mobility_tracks.placement.space import Space
from mobility_tracks.placement.wishes import wishes_of
from tests.mobility_tracks.placement_cases import KINDS, best_by_trying, random_problem

# Counting covered lines takes as long again here; what is covered is covered elsewhere.
pytestmark = pytest.mark.no_cover

ALWAYS, NEVER = 0, 10**9


def solved(problem):
    try:
        return solve(problem)
    except Infeasible:
        return None


def space_of(problem):
    edges = edges_of(problem, wishes_of(problem), may_stay_unplaced(problem))
    layout = layout_of(edges.options, problem)
    return Space(edges, layout, layout.box())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fewer", [ALWAYS, NEVER])
def test_solve_with_crowds_always_or_never_equals_trying_every_plan(monkeypatch, kind, fewer):
    monkeypatch.setattr(spaces, "_FEWER", fewer)
    random, plans = Random(f"crowds {kind}"), 0
    for _ in range(30):
        problem = random_problem(random, kind, limits=True)
        best, plan = best_by_trying(problem), solved(problem)
        assert (plan and dict(plan.assignment)) == best
        if plan:
            plans += 1
            assert verify(problem, plan, certify(problem, plan)).optimal == "proved"
    assert plans > 5


@pytest.mark.parametrize("merits", [3, 12, 1000])
@pytest.mark.parametrize("allow_unplaced", [False, True])
def test_solve_by_merit_with_students_of_one_merit_is_the_same_with_and_without_crowds(
    monkeypatch, merits, allow_unplaced
):
    policy = Policy(PolicyKind.MERIT_RESPECTED, allow_unplaced=allow_unplaced)
    problem = intake(90, 8, policy=policy, room=1.0 if allow_unplaced else 1.05)
    students = (replace(s, merit=s.merit % merits) for s in problem.students)
    problem = replace(problem, students=tuple(students))
    found = []
    for fewer in (ALWAYS, NEVER):
        monkeypatch.setattr(spaces, "_FEWER", fewer)
        found.append(solve(problem))
        assert verify(problem, found[-1], certify(problem, found[-1])).optimal == "proved"
    assert found[0] == found[1]


def test_crowds_are_few_where_only_residence_tells_students_apart():
    problem = intake(300, 12)
    space = space_of(problem)
    view = space.crowds.view(space.edges, space.alive, space.alive, space.free)
    closed = {s.residence_country for s in problem.students}
    assert len(view.many) <= len(closed)
    assert view.many.sum() == 300
    assert sorted(s for crowd in view.members for s in crowd) == list(range(300))
    cost = space.free.copy()
    cost[space.edges.of(7)[:2]] = 1
    apart = space.crowds.view(space.edges, space.alive, space.alive, cost)
    assert len(apart.many) == len(view.many) + 1
    assert [7] in [list(crowd) for crowd in apart.members]


def test_who_loses_places_leaves_the_crowd_and_a_held_aim_divides_it():
    space = space_of(intake(300, 12))
    before = space.crowds.view(space.edges, space.alive, space.alive, space.free)
    mine = space.edges.of(7)
    space.drop(mine[1:])
    after = space.crowds.view(space.edges, space.alive, space.alive, space.free)
    assert len(after.many) == len(before.many) + 1
    cost = space.free.copy()
    cost[space.edges.of(8)[:1]] = 1
    space.hold(0, cost, 1)
    assert len(space.held) == 0
    space.hold(0, cost, 0)
    assert len(space.held) == 1
    divided = space.crowds.view(space.edges, space.alive, space.alive, space.free)
    assert len(divided.many) == len(after.many) + 1


def test_view_gives_places_back_to_students_in_these_numbers():
    space = space_of(intake(60, 6))
    answer = space.relax(space.free)
    at = answer.placed()
    assert at is not None
    assert np.allclose(np.bincount(at, minlength=6)[:6], answer.numbers[:6])
    for student, option in enumerate(at.tolist()):
        assert option in space.edges.option[space.edges.of(student)].tolist()
    halves = answer.amounts.copy()
    halves[:2] += 0.5
    assert answer.view.placed(halves) is None


def test_moves_keep_every_size_and_never_raise_an_aim_held():
    random = Random("moves")
    for number in range(20):
        problem = intake(40, 10, seed=f"moves {number}", room=1.5)
        space = space_of(problem)
        at = Search(space.edges, problem).any_plan()
        beyond = (space.edges.rank > 2).astype(np.int64)
        value = int(beyond[space.edges.option == at[space.edges.student]].sum())
        space.hold(0, beyond, value)
        moves = Moves(space, [(who, option, 1) for who, option in enumerate(at.tolist())])
        sizes = [sum(crowds.values()) for crowds in moves._at]
        for _ in range(30):
            who = random.randrange(40)
            options = space.edges.option[space.edges.of(who)].tolist()
            option = moves.enter(who, [random.choice(options)])
            assert option is None or moves.stands(who, [option]) == option
        assert [sum(crowds.values()) for crowds in moves._at] == sizes
        assert costing(space, moves, beyond) <= value


def costing(space, moves, cost):
    """The sum of a cost over where the moves have left everybody."""
    by_crowd = {}
    for student in range(len(space.edges.students)):
        crowd = space.crowds.key(student, space.edges, space.alive)
        mine = space.edges.of(student)
        by_crowd[crowd] = dict(zip(space.edges.option[mine].tolist(), cost[mine], strict=True))
    return sum(
        by_crowd[crowd][option] * many
        for option, crowds in enumerate(moves._at)
        for crowd, many in crowds.items()
    )

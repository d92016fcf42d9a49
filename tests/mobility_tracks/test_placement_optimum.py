"""The solver against every plan there is, and against itself with everything shuffled."""

from dataclasses import replace
from random import Random

import pytest

from mobility_tracks.placement import (
    Infeasible,
    Option,
    Policy,
    PolicyKind,
    Problem,
    Seats,
    Stay,
    Student,
    canonical,
    certify,
    fingerprint,
    load,
    solve,
    verify,
)
from tests.mobility_tracks.placement_cases import (
    KINDS,
    best_by_trying,
    cohort,
    imesc,
    random_problem,
)

ROUNDS = 60


def solved(problem, **options):
    try:
        return solve(problem, **options)
    except Infeasible:
        return None


def shuffled(problem, random):
    def mixed(rows):
        return tuple(random.sample(rows, len(rows)))

    students = tuple(
        replace(s, ranks=tuple(mixed(wish) for wish in s.ranks)) for s in problem.students
    )
    return replace(
        problem,
        students=mixed(students),
        options=mixed(problem.options),
        rules=mixed(problem.rules),
        groups=tuple(
            replace(g, options=mixed(g.options), parts=mixed([mixed(part) for part in g.parts]))
            for g in mixed(problem.groups)
        ),
        overflows=tuple(
            replace(o, options=mixed(o.options), after=mixed(o.after))
            for o in mixed(problem.overflows)
        ),
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limits", [False, True])
def test_solve_small_round_equals_trying_every_plan(kind, limits):
    random = Random(f"{kind}-{limits}")
    plans = 0
    for _ in range(ROUNDS):
        problem = random_problem(random, kind, limits=limits)
        best, plan = best_by_trying(problem), solved(problem)
        assert (plan and dict(plan.assignment)) == best, canonical(problem)
        if plan:
            plans += 1
            assert plan.proven
            report = verify(problem, plan, certify(problem, plan))
            assert report.optimal == "proved", report.findings
    assert plans > ROUNDS / 5


@pytest.mark.parametrize("kind", KINDS)
def test_solve_seats_only_flow_and_search_agree(kind):
    random = Random(f"roads-{kind}")
    for _ in range(ROUNDS):
        problem = random_problem(random, kind, limits=False)
        flow, search = solved(problem), solved(problem, always_search=True)
        assert (flow is None) == (search is None)
        if flow and search:
            assert flow.assignment == search.assignment
            assert flow.objective == search.objective
            assert flow.digest == search.digest
            assert verify(problem, flow).optimal == "proved"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limits", [False, True])
def test_solve_shuffled_input_gives_the_same_plan(kind, limits):
    random = Random(f"shuffle-{kind}-{limits}")
    for _ in range(ROUNDS // 3):
        problem = random_problem(random, kind, limits=limits)
        other = shuffled(problem, random)
        assert fingerprint(other) == fingerprint(problem)
        assert solved(other) == solved(problem)


@pytest.mark.parametrize("kind", KINDS)
def test_solve_shuffled_cohort_gives_the_same_plan(kind):
    problem = imesc(cohort(), policy=Policy(kind))
    plan = solve(problem)
    for turn in range(3):
        assert solve(shuffled(problem, Random(turn))) == plan


def test_solve_other_seed_changes_only_who_not_how_many():
    crowd = [Student(f"s{n}", (("a",), ("b",))) for n in range(6)]
    options = tuple(Option(o, (Stay("S3", o, "ES"),), Seats(3)) for o in "ab")
    policy = Policy(PolicyKind.RANK_MAXIMAL)
    plans = [solve(Problem(tuple(crowd), options, policy, f"seed {n}")) for n in range(8)]
    assert {plan.profile for plan in plans} == {(3, 3)}
    assert len({tuple(plan.assignment.items()) for plan in plans}) > 1


def test_load_canonical_text_gives_the_same_round():
    random = Random("round trip")
    for kind in KINDS:
        for _ in range(20):
            problem = random_problem(random, kind, limits=True)
            assert canonical(load(canonical(problem))) == canonical(problem)


def test_load_other_format_is_refused():
    with pytest.raises(ValueError, match="placement-problem/1"):
        load("{}")


def test_solve_nobody_takes_part_gives_an_empty_plan():
    for search in (False, True):
        plan = solve(imesc([]), always_search=search)
        assert plan.assignment == {}
        assert plan.proven


def test_solve_merit_without_other_limits_leaves_no_envy():
    random = Random("envy")
    for _ in range(ROUNDS):
        problem = random_problem(random, PolicyKind.MERIT_RESPECTED, limits=False)
        options = tuple(replace(o, seats=Seats(o.seats.most)) for o in problem.options)
        policy = replace(problem.policy, allow_unplaced=True)
        assert not list(envies(replace(problem, options=options, policy=policy)))


def envies(problem):
    from mobility_tracks.placement.wishes import wishes_of

    plan, wishes = solve(problem).assignment, wishes_of(problem)
    merit = {s.id: -1 if s.merit is None else s.merit for s in problem.students}
    for one, mine in plan.items():
        for other, seat in plan.items():
            rank = wishes[one].rank
            wanted = seat in rank and (mine is None or rank[seat] < rank[mine])
            if wanted and merit[one] > merit[other]:
                yield one, other

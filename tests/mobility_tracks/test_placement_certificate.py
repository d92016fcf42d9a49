"""Certificates: every kind of limit is proved, and what was tampered with is not believed."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from bench.cohorts import intake
from mobility_tracks.placement import (
    Certificate,
    Group,
    Infeasible,
    Policy,
    PolicyKind,
    Seats,
    Student,
    certify,
    solve,
    verify,
)
from mobility_tracks.placement.proof.certificate import Claim, Leaf
from tests.mobility_tracks.placement_cases import (
    KINDS,
    cohort,
    imesc,
    option,
    random_problem,
    sites,
)

SPLIT = Group("equal", ("bilbao", "ljubljana", "amiens"), tolerance=1)


def proved(problem, plan, certificate):
    return verify(problem, plan, certificate).optimal == "proved"


def decided(problem):
    plan = solve(problem)
    return problem, plan, certify(problem, plan)


@pytest.fixture(scope="module", params=KINDS)
def balanced(request):
    return decided(
        imesc(cohort(31), options=sites(31), groups=(SPLIT,), policy=Policy(request.param))
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("allow_unplaced", [False, True])
def test_certify_shared_seats_and_balance_are_proved(kind, allow_unplaced):
    policy = Policy(kind, allow_unplaced=allow_unplaced)
    problem, plan, certificate = decided(intake(60, 8, policy=policy, room=1.05))
    report = verify(problem, plan, certificate)
    assert report.optimal == "proved", report.findings
    assert len(report.proofs) == len(plan.stages) + 2


def test_certify_bound_that_is_not_tight_takes_a_tree():
    """Three students want one of two options that open from two: the relaxation opens both."""
    options = tuple(option(name, 3, least=2, closable=True) for name in "ab")
    students = [Student(f"s{n}", ((wish,),)) for n, wish in enumerate("aab")]
    problem, plan, certificate = decided(imesc(students, options=options, rules=()))
    assert plan.counts == {"a": 3}
    assert proved(problem, plan, certificate)
    sizes = [len(claim.tree) for claim in certificate.stages]
    assert max(sizes) > 1
    cut = replace(
        certificate, stages=tuple(replace(c, tree=c.tree[:1]) for c in certificate.stages)
    )
    assert verify(problem, plan, cut).optimal == "refuted"


def test_verify_plan_with_groups_and_no_certificate_is_not_called_proved(balanced):
    problem, plan, _ = balanced
    report = verify(problem, plan)
    assert (report.optimal, report.accepted, report.proofs) == ("not proved", True, ())


def test_verify_certificate_of_another_round_is_refuted(balanced):
    problem, plan, certificate = balanced
    assert proved(problem, plan, certificate)
    for other in (Certificate(), replace(certificate, leaves=()), _emptied(certificate)):
        assert verify(problem, plan, other).optimal == "refuted"


def _emptied(certificate):
    bare = tuple(Claim() for _ in certificate.stages)
    return replace(certificate, stages=bare, sizes=tuple(Claim() for _ in certificate.sizes))


@pytest.mark.parametrize("kind", KINDS)
def test_verify_other_feasible_plan_is_refuted_whatever_the_certificate(kind):
    """The forger keeps every figure true to the worse plan and the certificate of the best one."""
    from mobility_tracks.placement.proof.expected import expected_stages, ranks_of

    problem, plan, certificate = decided(intake(40, 6, policy=Policy(kind), room=1.2))
    random, refuted = Random("forger"), 0
    names = sorted(plan.assignment)
    while refuted < 60:
        one, other = random.sample(names, 2)
        places = dict(plan.assignment)
        places[one], places[other] = places[other], places[one]
        if places == dict(plan.assignment):
            continue
        forged = replace(plan, assignment=places)
        try:
            stages = tuple(expected_stages(problem, forged, ranks_of(problem)))
        except KeyError:
            continue
        prices = [stage.prices for stage in plan.stages] + [{}] * len(stages)
        stages = tuple(replace(s, prices=p) for s, p in zip(stages, prices, strict=False))
        forged = replace(forged, stages=stages)
        assert verify(problem, forged, certificate).optimal == "refuted"
        refuted += 1


def test_verify_corrupted_multipliers_are_refuted_or_still_prove_the_same(balanced):
    """A multiplier may have slack. So each change must be refuted, or leave a proof of this plan."""
    problem, plan, certificate = balanced
    seen = Counter(
        verify(problem, plan, _with_leaf(certificate, number, leaf)).optimal
        for number, leaf in enumerate(certificate.leaves)
        for leaf in _worse(leaf)
    )
    assert set(seen) <= {"refuted", "proved"}
    assert seen["refuted"] > seen["proved"]


def _with_leaf(certificate, number, leaf):
    leaves = list(certificate.leaves)
    leaves[number] = leaf
    return replace(certificate, leaves=tuple(leaves))


def _worse(leaf):
    """Wrong signs, things that are not there, and nothing at all."""
    yield Leaf()
    yield replace(leaf, goal=-1)
    yield replace(leaf, rows={999: 1})
    yield replace(leaf, rows={row: -times - 1 for row, times in leaf.rows.items()} or {0: -1})
    yield replace(leaf, prices={**leaf.prices, 99: 1})
    yield replace(leaf, prices={o: -p for o, p in leaf.prices.items()} or {0: 10**6})
    yield replace(leaf, earlier={99: 1})


@pytest.mark.parametrize(
    "tree",
    [
        ((99,),),
        ((0, 1, 0, 0),),
        ((0, 1, 1, 1), (0,)),
        ((99, 1, 1, 2), (0,), (0,)),
        ((0, 1, 1),),
        ((0, 1, 5, 6),),
        ((),),
    ],
    ids=["no leaf", "circle", "shared", "no number", "short", "no node", "empty"],
)
def test_verify_tree_that_is_no_tree_is_refuted(tree):
    problem, plan, certificate = decided(imesc(cohort(31), options=sites(31), groups=(SPLIT,)))
    stages = (Claim(tree, certificate.stages[0].root), *certificate.stages[1:])
    assert verify(problem, plan, replace(certificate, stages=stages)).optimal == "refuted"


def test_certify_infeasible_half_of_a_tree_has_its_own_multipliers():
    """Closing the group leaves too few seats: that leaf proves without the aim (goal 0)."""
    random, goals = Random("rays"), Counter()
    while goals[0] < 3:
        problem = random_problem(random, PolicyKind.RANK_MAXIMAL, limits=True)
        try:
            plan = solve(problem)
        except Infeasible:
            continue
        certificate = certify(problem, plan)
        assert proved(problem, plan, certificate)
        goals.update(leaf.goal for leaf in certificate.leaves)
    assert len(goals) > 1


def test_certify_seats_only_needs_no_leaves():
    problem = imesc(cohort())
    plan = solve(problem)
    assert certify(problem, plan) == Certificate()
    assert proved(problem, plan, Certificate())


def test_verify_draw_settles_sizes_before_students():
    students = [Student(f"s{n}") for n in range(3)]
    options = tuple(option(name, 3) for name in "abc")
    problem = imesc(students, options=options, rules=())
    plans = [solve(replace(problem, seed=str(n))) for n in range(12)]
    assert {tuple(plan.counts.values()) for plan in plans} == {(3,)}
    assert len({tuple(plan.counts) for plan in plans}) > 1


def test_verify_every_group_limit_is_checked_by_the_certificate():
    """With a tighter limit the old certificate is worth nothing: another problem, another sum."""
    problem, plan, certificate = decided(intake(40, 6))
    tight = replace(problem, groups=tuple(_tighter(g) for g in problem.groups))
    assert not verify(tight, plan, certificate).accepted


def _tighter(group):
    return replace(group, seats=Seats(group.seats.most - 1)) if group.seats else group

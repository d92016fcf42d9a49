"""Ten thousand small rounds under every policy: the plan is the one that brute force finds.

Up to seven students and four options; seats with least numbers, options and groups that may stay
closed, shared seats, balance of options or of parts, options that open once others are full, rules,
ties in wishes, silence, places by hand, plans to keep to.
"""

from dataclasses import replace
from random import Random

import pytest

from mobility_tracks.placement import (
    Group,
    Infeasible,
    Keep,
    Option,
    Policy,
    Problem,
    Rule,
    Seats,
    Stay,
    Student,
    certify,
    solve,
    verify,
)
from mobility_tracks.placement.record import canonical
from tests.mobility_tracks.brute import best, every_plan
from tests.mobility_tracks.placement_cases import KINDS, parted, some_overflows

# Counting covered lines takes as long again here; what is covered is covered elsewhere.
pytestmark = pytest.mark.no_cover

ROUNDS, PARTS = 10_000, 20
# Students by how often: seven at four options are 16,384 plans to look at.
CROWDS = ((7, 2), (7, 2), (6, 3), (5, 3), (5, 2), (4, 4), (4, 3), (3, 4), (2, 3), (1, 4))


def small(random: Random) -> Problem:
    people, many = (7, 3) if random.random() < 0.03 else random.choice(CROWDS)
    names = [f"o{n}" for n in range(many)]
    options = tuple(_option(random, name, people) for name in names)
    students = tuple(_student(random, n, names) for n in range(people))
    policy = Policy(KINDS[0], random.choice([1, 2]), random.random() < 0.4)
    problem = Problem(students, options, policy, f"seed {random.random()}")
    groups = tuple(_groups(random, names, people))
    return replace(
        problem,
        groups=groups,
        overflows=tuple(some_overflows(random, names, groups)),
        rules=(Rule("home", "not_residence_country"),) if random.random() < 0.3 else (),
        keep=_keep(random, students, names) if random.random() < 0.2 else None,
    )


def _option(random, name, people):
    most = random.randint(0, people)
    least = random.randint(0, most) if random.random() < 0.3 else 0
    stay = Stay("s", name, f"C{name}")
    return Option(name, (stay,), Seats(most, least, random.random() < 0.3))


def _student(random, number, names):
    listed = random.sample(names, random.randint(0, len(names)))
    cut = random.randint(0, len(listed))
    ranks = (tuple(listed[:cut]), *((name,) for name in listed[cut:]))
    rest = [name for name in names if name not in listed]
    by_hand = random.random() < 0.06
    return Student(
        f"s{number}",
        tuple(wish for wish in ranks if wish),
        dict.fromkeys(random.sample(rest, len(rest) // 2), "care"),
        residence_country=random.choice(["CX", "Co0", "Co1"]),
        merit=random.choice([None, 1, 1, 2, 3, 4]),
        given=random.choice(names) if by_hand else "",
        given_because="The board agreed." if by_hand else "",
    )


def _groups(random, names, people):
    for number in range(random.choice([0, 0, 1, 2])):
        members = tuple(random.sample(names, random.randint(1, len(names))))
        most = random.randint(people // 2, people)
        least = random.randint(0, 2)
        seats = Seats(most, min(most, least), random.random() < 0.3)
        is_shared = random.random() < 0.6
        tolerance = random.randint(0, 2) if not is_shared or random.random() < 0.3 else None
        parts = parted(random, members)
        yield Group(f"g{number}", members, seats if is_shared else None, tolerance, parts=parts)


def _keep(random, students, names):
    some = random.sample(students, random.randint(0, len(students)))
    places = {s.id: random.choice([*names, "gone", None]) for s in some}
    return Keep(places, random.random() < 0.7)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_solve_equals_brute_force_under_every_policy(part):
    random, found = Random(f"brute {part}"), 0
    for _ in range(ROUNDS // PARTS):
        problem = small(random)
        plans = every_plan(problem)
        # Without a plan all policies say the same, slowly: which demands collide.
        for kind in KINDS if plans else random.sample(KINDS, 1):
            asked = replace(problem, policy=replace(problem.policy, kind=kind))
            expected = best(asked, plans)
            assert solved(asked) == expected, canonical(asked)
            found += expected is not None
    assert found > ROUNDS // PARTS


@pytest.mark.parametrize("kind", KINDS)
def test_certify_small_rounds_are_all_proved(kind):
    random, proved = Random(f"proofs {kind}"), 0
    while proved < 120:
        problem = small(random)
        problem = replace(problem, policy=replace(problem.policy, kind=kind))
        try:
            plan = solve(problem)
        except Infeasible:
            continue
        report = verify(problem, plan, certify(problem, plan))
        assert report.optimal == "proved", (report.findings, canonical(problem))
        proved += 1


def solved(problem):
    try:
        return dict(solve(problem).assignment)
    except Infeasible:
        return None

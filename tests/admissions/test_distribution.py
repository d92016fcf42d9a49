"""The shares themselves, without a database: balance, partners, conflicts, seed."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.distribution import Reviewer, Task, share


def house(*sizes):
    return [
        Reviewer(f"p{p}r{n}", f"p{p}") for p, size in enumerate(sizes, start=1) for n in range(size)
    ]


def loads(shares, reviewers):
    given = Counter(key for keys in shares.reviewers.values() for key in keys)
    return {one.key: one.load + given[one.key] for one in reviewers}


def legal(tasks, reviewers, shares):
    partner = {one.key: one.partner for one in reviewers}
    for task in tasks:
        mine = shares.reviewers[task.key]
        partners = [partner[key] for key in mine]
        assert len(mine) + shares.short.get(task.key, 0) == task.missing
        assert len(set(partners)) == len(partners)
        assert not set(partners) & task.taken
        assert not set(mine) & task.barred


def best(tasks, reviewers):
    """By trying everything: most reviews, then the least sum of squared loads."""
    partner = {one.key: one.partner for one in reviewers}
    found = []
    for task in tasks:
        able = [
            one.key
            for one in reviewers
            if one.key not in task.barred and one.partner not in task.taken
        ]
        found.append(
            [
                chosen
                for size in range(task.missing + 1)
                for chosen in combinations(able, size)
                if len({partner[key] for key in chosen}) == size
            ]
        )
    outcomes = []
    for plan in product(*found):
        held = Counter(key for chosen in plan for key in chosen)
        squares = sum((one.load + held[one.key]) ** 2 for one in reviewers)
        outcomes.append((-sum(map(len, plan)), squares))
    return min(outcomes)


def test_a_partner_with_two_reviewers_beside_two_with_one_each_is_balanced():
    reviewers = house(2, 1, 1)
    tasks = [Task(f"d{n}", 2) for n in range(40)]
    for seed in "abcdefgh":
        shares = share(tasks, reviewers, seed=seed)
        legal(tasks, reviewers, shares)
        assert set(loads(shares, reviewers).values()) == {20}


def test_loads_differ_by_one_at_most():
    reviewers = house(4, 3, 3)
    tasks = [Task(f"d{n}", 2) for n in range(33)]
    held = loads(share(tasks, reviewers, seed="x"), reviewers).values()
    assert (sum(held), max(held) - min(held)) == (66, 1)


def test_who_has_dossiers_already_gets_fewer_new_ones():
    reviewers = [Reviewer("a", "p", load=3), Reviewer("b", "q"), Reviewer("c", "r")]
    shares = share([Task(f"d{n}", 1) for n in range(6)], reviewers, seed="x")
    assert loads(shares, reviewers) == {"a": 3, "b": 3, "c": 3}


def test_nobody_left_is_told():
    reviewers = house(2, 1)
    tasks = [Task("d1", 3), Task("d2", 2, barred=frozenset({"p2r0"})), Task("d3", 2)]
    shares = share(tasks, reviewers, seed="x")
    legal(tasks, reviewers, shares)
    assert shares.short == {"d1": 1, "d2": 1}


def test_the_order_of_the_input_plays_no_part_and_the_seed_does():
    reviewers, tasks = house(3, 3, 3), [Task(f"d{n}", 2) for n in range(20)]
    first = share(tasks, reviewers, seed="x")
    assert first == share(tasks[::-1], reviewers[::-1], seed="x")
    assert len({repr(share(tasks, reviewers, seed=str(n))) for n in range(10)}) > 1


@st.composite
def problems(draw):
    reviewers = [
        Reviewer(f"r{n}", f"p{draw(st.integers(1, 3))}", draw(st.integers(0, 2)))
        for n in range(draw(st.integers(1, 4)))
    ]
    keys = [one.key for one in reviewers]
    tasks = [
        Task(
            f"d{n}",
            draw(st.integers(0, 2)),
            barred=frozenset(draw(st.lists(st.sampled_from(keys), max_size=2))),
            taken=frozenset(draw(st.lists(st.sampled_from(["p1", "p2"]), max_size=1))),
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    return tasks, reviewers


@settings(max_examples=150, deadline=None)
@given(problems(), st.text(max_size=3))
def test_no_other_distribution_is_fuller_or_fairer(problem, seed):
    tasks, reviewers = problem
    shares = share(tasks, reviewers, seed=seed)
    legal(tasks, reviewers, shares)
    squares = sum(load**2 for load in loads(shares, reviewers).values())
    full = sum(len(keys) for keys in shares.reviewers.values())
    assert (-full, squares) == best(tasks, reviewers)

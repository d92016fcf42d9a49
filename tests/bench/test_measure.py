from itertools import count

import pytest

from bench.measure import Differs, Figures, Pair, measure


def pair(ours, bare, **changed):
    return Pair("a thing", "another", ours, bare, **changed)


def test_ways_that_differ_are_not_compared():
    with pytest.raises(Differs, match="ours answers 1, the bare way 2"):
        measure(pair(lambda: 1, lambda: 2), 3)


def test_the_two_ways_take_turns_and_each_begins_as_often():
    order = []
    measure(pair(lambda: order.append("ours"), lambda: order.append("bare"), warm=0), 4)
    assert order == ["ours", "bare", "bare", "ours"] * 2


def test_a_costly_pair_has_fewer_turns_and_at_least_one():
    turns = count()
    assert len(measure(pair(lambda: next(turns) * 0, lambda: 0, one_in=10), 35).ours) == 3
    assert len(measure(pair(lambda: 0, lambda: 0, one_in=10), 4).bare) == 1


def test_figures():
    figures = Figures(pair(int, int), ours=(2.0, 4.0, 9.0), bare=(1.0, 2.0, 3.0))
    assert figures.ratio == 2.0
    assert figures.fastest == 2.0
    assert figures.spread == (2.0, 2.5)

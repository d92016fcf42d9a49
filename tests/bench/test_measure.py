import os
import subprocess
from itertools import count

import pytest

from bench.measure import Differs, Figures, Pair, Turn, measure
from bench.processor import PROC, Processor

NOBODY = Processor()


def pair(ours, bare, **changed):
    return Pair("a thing", "another", ours, bare, **changed)


def test_ways_that_differ_are_not_compared():
    with pytest.raises(Differs, match="ours answers 1, the bare way 2"):
        measure(pair(lambda: 1, lambda: 2), 3, NOBODY)


def test_the_two_ways_take_turns_and_each_begins_as_often():
    order = []
    measure(pair(lambda: order.append("ours"), lambda: order.append("bare"), warm=0), 4, NOBODY)
    assert order == ["ours", "bare", "bare", "ours"] * 2


def test_each_turn_is_prepared_for():
    order = []
    ways = {name: lambda name=name: order.append(name) for name in ("ours", "bare", "before")}
    measure(pair(**ways, warm=1), 1, NOBODY)
    assert order == ["before", "ours", "before", "bare"] * 2


def test_a_costly_pair_has_fewer_turns_and_at_least_one():
    turns = count()
    costly = pair(lambda: next(turns) * 0, lambda: 0, one_in=10)
    assert len(measure(costly, 35, NOBODY).ours) == 3
    assert len(measure(pair(lambda: 0, lambda: 0, one_in=10), 4, NOBODY).bare) == 1


def test_figures():
    ours = [Turn(2.0, 1.5), Turn(4.0, 3.0), Turn(9.0, 3.5)]
    bare = [Turn(1.0, 1.0), Turn(2.0, 2.0), Turn(3.0, 3.0)]
    figures = Figures(pair(int, int), ours, bare)
    assert figures.ratio == 2.0
    assert figures.processor == 1.5
    assert figures.milliseconds == (4000.0, 2000.0)
    assert figures.spread == (2.0, 2.5)


def test_growth():
    first = Figures(pair(int, int), [Turn(2.0, 1.0)], [Turn(1.0, 0.5)])
    last = Figures(pair(int, int), [Turn(3.0, 2.0)], [Turn(4.0, 2.0)])
    assert last.growth(first) == (Turn(1.5, 2.0), Turn(4.0, 4.0))


def test_where_processor_time_is_not_known_there_is_no_ratio_of_it():
    assert Figures(pair(int, int), [Turn(2.0)], [Turn(1.0)]).processor is None


@pytest.mark.skipif(not (PROC / "self" / "schedstat").exists(), reason="told on Linux only")
def test_the_processor_of_a_server_s_children_counts_too():
    with subprocess.Popen(["/bin/sh", "-c", "while :; do :; done"]) as busy:
        try:
            alone, with_child = Processor(), Processor(os.getpid())
            while not _worked(busy.pid):
                pass
            assert with_child.seconds() - alone.seconds() > 0
        finally:
            busy.kill()


def _worked(pid: int) -> bool:
    return int((PROC / str(pid) / "schedstat").read_text().split()[0]) > 1e8

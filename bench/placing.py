"""Placement: the proven plan of the house, against the same model handed straight to HiGHS.

The bare model is one linear or integer program for the sum of squared dissatisfaction. The house
adds to it the check of the input, the exact proof, the draw among all equally good plans and the
fingerprint; both must reach the same sum.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from random import Random

import highspy
import numpy as np

from bench.measure import Pair
from mobility_tracks.placement import (
    Group,
    Option,
    Policy,
    PolicyKind,
    Problem,
    Seats,
    Stay,
    Student,
    solve,
)

LEAST = Policy(PolicyKind.LEAST_DISSATISFACTION, exponent=2)
RANKED = 4  # of the options, by each student
SETTINGS: dict[str, bool | int | float] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}


def pairs() -> Iterator[Pair]:
    with _silence():
        bare_optimum(cohort(1, 1))
    yield _pair("place 30 students, 5 hosts", cohort(30, 5), one_in=3)
    yield _pair("place 500 students, 20 hosts", cohort(500, 20), one_in=10)
    yield _pair("place 50 students, 5 equal groups", cohort(50, 5, equal=True), one_in=10)


def cohort(students: int, hosts: int, *, equal: bool = False) -> Problem:
    """Wishes as they are: some hosts are dear to most. A tenth more seats than students."""
    chance = Random("bench")
    options = tuple(
        Option(f"h{n:02}", (Stay("s3", f"H{n:02}", "FR"),), Seats(ceil(1.1 * students / hosts)))
        for n in range(hosts)
    )
    ids = [option.id for option in options]
    return Problem(
        students=tuple(Student(f"p{n:04}", _wishes(chance, ids)) for n in range(students)),
        options=options,
        policy=LEAST,
        seed="bench",
        groups=(Group("equal", tuple(ids), tolerance=1),) if equal else (),
    )


def _wishes(chance: Random, ids: list[str]) -> tuple[tuple[str, ...], ...]:
    dear = sorted(ids, key=lambda each: ids.index(each) * chance.random())
    return tuple((each,) for each in dear[:RANKED])


def _pair(what: str, problem: Problem, *, one_in: int) -> Pair:
    against = "the model alone, HiGHS"
    return Pair(what, against, _ours(problem), lambda: bare_optimum(problem), warm=1, one_in=one_in)


def _ours(problem: Problem) -> Callable[[], object]:
    def ours() -> object:
        (reached,) = solve(problem).objective
        return reached

    return ours


def bare_optimum(problem: Problem) -> int:
    """The least sum of squared dissatisfaction, by one model and nothing else."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in SETTINGS.items():
        model.setOptionValue(name, value)
    _build(model, problem)
    model.run()
    return round(model.getInfo().objective_function_value)


def _build(model: highspy.Highs, problem: Problem) -> None:
    people, places = len(problem.students), len(problem.options)
    many = people * places
    columns = np.arange(many, dtype=np.int32).reshape(people, places)
    model.addVars(many, np.zeros(many), np.ones(many))
    model.changeColsCost(many, columns.ravel(), _costs(problem))
    for row in columns:
        model.addRow(1, 1, places, row, np.ones(places))
    for option, column in zip(problem.options, columns.T, strict=True):
        model.addRow(0, option.seats.most, people, np.ascontiguousarray(column), np.ones(people))
    if problem.groups:
        _balance(model, columns)


def _costs(problem: Problem) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ids = [option.id for option in problem.options]
    table = np.full((len(problem.students), len(ids)), float(RANKED**2))
    for student, row in zip(problem.students, table, strict=True):
        for rank, (option,) in enumerate(student.ranks):
            row[ids.index(option)] = rank**2
    return table.ravel()


def _balance(
    model: highspy.Highs, columns: np.ndarray[tuple[int, int], np.dtype[np.int32]]
) -> None:
    """Sizes at most one apart: each between a floor, a column of its own, and one more."""
    people = len(columns)
    floor = columns.size
    model.addVars(1, np.zeros(1), np.full(1, float(people)))
    whole = np.full(floor, highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(floor, columns.ravel(), whole)
    for column in columns.T:
        into = np.append(column, floor).astype(np.int32)
        model.addRow(0, 1, people + 1, into, np.append(np.ones(people), -1))


@contextmanager
def _silence() -> Iterator[None]:
    """HiGHS greets on the process's own output, past Python's, when it is first used."""
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)

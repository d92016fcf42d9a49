"""Placement: the best plan of the house, against the same model handed straight to HiGHS.

Ours adds to the model the check of the input, the exact bounds, the draw among all equally good
plans and the fingerprint; both must reach the same least sum.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.bare import bare, silence
from bench.cohorts import intake
from bench.measure import Pair
from mobility_tracks.placement import (
    Change,
    NewGroup,
    Problem,
    Seats,
    Withdrawn,
    certify,
    solve,
    verify,
    what_if,
)

AGAINST = "the model alone, HiGHS"
SIZES = tuple((students, tracks) for students in (50, 500, 5000) for tracks in (5, 20, 40))
# A twentieth of the turns at 500 students, at 5,000 one turn where the bare model takes minutes.
_ONE_IN = {50: 3, 500: 10, 5000: 30}


def pairs() -> Iterator[Pair]:
    """What `make bench` shows: small sizes, a what-if, a proof."""
    _warm()
    yield place(50, 5)
    yield place(500, 20)
    yield _seats_only(500, 20)
    yield _asked(500, 20)
    yield _proved(500, 20)


def grid() -> Iterator[Pair]:
    """Every size of the placement run."""
    _warm()
    for students, tracks in SIZES:
        yield place(students, tracks)


def place(students: int, tracks: int) -> Pair:
    problem = intake(students, tracks)
    return _pair(f"place {students:,} students, {tracks} tracks", problem, _ONE_IN[students])


def _seats_only(students: int, tracks: int) -> Pair:
    made = intake(students, tracks)
    most = Seats(-(-11 * students // (10 * tracks)))
    options = tuple(replace(option, seats=most) for option in made.options)
    problem = replace(made, options=options, groups=())
    return _pair(f"place {students:,} students, {tracks} options, seats alone", problem, 10)


def _asked(students: int, tracks: int) -> Pair:
    """Two students leave, and a host has a tenth fewer seats in one period."""
    problem = intake(students, tracks)
    plan = solve(problem)
    group = problem.groups[0]
    seats = Seats((group.seats.most if group.seats else students) * 9 // 10)
    changes: list[Change] = [
        Withdrawn("p0007"),
        Withdrawn("p0011"),
        NewGroup(replace(group, seats=seats)),
    ]
    model = bare(what_if(problem, plan, changes).problem)

    def ours() -> object:
        return what_if(problem, plan, changes).plan.objective[0]

    what = f"what-if over {students:,} students, {tracks} tracks"
    return Pair(what, "the changed model alone, HiGHS", ours, model.optimum, warm=1, one_in=10)


def _proved(students: int, tracks: int) -> Pair:
    """The certificate and its check, against solving."""
    problem = intake(students, tracks)
    plan = solve(problem)

    def proof() -> object:
        return verify(problem, plan, certify(problem, plan)).optimal == "proved"

    def again() -> object:
        return solve(problem).proven

    what = f"certify and verify {students:,} students, {tracks} tracks"
    return Pair(what, "solving it", proof, again, warm=1, one_in=10)


def _pair(what: str, problem: Problem, one_in: int) -> Pair:
    return Pair(what, AGAINST, _ours(problem), bare(problem).optimum, warm=1, one_in=one_in)


def _ours(problem: Problem) -> Callable[[], object]:
    def ours() -> object:
        (reached,) = solve(problem).objective
        return reached

    return ours


def _warm() -> None:
    with silence():
        bare(intake(8, 4, room=2)).optimum()

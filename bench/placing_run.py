"""`python -m bench --placing`: every size with memory, every procedure with its proof, and thirty
intakes against two queues."""

# ruff: noqa: T201 - it prints, which is what it is for

from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from bench.bare import bare, silence
from bench.cohorts import imesc, intake
from bench.measure import Figures, measure
from bench.placing import SIZES, grid
from bench.placing_proofs import HEAD, proofs
from bench.processor import Processor
from bench.queues import Places, breaks, next_free_seat, plan_of, serial_lottery
from bench.table import columns, table
from config.steps import step
from mobility_tracks.placement import Policy, PolicyKind, Problem, figures, solve

INTAKES = 30
POLICIES = (
    Policy(PolicyKind.RANK_MAXIMAL, allow_unplaced=True),
    Policy(PolicyKind.LEAST_DISSATISFACTION, 2, allow_unplaced=True),
    Policy(PolicyKind.MERIT_RESPECTED, allow_unplaced=True),
)
Way = tuple[str, Callable[[Problem], Places]]


def run(repeat: int) -> None:
    """Print the tables: time, memory, procedures and proofs, quality."""
    print(table(_times(repeat)))
    print(f"\n{columns([('students x tracks', 'ours MB', 'bare MB'), *_memories()])}")
    print(f"\n{columns([HEAD, *proofs()])}")
    for name, rounds in (("tracks", _tracks), ("i-MESC shape", _shapes)):
        print(f"\n{INTAKES} intakes, {name}; means over intakes\n")
        print(columns([_HEAD, *_qualities(rounds())]))


_HEAD = ("way", "unplaced", "first choices", "sum of ranks", "limits broken", "intakes with any")


def _times(repeat: int) -> list[Figures]:
    # No server here: processor time of this process alone.
    processor = Processor(0)
    found = []
    for pair in grid():
        with step(pair.what):
            found.append(measure(pair, repeat, processor))
    return found


def _memories() -> list[tuple[str, ...]]:
    """Peak of a fresh process beyond what it held with the problem made, in megabytes."""
    rows = []
    for students, tracks in SIZES:
        cells = []
        for ours in (True, False):
            with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
                cells.append(f"{pool.apply(_peak, (students, tracks, ours)):.0f}")
        rows.append((f"{students:,} x {tracks}", *cells))
    return rows


def _peak(students: int, tracks: int, ours: bool) -> float:  # noqa: FBT001 - crosses processes
    with silence():
        solve(intake(8, 4, room=2))
        problem = intake(students, tracks)
        before = _held("VmRSS")
        if ours:
            solve(problem)
        else:
            bare(problem).optimum()
    return _held("VmHWM") - before


def _held(which: str) -> float:
    """Megabytes of this process by the kernel's own book: now (VmRSS) or at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return int(told[which].split()[0]) / 1024


def _tracks() -> list[Problem]:
    return [intake(60, 8, seed=f"intake {n}", room=1.0) for n in range(INTAKES)]


def _shapes() -> list[Problem]:
    return [imesc(seed=f"intake {n}") for n in range(INTAKES)]


def _qualities(rounds: Sequence[Problem]) -> list[tuple[str, ...]]:
    ways: list[Way] = [("next free seat", next_free_seat), ("serial lottery", serial_lottery)]
    ways += [(policy.kind.value.replace("_", " "), _solver(policy)) for policy in POLICIES]
    return [_quality(name, way, rounds) for name, way in ways]


def _solver(policy: Policy) -> Callable[[Problem], Places]:
    return lambda problem: dict(solve(replace(problem, policy=policy)).assignment)


def _quality(
    name: str, way: Callable[[Problem], Places], rounds: Sequence[Problem]
) -> tuple[str, ...]:
    asked = [replace(problem, policy=POLICIES[0]) for problem in rounds]
    places = [way(problem) for problem in asked]
    told = [figures(p, plan_of(p, o)) for p, o in zip(asked, places, strict=True)]
    broken = [breaks(p, o) for p, o in zip(asked, places, strict=True)]
    return (
        name,
        f"{mean(f.unplaced for f in told):.1f}",
        f"{mean(f.first_choices for f in told):.1f}",
        f"{mean(f.sum_of_ranks for f in told):.1f}",
        f"{mean(broken):.1f}",
        f"{sum(n > 0 for n in broken)}",
    )

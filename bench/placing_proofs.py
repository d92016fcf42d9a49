"""What each procedure takes at each size: to decide, to certify, to check. Processor time."""

from itertools import pairwise
from time import process_time

from bench.bare import silence
from bench.cohorts import intake
from config.steps import step
from mobility_tracks.placement import Policy, PolicyKind, certify, solve, verify

SIZES = ((500, 20), (1500, 20), (5000, 20), (5000, 40))
HEAD = (
    "procedure, students x tracks",
    "a tenth free: solve s",
    "certify s",
    "check s",
    "a twentieth",
)
KINDS = (PolicyKind.RANK_MAXIMAL, PolicyKind.MERIT_RESPECTED)


def proofs() -> list[tuple[str, ...]]:
    """Rows below `HEAD`; the last column is solving with a twentieth of the seats free."""
    return [_row(kind, students, tracks) for kind in KINDS for students, tracks in SIZES]


def _row(kind: PolicyKind, students: int, tracks: int) -> tuple[str, ...]:
    name = f"{kind.value.replace('_', ' ')}, {students:,} x {tracks}"
    with step(name), silence():
        problem = intake(students, tracks, policy=Policy(kind))
        tight = intake(students, tracks, policy=Policy(kind), room=1.05)
        marks = [process_time()]
        plan = solve(problem)
        marks.append(process_time())
        certificate = certify(problem, plan)
        marks.append(process_time())
        proved = verify(problem, plan, certificate).optimal == "proved"
        marks.append(process_time())
        solve(tight)
        marks.append(process_time())
    if not proved:
        raise RuntimeError(f"The plan of {name} was not proved.")
    spent = [after - before for before, after in pairwise(marks)]
    return name, *(f"{seconds:.1f}" for seconds in spent)

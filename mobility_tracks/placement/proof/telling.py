"""The answer to somebody who checks a file: an exit code, and lines to print."""

from collections.abc import Iterator

from mobility_tracks.placement.proof.file import FileRefused, RoundFile, read
from mobility_tracks.placement.proof.sentences import stage_name
from mobility_tracks.placement.proof.verify import Report, verify

PROVED, NOT_PROVED, REFUSED = 0, 1, 2


def answer(text: str) -> tuple[int, list[str]]:
    """0: feasible and proved best. 1: read, but wrong or not proved. 2: no such file, or changed."""
    try:
        found = read(text)
    except FileRefused as refusal:
        return REFUSED, [str(refusal)]
    report = verify(found.problem, found.plan, found.certificate)
    return PROVED if report.optimal == "proved" else NOT_PROVED, list(_lines(found, report))


def _lines(found: RoundFile, report: Report) -> Iterator[str]:
    problem, plan, _ = found
    yield f"Students: {len(problem.students)}. Options: {len(problem.options)}."
    yield f"Policy: {problem.policy.sentence}"
    yield f"Made by: {plan.solver}. Digest: {plan.digest}"
    yield f"Feasible: {'yes' if report.feasible else 'no'}."
    yield from (f"  {line}" for line in report.proofs or _stated(found))
    yield from (f"  ! {finding}" for finding in report.findings)
    yield f"Best possible: {report.optimal}."


def _stated(found: RoundFile) -> Iterator[str]:
    for number, stage in enumerate(found.plan.stages, 1):
        yield f"Stage {number}, {stage_name(stage)}: {stage.value} stated, not proved."

"""The answer to somebody who checks a file: an exit code, and lines to print."""

from collections.abc import Iterator

from mobility_tracks.placement.demands import NONE_SPARED, sentences
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof import impossible_file
from mobility_tracks.placement.proof.file import RoundFile, read
from mobility_tracks.placement.proof.impossible import NoneReport, verify_none
from mobility_tracks.placement.proof.impossible_file import ImpossibleFile, read_none
from mobility_tracks.placement.proof.sealed import FileRefused, format_of
from mobility_tracks.placement.proof.sentences import stage_name
from mobility_tracks.placement.proof.verify import Report, verify

PROVED, NOT_PROVED, REFUSED = 0, 1, 2


def answer(text: str) -> tuple[int, list[str]]:
    """0: feasible and proved best, or proved that there is no plan. 1: read, but wrong or not
    proved. 2: no such file, or changed."""
    try:
        if format_of(text) == impossible_file.FORMAT:
            return _no_plan(read_none(text))
        return _plan(read(text))
    except FileRefused as refusal:
        return REFUSED, [str(refusal)]


def _plan(found: RoundFile) -> tuple[int, list[str]]:
    report = verify(found.problem, found.plan, found.certificate)
    return PROVED if report.optimal == "proved" else NOT_PROVED, list(_lines(found, report))


def _lines(found: RoundFile, report: Report) -> Iterator[str]:
    problem, plan, _ = found
    yield from _round(problem)
    yield f"Made by: {plan.solver}. Digest: {plan.digest}"
    yield f"Feasible: {'yes' if report.feasible else 'no'}."
    yield from (f"  {line}" for line in report.proofs or _stated(found))
    yield from (f"  ! {finding}" for finding in report.findings)
    yield f"Best possible: {report.optimal}."


def _round(problem: Problem) -> Iterator[str]:
    yield f"Students: {len(problem.students)}. Options: {len(problem.options)}."
    yield f"Policy: {problem.policy.sentence}"


def _stated(found: RoundFile) -> Iterator[str]:
    for number, stage in enumerate(found.plan.stages, 1):
        yield f"Stage {number}, {stage_name(stage)}: {stage.value} stated, not proved."


def _no_plan(found: ImpossibleFile) -> tuple[int, list[str]]:
    report = verify_none(found.problem, found.proof)
    return PROVED if report.accepted else NOT_PROVED, list(_reasons(found, report))


def _reasons(found: ImpossibleFile, report: NoneReport) -> Iterator[str]:
    yield from _round(found.problem)
    if report.proved:
        yield from (f"  {line}" for line in sentences(found.problem, found.proof.demands))
        yield f"  {_TOGETHER[report.smallest]}"
    yield from (f"  ! {finding}" for finding in report.findings)
    yield f"No plan exists: {'proved' if report.proved else 'not proved'}."


_TOGETHER = {
    True: NONE_SPARED,
    False: "These cannot all hold together; that none of them could be spared is wrong.",
    None: "These cannot all hold together; whether one of them could be spared is not shown.",
}

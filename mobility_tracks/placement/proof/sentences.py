"""What was proved, in words: one sentence for each stage, one for the sizes, one for the draw."""

from collections.abc import Iterator

from mobility_tracks.placement.plan import Aim, Plan, Stage
from mobility_tracks.placement.proof.certificate import Certificate, Claim


def proof_sentences(plan: Plan, certificate: Certificate | None) -> Iterator[str]:
    """Only of a plan whose every claim was checked. None: proved by prices and moves alone."""
    claims = certificate.stages if certificate else (None,) * len(plan.stages)
    for number, (stage, claim) in enumerate(zip(plan.stages, claims, strict=True), 1):
        yield f"Stage {number}, {stage_name(stage)}: {stage.value}, {_how(stage, claim)}."
    if certificate:
        leaves = sum(_leaves(claim) for claim in certificate.sizes)
        yield f"Sizes of the options, by the draw: the fewest each, {leaves} leaves."
    else:
        yield "Sizes of the options, by the draw: the fewest each, no chain of moves lowers one."
    yield "Places, by the draw: no chain of moves gives an earlier student a better one."


def stage_name(stage: Stage) -> str:
    """The aim in words."""
    of = f" of {len(stage.students)} of one merit" if stage.students else ""
    return {
        Aim.UNPLACED: "students without a place",
        Aim.BEYOND_RANK: f"students{of} placed worse than choice {stage.rank}",
        Aim.DISSATISFACTION: "sum of dissatisfaction",
        Aim.MOVED: "students who do not keep their place",
        Aim.MERIT_RANK: f"choice that {', '.join(stage.students)} gets by merit",
    }[stage.aim]


def _how(stage: Stage, claim: Claim | None) -> str:
    if claim is None:
        by_moves = "no chain of moves gives a better one"
        return by_moves if stage.aim is Aim.MERIT_RANK else "reached by the bound of its prices"
    if not claim.tree:
        return "nothing better is open"
    leaves = _leaves(claim)
    return f"proved by {leaves} {'leaf' if leaves == 1 else 'leaves'}"


def _leaves(claim: Claim) -> int:
    return sum(len(node) == 1 for node in claim.tree)

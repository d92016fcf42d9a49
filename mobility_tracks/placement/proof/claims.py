"""The claims of a certificate, checked one after the other against what is left by those before."""

from collections.abc import Iterator

from mobility_tracks.placement.plan import Aim, Plan
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Certificate, Claim
from mobility_tracks.placement.proof.expected import Ranks, option_order
from mobility_tracks.placement.proof.feasible import optional_of
from mobility_tracks.placement.proof.field import Assumed, Box, Field

Faults = Iterator[str]


def claim_faults(problem: Problem, plan: Plan, certificate: Certificate, ranks: Ranks) -> Faults:
    """A sentence for each claim that its multipliers do not prove; the first one ends the check."""
    drawn = option_order(problem)
    if len(certificate.stages) != len(plan.stages) or len(certificate.sizes) != len(drawn):
        yield "The certificate does not have one claim for each stage and each option."
        return
    optional = optional_of(problem)
    field = Field(problem, ranks, certificate.leaves, stages=plan.stages, optional=optional)
    for stage, claim in enumerate(certificate.stages):
        if not _stage(field, plan, stage, claim):
            yield f"Stage {stage + 1}: the certificate does not prove it."
            return
    for option, claim in zip(drawn, certificate.sizes, strict=True):
        number, size = field.frame.options.index(option), plan.counts.get(option, 0)
        if not holds(field, claim, Assumed(), field.box.cut(number, most=size - 1)):
            yield f"{option}: the certificate does not prove that {size} is the fewest (the draw)."
            return
        field.box = field.box.cut(number, most=size, least=size)


def _stage(field: Field, plan: Plan, number: int, claim: Claim) -> bool:
    stage = plan.stages[number]
    if stage.aim is Aim.MERIT_RANK:
        (student,) = stage.students
        better = {o for o, rank in field.open[student].items() if rank < stage.value}
        assumed = Assumed(student=student, options=better)
        if better and not holds(field, claim, assumed, field.box):
            return False
        field.keep(student, stage.value)
        return True
    if not holds(field, claim, Assumed(number, stage.value - 1), field.box):
        return False
    if claim.root is not None:
        if not field.is_sound(claim.root, number):
            return False
        field.drop_dear(claim.root, number)
    field.hold(number)
    return True


def holds(field: Field, claim: Claim, assumed: Assumed, box: Box) -> bool:
    """Whether every leaf of the tree is contradicted. Each node is met once, so it ends."""
    if box.is_empty:
        return True
    met, waiting = 0, [(0, box)]
    while waiting:
        place, here = waiting.pop()
        met += 1
        if place >= len(claim.tree) or met > len(claim.tree):
            return False
        node = claim.tree[place]
        if len(node) == 1:
            (leaf,) = node
            if not (field.is_sound(leaf, assumed.stage) and field.refutes(leaf, assumed, here)):
                return False
            continue
        if not _is_branch(field, place, node):
            return False
        number, most, low, high = node
        waiting.append((low, here.cut(number, most=most)))
        waiting.append((high, here.cut(number, least=most + 1)))
    return True


def _is_branch(field: Field, place: int, node: tuple[int, ...]) -> bool:
    if len(node) != 4:  # noqa: PLR2004 - number, k, low, high
        return False
    number, _, low, high = node
    return 0 <= number < len(field.frame.low) and min(low, high) > place

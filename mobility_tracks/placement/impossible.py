"""Makes the proof that a round has no plan: a search tree over its smallest conflict, and witnesses.

`none_file` is what a caller needs who got `Infeasible`: the text that `manage.py verify_round`
answers with "No plan exists: proved".
"""

from collections.abc import Collection

import numpy as np

from mobility_tracks.placement.conflict import smallest_conflict, waived
from mobility_tracks.placement.edges import edges_of
from mobility_tracks.placement.layout import layout_of
from mobility_tracks.placement.plan import Conflict, Demand
from mobility_tracks.placement.problem import Problem
from mobility_tracks.placement.proof.certificate import Leaf, Tree
from mobility_tracks.placement.proof.feasible import Places
from mobility_tracks.placement.proof.impossible import Impossible
from mobility_tracks.placement.proof.impossible_file import write_none
from mobility_tracks.placement.prover import Denied, Prover
from mobility_tracks.placement.search import Search
from mobility_tracks.placement.space import Space
from mobility_tracks.placement.wishes import wishes_of

# Places over all witnesses together, beyond which they are left out of a proof.
WITNESSED = 200_000


def none_file(problem: Problem, conflict: Conflict | None = None) -> str:
    """The file that proves that the problem has no plan. `conflict`: the one that `Infeasible` told,
    found again where it is not at hand. Raises Unproved where no proof was found, as it must for a
    problem that has a plan."""
    return write_none(problem, certify_none(problem, conflict or smallest_conflict(problem)))


def certify_none(problem: Problem, conflict: Conflict) -> Impossible:
    """The proof that the demands of the conflict cannot hold together, and that each is needed.
    Raises Unproved where none was found."""
    demands = conflict.demands
    leaves, tree = _refuted(problem, demands)
    witnesses: tuple[Places, ...] = ()
    if len(demands) * len(problem.students) <= WITNESSED:
        rests = ([other for other in demands if other != demand] for demand in demands)
        witnesses = tuple(_witness(problem, rest) for rest in rests)
    return Impossible(demands, leaves, tree, witnesses)


def _refuted(problem: Problem, demands: Collection[Demand]) -> tuple[tuple[Leaf, ...], Tree]:
    left, optional = waived(problem, demands)
    edges = edges_of(left, wishes_of(left), optional)
    if len(np.unique(edges.student)) < len(edges.students):
        return (), ()
    layout = layout_of(edges.options, left)
    prover = Prover(Space(edges, layout, layout.box()))
    free = np.zeros(len(edges.student), dtype=np.int64)
    tree = prover.tree(Denied(free, layout.box()))
    return tuple(prover.leaves), tree


def _witness(problem: Problem, demands: Collection[Demand]) -> Places:
    left, optional = waived(problem, demands)
    edges = edges_of(left, wishes_of(left), optional)
    names = (*edges.options, None)
    at = Search(edges, left).any_plan().tolist()
    return {student: names[option] for student, option in zip(edges.students, at, strict=True)}

"""What a student's list means: ranks among the open options, and the order of the draw.

Ranks count open options only, so a wish that a rule forbids does not weaken the wishes after it.
The draw is SHA-256 of the published seed and an id, so any machine can repeat it by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from mobility_tracks.placement.problem import Problem, Student
from mobility_tracks.placement.rules import judge


@dataclass(frozen=True, slots=True)
class Wishes:
    """`rank` maps each open option to its class; `order` lists them best first, ties by the draw.
    `indifferent` students ranked nothing: every open option has rank 1."""

    student: str
    rank: Mapping[str, int]
    order: tuple[str, ...]
    indifferent: bool


def wishes_of(problem: Problem) -> dict[str, Wishes]:
    """The wishes of every student, in the order in which the draw calls them."""
    drawn = sorted(problem.students, key=lambda row: draw(problem.seed, row.id))
    return {student.id: _wishes(problem, student) for student in drawn}


def open_options(problem: Problem, student: Student) -> frozenset[str]:
    """Options that neither the student nor a rule rules out, nobody being placed by hand."""
    return frozenset(
        option.id
        for option in problem.options
        if option.id not in student.impossible
        and all(judge(rule, student, option) is None for rule in problem.rules)
    )


def own_wish(student: Student) -> int:
    """The number of the wish class in the student's list that the option given by hand is in."""
    listed = (n for n, options in enumerate(student.ranks, 1) if student.given in options)
    return next(listed, len(student.ranks) + 1)


def draw(seed: str, *names: str) -> tuple[str, tuple[str, ...]]:
    """A place in the draw; the names themselves settle the (unseen) case of equal hashes."""
    return sha256("\x1f".join((seed, *names)).encode()).hexdigest(), names


def _wishes(problem: Problem, student: Student) -> Wishes:
    if student.given:
        return Wishes(
            student.id, {student.given: own_wish(student)}, (student.given,), not student.ranks
        )
    options = open_options(problem, student)
    classes = [options & set(rank_class) for rank_class in student.ranks]
    classes.append(options.difference(*classes))
    filled = [rank_class for rank_class in classes if rank_class]
    rank = {o: place for place, rank_class in enumerate(filled, 1) for o in rank_class}
    order = sorted(rank, key=lambda o: (rank[o], draw(problem.seed, student.id, o)))
    return Wishes(student.id, rank, tuple(order), not student.ranks)

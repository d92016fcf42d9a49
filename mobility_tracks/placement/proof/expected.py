"""What the policy demands, worked out again from its definition, for `verify` alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256

from mobility_tracks.placement.plan import Aim, Plan, Stage
from mobility_tracks.placement.problem import PolicyKind, Problem, Student
from mobility_tracks.placement.rules import verdicts

Ranks = Mapping[str, Mapping[str, int]]
Cost = Callable[[str, str | None], int]


def ranks_of(problem: Problem) -> Ranks:
    """Rank of each open option for each student; what is not open is left out."""
    return {student.id: _ranks(problem, student) for student in problem.students}


def _ranks(problem: Problem, student: Student) -> dict[str, int]:
    if student.given:
        wished = [n for n, options in enumerate(student.ranks, 1) if student.given in options]
        return {student.given: wished[0] if wished else len(student.ranks) + 1}
    possible = [
        option.id
        for option in problem.options
        if option.id not in student.impossible and not any(verdicts(problem, student, option))
    ]
    place = {option: n for n, wishes in enumerate(student.ranks) for option in wishes}
    found = {option: place.get(option, len(student.ranks)) for option in possible}
    levels = sorted(set(found.values()))
    return {option: levels.index(level) + 1 for option, level in found.items()}


def cost_of(problem: Problem, stage: Stage, ranks: Ranks) -> Cost:
    """The stage's cost of one student in one option (None: no place)."""
    last = len(problem.options) + 1
    concerned = set(stage.students)

    def cost(student: str, option: str | None) -> int:
        rank = last if option is None else ranks[student][option]
        if stage.aim is Aim.UNPLACED:
            return int(option is None)
        if stage.aim is Aim.MOVED:
            return is_moved(problem, student, option)
        if stage.aim is Aim.DISSATISFACTION:
            return int((rank - 1) ** problem.policy.exponent)
        if concerned and student not in concerned:
            return 0
        return rank if stage.aim is Aim.MERIT_RANK else int(rank > stage.rank)

    return cost


def is_moved(problem: Problem, student: str, option: str | None) -> int:
    """1 where the student had another place in the plan to keep to, else 0."""
    places = problem.keep.places if problem.keep else {}
    return int(student in places and places[student] != option)


def expected_stages(problem: Problem, plan: Plan, ranks: Ranks) -> Iterator[Stage]:
    """The stages a proven plan with this assignment must state, values recomputed."""
    keep = problem.keep
    if keep and keep.first:
        yield _valued(problem, plan, ranks, Aim.MOVED, 0, ())
    yield from _policy_stages(problem, plan, ranks)
    if keep and not keep.first:
        yield _valued(problem, plan, ranks, Aim.MOVED, 0, ())


def _policy_stages(problem: Problem, plan: Plan, ranks: Ranks) -> Iterator[Stage]:
    policy = problem.policy
    unplaced = sum(option is None for option in plan.assignment.values())
    if policy.kind is PolicyKind.MERIT_RESPECTED:
        for members in _merit_classes(problem):
            if len(members) == 1:
                yield _valued(problem, plan, ranks, Aim.MERIT_RANK, 0, members)
            else:
                yield from _by_rank(problem, plan, ranks, members, 0)
        return
    if policy.allow_unplaced:
        yield _valued(problem, plan, ranks, Aim.UNPLACED, 0, ())
    if policy.kind is PolicyKind.LEAST_DISSATISFACTION:
        yield _valued(problem, plan, ranks, Aim.DISSATISFACTION, 0, ())
    else:
        yield from _by_rank(problem, plan, ranks, (), unplaced)


def draw_order(problem: Problem) -> list[str]:
    return sorted((s.id for s in problem.students), key=lambda s: _hash(problem.seed, s))


def option_order(problem: Problem) -> list[str]:
    return sorted((o.id for o in problem.options), key=lambda o: _hash(problem.seed, o))


def own_order(problem: Problem, student: str, ranks: Ranks) -> dict[str, int]:
    """The student's options as strict places: by rank, then by the draw."""
    own = ranks[student]
    listed = sorted(own, key=lambda o: (own[o], _hash(problem.seed, student, o)))
    return {option: place for place, option in enumerate(listed)}


def _hash(*parts: str) -> tuple[str, tuple[str, ...]]:
    return sha256("\x1f".join(parts).encode()).hexdigest(), parts


def _by_rank(
    problem: Problem, plan: Plan, ranks: Ranks, members: tuple[str, ...], rest: int
) -> Iterator[Stage]:
    for rank in range(1, len(problem.options) + 1):
        stage = _valued(problem, plan, ranks, Aim.BEYOND_RANK, rank, members)
        yield stage
        if stage.value == rest:
            return


def _valued(
    problem: Problem, plan: Plan, ranks: Ranks, aim: Aim, rank: int, students: tuple[str, ...]
) -> Stage:
    bare = Stage(aim, 0, 0, rank, students)
    cost = cost_of(problem, bare, ranks)
    value = sum(cost(s, plan.assignment[s]) for s in students or plan.assignment)
    return Stage(aim, value, value, rank, students)


def _merit_classes(problem: Problem) -> Sequence[tuple[str, ...]]:
    members: dict[int | None, list[str]] = {}
    for student in problem.students:
        members.setdefault(student.merit, []).append(student.id)
    merits = sorted((merit for merit in members if merit is not None), reverse=True)
    last: list[int | None] = [None] if None in members else []
    return [tuple(sorted(members[merit])) for merit in [*merits, *last]]

"""The plan of a round: policy stages one after the other, then the draw, until one plan is left.

Definition, which `verify` and the tests hold the code to: among all feasible plans take the one
that is least in (stage values of the policy, then for each option in the order of the draw the number of
its students, then for each student in the order of the draw the place of their option in their own
list, ties in the list broken by the draw). Sizes come first because with all sizes known what is
left is a transport problem, and moves of students prove who gets what.
"""

from collections.abc import Iterator, Mapping
from time import perf_counter

from mobility_tracks.placement.checks import check
from mobility_tracks.placement.conflict import smallest_conflict
from mobility_tracks.placement.edges import Edges, Target, edges_of, may_stay_unplaced
from mobility_tracks.placement.engine import Engine, NoPlan, Reached
from mobility_tracks.placement.flow import Flow, KnownBest, fits
from mobility_tracks.placement.highs import VERSION
from mobility_tracks.placement.limits import broken_limits
from mobility_tracks.placement.plan import Aim, Infeasible, Plan, SolverFailure, Stage
from mobility_tracks.placement.problem import PolicyKind, Problem, Seats
from mobility_tracks.placement.record import fingerprint
from mobility_tracks.placement.search import Search
from mobility_tracks.placement.wishes import Wishes, draw, wishes_of

RULES_VERSION = "placement/2"


def solve(problem: Problem, *, always_search: bool = False) -> Plan:
    """The one best plan. `always_search` takes the general road even where a flow would do.

    Raises ProblemInvalid (faults of the input), Infeasible (with the smallest conflict),
    SolverFailure (the exact check of the solver's answer failed).
    """
    started = perf_counter()
    check(problem)
    wishes = wishes_of(problem)
    optional = may_stay_unplaced(problem)
    edges = edges_of(problem, wishes, optional)
    try:
        stages, flow = _reached(problem, edges, always_search=always_search)
        _draw(wishes, edges, flow)
        assignment = _named(edges, flow.placed())
    except NoPlan:
        raise Infeasible(smallest_conflict(problem)) from None
    return _plan(problem, wishes, assignment, stages, perf_counter() - started)


def _reached(
    problem: Problem, edges: Edges, *, always_search: bool
) -> tuple[tuple[Stage, ...], Flow]:
    """The stages, and the flow that holds all plans of their values and of the sizes drawn."""
    if fits(problem) and not always_search:
        flow = Flow(edges, {option.id: option.seats for option in problem.options})
        stages = tuple(_stages(problem, edges, flow))
        _sizes(problem, edges, flow)
        return stages, flow
    search = Search(edges, problem)
    found = [stage.value for stage in _stages(problem, edges, search)]
    sizes = {option: Seats(size, size) for option, size in _sizes(problem, edges, search).items()}
    flow = Flow(edges, sizes, search.plan())
    stages = tuple(_stages(problem, edges, KnownBest(flow)))
    if [stage.value for stage in stages] != found:
        raise SolverFailure("The sizes found do not give the values found.")
    return stages, flow


def _sizes(problem: Problem, edges: Edges, engine: Engine) -> dict[str, int]:
    """The draw's first part: options in its order, each with as few students as it can have."""
    number = {option: place for place, option in enumerate(edges.options)}
    drawn = sorted(edges.options, key=lambda option: draw(problem.seed, option))
    return {option: engine.shrink(number[option]) for option in drawn}


def _stages(problem: Problem, edges: Edges, engine: Engine) -> Iterator[Stage]:
    keep, target = problem.keep, Target(Aim.MOVED, keep=problem.keep)
    if keep and keep.first:
        yield _stage(edges, target, engine.minimise(target))
    yield from _policy_stages(problem, edges, engine)
    if keep and not keep.first:
        yield _stage(edges, target, engine.minimise(target))


def _policy_stages(problem: Problem, edges: Edges, engine: Engine) -> Iterator[Stage]:
    policy, merit = problem.policy, problem.policy.kind is PolicyKind.MERIT_RESPECTED
    unplaced = 0
    if policy.allow_unplaced and not merit:
        stage = _stage(edges, Target(Aim.UNPLACED), engine.minimise(Target(Aim.UNPLACED)))
        unplaced = stage.value
        yield stage
    if policy.kind is PolicyKind.LEAST_DISSATISFACTION:
        target = Target(Aim.DISSATISFACTION, exponent=policy.exponent)
        yield _stage(edges, target, engine.minimise(target))
    elif policy.kind is PolicyKind.RANK_MAXIMAL:
        yield from _rank_by_rank(edges, engine, None, unplaced)
    else:
        for members in _merit_classes(problem, edges):
            yield from _one_class(edges, engine, members)


def _rank_by_rank(
    edges: Edges, engine: Engine, members: tuple[int, ...] | None, rest: int
) -> Iterator[Stage]:
    for rank in range(1, edges.nowhere + 1):
        target = Target(Aim.BEYOND_RANK, rank=rank, students=members)
        stage = _stage(edges, target, engine.minimise(target))
        yield stage
        if stage.value == rest:
            return


def _merit_classes(problem: Problem, edges: Edges) -> list[tuple[int, ...]]:
    number = {student: place for place, student in enumerate(edges.students)}
    classes: dict[int | None, list[int]] = {}
    for student in problem.students:
        classes.setdefault(student.merit, []).append(number[student.id])
    known = sorted((merit for merit in classes if merit is not None), reverse=True)
    order: list[int | None] = [*known, *([None] if None in classes else [])]
    return [tuple(sorted(classes[merit])) for merit in order]


def _one_class(edges: Edges, engine: Engine, members: tuple[int, ...]) -> Iterator[Stage]:
    if len(members) > 1:
        yield from _rank_by_rank(edges, engine, members, 0)
        return
    mine = edges.of(members[0])
    levels: dict[int, list[int]] = {}
    for option, rank in zip(edges.option[mine].tolist(), edges.rank[mine].tolist(), strict=True):
        levels.setdefault(rank, []).append(option)
    ranks = sorted(levels)
    rank = ranks[engine.settle(members[0], [levels[rank] for rank in ranks])]
    yield _stage(edges, Target(Aim.MERIT_RANK, students=members), Reached(rank, rank, None))


def _stage(edges: Edges, target: Target, reached: Reached) -> Stage:
    prices: Mapping[str, int] | None = None
    if reached.prices is not None:
        prices = {_name(edges, option) or "": price for option, price in reached.prices.items()}
    students = tuple(edges.students[s] for s in target.students or ())
    return Stage(target.aim, reached.value, reached.bound, target.rank, students, prices)


def _draw(wishes: Mapping[str, Wishes], edges: Edges, flow: Flow) -> None:
    student_number = {student: place for place, student in enumerate(edges.students)}
    option_number = {option: place for place, option in enumerate(edges.options)}
    for student, wish in wishes.items():
        levels = [[option_number[option]] for option in wish.order]
        flow.settle(student_number[student], [*levels, [edges.nowhere]])


def _named(edges: Edges, placed: list[int]) -> dict[str, str | None]:
    return {s: _name(edges, o) for s, o in zip(edges.students, placed, strict=True)}


def _name(edges: Edges, option: int) -> str | None:
    return None if option == edges.nowhere else edges.options[option]


def _plan(
    problem: Problem,
    wishes: Mapping[str, Wishes],
    assignment: dict[str, str | None],
    stages: tuple[Stage, ...],
    seconds: float,
) -> Plan:
    ranks = [wishes[s].rank[o] for s, o in assignment.items() if o and not wishes[s].indifferent]
    plan = Plan(
        assignment=assignment,
        profile=tuple(ranks.count(rank) for rank in range(1, max(ranks, default=0) + 1)),
        indifferent=sum(o is not None and wishes[s].indifferent for s, o in assignment.items()),
        unplaced=sum(o is None for o in assignment.values()),
        stages=stages,
        solver=f"{RULES_VERSION}, {VERSION}",
        inputs=fingerprint(problem),
        seconds=seconds,
    )
    if list(broken_limits(problem, plan.counts)):
        raise SolverFailure("The solver's plan breaks a limit.")
    return plan

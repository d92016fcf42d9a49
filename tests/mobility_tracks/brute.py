"""The best plan of a small round by looking at every plan there is, from the definition alone.

Written without the package's own helpers (only its data and its rules' verdicts): no wishes, no
limits, no draw of the solver or of the check is used here.
"""

import hashlib
from itertools import product

from mobility_tracks.placement import PolicyKind, Problem, verdicts


def every_plan(problem: Problem) -> list[tuple]:
    """All permitted plans, as tuples in the order of the problem's students."""
    choices = [list(places(problem, student)) for student in problem.students]
    return [plan for plan in product(*choices) if is_permitted(problem, plan)]


def places(problem, student):
    if student.given:
        yield student.given
        return
    for option in problem.options:
        ruled_out = option.id in student.impossible
        if not ruled_out and not any(verdicts(problem, student, option)):
            yield option.id
    if problem.policy.allow_unplaced:
        yield None


def is_permitted(problem, plan):
    size = {option.id: plan.count(option.id) for option in problem.options}
    for option in problem.options:
        if not fits(option.seats, size[option.id]):
            return False
    for group in problem.groups:
        if group.seats and not fits(group.seats, sum(size[o] for o in group.options)):
            return False
        parts = group.parts or [[option] for option in group.options]
        sizes = [sum(size[option] for option in part) for part in parts]
        if group.tolerance is not None and max(sizes) - min(sizes) > group.tolerance:
            return False
    return all(is_open_in_time(problem, row, size) for row in problem.overflows)


def is_open_in_time(problem, overflow, size):
    if not any(size[option] for option in overflow.options):
        return True
    options = {row.id: ([row.id], row.seats) for row in problem.options}
    groups = {row.id: (row.options, row.seats) for row in problem.groups}
    before = [(options | groups)[name] for name in overflow.after]
    return all(sum(size[o] for o in members) == seats.most for members, seats in before)


def fits(seats, n):
    return seats.least <= n <= seats.most or (n == 0 and seats.may_stay_closed)


def best(problem: Problem, plans: list[tuple]) -> dict | None:
    """The one least plan, as a mapping; None when there is none."""
    if not plans:
        return None
    own = [rank_table(problem, student) for student in problem.students]
    order = _Order(problem, own)
    plan = min(plans, key=order.key)
    return {s.id: place for s, place in zip(problem.students, plan, strict=True)}


def rank_table(problem, student):
    """Rank by place: listed classes with something open in them count 1, 2, ...; the rest last."""
    nowhere = {None: len(problem.options) + 1}
    if student.given:
        listed = [n for n, wished in enumerate(student.ranks) if student.given in wished]
        return {student.given: 1 + (listed[0] if listed else len(student.ranks))} | nowhere
    open_ = [place for place in places(problem, student) if place is not None]
    table, rank = {}, 1
    for wished in student.ranks:
        here = [option for option in open_ if option in wished]
        table.update(dict.fromkeys(here, rank))
        rank += bool(here)
    return {option: table.get(option, rank) for option in open_} | nowhere


class _Order:
    def __init__(self, problem, own):
        self.problem, self.own = problem, own
        seed = problem.seed
        self.sizes = sorted((o.id for o in problem.options), key=lambda o: number(seed, o))
        ids = [student.id for student in problem.students]
        self.drawn = sorted(range(len(ids)), key=lambda n: number(seed, ids[n]))
        self.lists = [
            [*sorted(table.keys() - {None}, key=self.own_order(n, table)), None]
            for n, table in enumerate(own)
        ]
        self.merit = [-(10**9) if s.merit is None else s.merit for s in problem.students]

    def own_order(self, student, table):
        name, seed = self.problem.students[student].id, self.problem.seed
        return lambda option: (table[option], number(seed, name, option))

    def key(self, plan):
        ranks = [table[place] for table, place in zip(self.own, plan, strict=True)]
        keep = self.problem.keep
        moved = (self.moves(plan),) if keep else ()
        first, last = (moved, ()) if keep and keep.first else ((), moved)
        return (
            first,
            self.policy(plan, ranks),
            last,
            [plan.count(option) for option in self.sizes],
            [self.lists[n].index(plan[n]) for n in self.drawn],
        )

    def moves(self, plan):
        kept = self.problem.keep.places
        students = self.problem.students
        return sum(
            s.id in kept and kept[s.id] != place for s, place in zip(students, plan, strict=True)
        )

    def policy(self, plan, ranks):
        policy, last = self.problem.policy, len(self.problem.options) + 1
        if policy.kind is PolicyKind.MERIT_RESPECTED:
            return [
                profile([r for r, m in zip(ranks, self.merit, strict=True) if m == merit], last)
                for merit in sorted(set(self.merit), reverse=True)
            ]
        unplaced = plan.count(None)
        if policy.kind is PolicyKind.RANK_MAXIMAL:
            return unplaced, profile(ranks, last)
        return unplaced, sum((rank - 1) ** policy.exponent for rank in ranks)


def profile(ranks, last):
    return [-ranks.count(rank) for rank in range(1, last)]


def number(*words):
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()

"""Rounds for the placement tests, and the definition of the best plan by trying every plan."""

from itertools import product
from random import Random

from mobility_tracks.placement import (
    Group,
    Option,
    Overflow,
    Policy,
    PolicyKind,
    Problem,
    Rule,
    Seats,
    Stay,
    Student,
    verdicts,
)
from mobility_tracks.placement.wishes import draw

KINDS = tuple(PolicyKind)
MOBILITY = Rule(
    "mobility",
    "mandatory_mobility",
    sentence="Two periods in two countries other than the country of residence.",
    source="Erasmus Mundus mandatory mobility",
)
YEAR_1 = (Stay("S1", "warsaw", "PL", year=1), Stay("S2", "toulouse", "FR", year=1))


def option(name, most, *, least=0, country="ES", closable=False, host=None):
    stay = Stay("S3", host or name, country, year=2)
    return Option(name, (stay,), Seats(most, least, closable))


def sites(most=10, least=0):
    return (
        option("bilbao", most, least=least, country="ES"),
        option("ljubljana", most, least=least, country="SI"),
        option("amiens", most, least=least, country="FR"),
    )


def imesc(students, **changes):
    """S3 of i-MESC: Warsaw and Toulouse behind them, three sites ahead."""
    values = {
        "students": tuple(students),
        "options": sites(),
        "policy": Policy(PolicyKind.RANK_MAXIMAL),
        "seed": "class-21",
        "rules": (MOBILITY,),
    }
    return Problem(**values | changes)


def cohort(count=30, residents=("PL", "FR", "PL", "FR"), seed=7):
    random = Random(seed)
    names = [site.id for site in sites()]
    return [
        Student(
            id=f"S{number:02}",
            ranks=tuple((name,) for name in random.sample(names, 3)),
            residence_country=residents[number] if number < len(residents) else "IN",
            merit=random.randrange(100, 200),
            visited=YEAR_1,
        )
        for number in range(count)
    ]


def random_problem(random: Random, kind: PolicyKind, *, limits: bool) -> Problem:
    names = [f"o{n}" for n in range(random.randint(1, 4))]
    size = random.randint(1, 6 if len(names) < 4 else 5)
    students = tuple(_student(random, n, names) for n in range(size))
    options = tuple(_option(random, name, size, limits=limits) for name in names)
    groups = tuple(_groups(random, names, size)) if limits else ()
    policy = Policy(kind, random.choice([1, 2]), random.random() < 0.4)
    rules = (
        (
            Rule("abroad", "not_residence_country"),
            Rule("pay", "only_for_funding", {"options": ("o0",), "lines": ("em",)}),
        )
        if random.random() < 0.3
        else ()
    )
    overflows = tuple(some_overflows(random, names, groups)) if limits else ()
    seed = str(random.random())
    return Problem(students, options, policy, seed, rules, groups, overflows=overflows)


def _student(random, number, names):
    listed = random.sample(names, random.randint(0, len(names)))
    ranks, rest = [], listed
    while rest:
        cut = random.choice([1, 1, 1, 2])
        ranks.append(tuple(rest[:cut]))
        rest = rest[cut:]
    unlisted = sorted(set(names) - set(listed))
    impossible = {name: "visa" for name in unlisted if random.random() < 0.2}
    return Student(
        f"s{number}",
        tuple(ranks),
        impossible,
        residence_country=random.choice(["PL", "C0", "C1"]),
        merit=random.choice([None, 1, 2, 3, 4]),
        funding=random.choice(["", "em"]),
    )


def _option(random, name, size, *, limits):
    most = random.randint(0, size)
    least = random.randint(0, min(most, 2)) if random.random() < 0.4 else 0
    closable = limits and random.random() < 0.4
    return option(name, most, least=least, country=f"C{name[1:]}", closable=closable)


def _groups(random, names, size):
    if random.random() < 0.5:
        members = tuple(random.sample(names, random.randint(1, len(names))))
        yield Group("even", members, tolerance=random.randint(0, 2), parts=parted(random, members))
    if random.random() < 0.5:
        most = random.randint(0, size)
        seats = Seats(most, random.randint(0, min(1, most)), random.random() < 0.3)
        yield Group("host", tuple(random.sample(names, random.randint(1, len(names)))), seats)


def parted(random, members):
    """The members in two or three parts, or in none."""
    if random.random() < 0.5:
        return ()
    cuts = [random.randrange(3) for _ in members]
    parts = [[m for m, cut in zip(members, cuts, strict=True) if cut == n] for n in range(3)]
    return tuple(tuple(part) for part in parts if part)


def some_overflows(random, names, groups):
    """None mostly; else one or two, after options or groups with seats."""
    full = [*names, *(group.id for group in groups if group.seats)]
    for number in range(random.choice([0, 0, 1, 2])):
        options = random.sample(names, random.randint(1, max(1, len(names) - 1)))
        before = [name for name in full if name not in options]
        if before:
            after = random.sample(before, min(len(before), random.choice([1, 1, 2])))
            yield Overflow(f"later{number}", tuple(options), tuple(after))


def best_by_trying(problem: Problem) -> dict | None:
    """The plan the definition names, or None when no plan is feasible."""
    ranks = {s.id: _ranks(problem, s) for s in problem.students}
    choices = [
        [*ranks[s.id], *([None] if problem.policy.allow_unplaced else [])] for s in problem.students
    ]
    best = None
    for picks in product(*choices):
        if _feasible(problem, picks):
            plan = {s.id: pick for s, pick in zip(problem.students, picks, strict=True)}
            key = _key(problem, ranks, plan)
            best = min(best, (key, plan), key=lambda row: row[0]) if best else (key, plan)
    return best and best[1]


def _ranks(problem, student):
    open_ = [
        o.id
        for o in problem.options
        if o.id not in student.impossible and not list(verdicts(problem, student, o))
    ]
    classes = [[o for o in wish if o in open_] for wish in student.ranks]
    classes.append([o for o in open_ if not any(o in wish for wish in student.ranks)])
    classes = [wish for wish in classes if wish]
    return {o: place for place, wish in enumerate(classes, 1) for o in wish}


def _feasible(problem, picks):
    count = {o.id: picks.count(o.id) for o in problem.options}
    within = all(_within(o.seats, count[o.id]) for o in problem.options)
    for group in problem.groups:
        within &= group.seats is None or _within(group.seats, sum(count[o] for o in group.options))
        sizes = [
            sum(count[o] for o in part) for part in group.parts or zip(group.options, strict=True)
        ]
        within &= group.tolerance is None or max(sizes) - min(sizes) <= group.tolerance
    for overflow in problem.overflows:
        if any(count[o] for o in overflow.options):
            within &= all(_is_full(problem, name, count) for name in overflow.after)
    return within


def _is_full(problem, name, count):
    for option in problem.options:
        if option.id == name:
            return count[name] == option.seats.most
    group = next(group for group in problem.groups if group.id == name)
    return sum(count[o] for o in group.options) == group.seats.most


def _within(seats, count):
    return (seats.may_stay_closed and count == 0) or seats.least <= count <= seats.most


def _key(problem, ranks, plan):
    last = len(problem.options) + 1
    got = {s: ranks[s][o] if o else last for s, o in plan.items()}
    policy = problem.policy
    unplaced = sum(o is None for o in plan.values())
    if policy.kind is PolicyKind.MERIT_RESPECTED:
        head = _merit_key(problem, got, last)
    elif policy.kind is PolicyKind.RANK_MAXIMAL:
        head = (unplaced, *_profile(got.values(), last))
    else:
        head = (unplaced, sum((rank - 1) ** policy.exponent for rank in got.values()))
    drawn = sorted((o.id for o in problem.options), key=lambda o: draw(problem.seed, o))
    sizes = tuple(list(plan.values()).count(option) for option in drawn)
    return head, sizes, _draw_key(problem, ranks, plan)


def _profile(ranks, last):
    ranks = list(ranks)
    return tuple(-ranks.count(rank) for rank in range(1, last))


def _merit_key(problem, got, last):
    merits = sorted({-1 if s.merit is None else s.merit for s in problem.students}, reverse=True)
    classes = [
        [got[s.id] for s in problem.students if (-1 if s.merit is None else s.merit) == merit]
        for merit in merits
    ]
    return tuple(_profile(ranks, last) for ranks in classes)


def _draw_key(problem, ranks, plan):
    key = []
    for student in sorted(plan, key=lambda s: draw(problem.seed, s)):
        own = sorted(
            ranks[student], key=lambda o: (ranks[student][o], draw(problem.seed, student, o))
        )
        key.append(own.index(plan[student]) if plan[student] else len(own))
    return tuple(key)

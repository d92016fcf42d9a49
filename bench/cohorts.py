"""Made-up intakes for the placement benchmark: tracks of three hosts, seats per host and period."""

from collections.abc import Sequence
from math import ceil
from random import Random

from mobility_tracks.placement import (
    Group,
    Option,
    Policy,
    PolicyKind,
    Problem,
    Rule,
    Seats,
    Stay,
    Student,
)

COUNTRIES = ("FR", "ES", "PL", "SI", "DE", "IT", "NL", "SE")
ELSEWHERE = ("IN", "BR", "NG", "VN")
PERIODS = ("s1", "s2", "s3")
RANKED = 5  # of the tracks, by each student
LEAST = Policy(PolicyKind.LEAST_DISSATISFACTION, exponent=2)
ABROAD = Rule("abroad", "not_residence_country", sentence="No stay in the country of residence.")


def intake(
    students: int, tracks: int, *, seed: str = "bench", policy: Policy = LEAST, room: float = 1.1
) -> Problem:
    """Everybody may start anywhere but at home; seats are per host and period, `room` times what an
    even spread needs; the two tracks most alike in seats stay within a tenth of each other."""
    chance = Random(f"{seed}-{students}-{tracks}")
    ways = _ways(chance, tracks)
    options = tuple(Option(f"t{n:02}", _stays(way), Seats(students)) for n, way in enumerate(ways))
    ids = tuple(option.id for option in options)
    even = Group("even", ids[:2], tolerance=max(1, students // (10 * tracks)))
    dear = [chance.random() for _ in ids]
    return Problem(
        students=tuple(_student(chance, n, options, dear) for n in range(students)),
        options=options,
        policy=policy,
        seed=seed,
        rules=(ABROAD,),
        groups=(*_shared(ids, ways, students, room), even),
    )


def imesc(seed: str, students: int = 30) -> Problem:
    """The third semester of i-MESC: Warsaw and Toulouse behind everybody, three groups as equal as
    can be ahead, mandatory mobility; a few residents of Poland and France."""
    chance = Random(seed)
    sites = (("bilbao", "ES"), ("ljubljana", "SI"), ("amiens", "FR"))
    behind = (Stay("s1", "warsaw", "PL", year=1), Stay("s2", "toulouse", "FR", year=1))
    ids = tuple(site for site, _ in sites)
    return Problem(
        students=tuple(
            Student(
                f"p{n:02}",
                tuple((site,) for site in sorted(ids, key=lambda _: chance.random())),
                residence_country=chance.choice(("PL", "FR", *ELSEWHERE * 3)),
                merit=chance.randrange(100_000),
                visited=behind,
            )
            for n in range(students)
        ),
        options=tuple(
            Option(site, (Stay("s3", site, country, year=2),), Seats(ceil(students / 3), 5))
            for site, country in sites
        ),
        policy=LEAST,
        seed=seed,
        rules=(Rule("mobility", "mandatory_mobility"),),
        groups=(Group("equal", ids, tolerance=1),),
    )


def _ways(chance: Random, tracks: int) -> list[tuple[int, ...]]:
    hosts = max(4, tracks // 3)
    found: list[tuple[int, ...]] = []
    while len(found) < tracks:
        way = tuple(chance.randrange(hosts) for _ in PERIODS)
        if len({host % len(COUNTRIES) for host in way}) > 1:
            found.append(way)
    return found


def _stays(way: Sequence[int]) -> tuple[Stay, ...]:
    return tuple(
        Stay(period, f"H{host:02}", COUNTRIES[host % len(COUNTRIES)])
        for period, host in zip(PERIODS, way, strict=True)
    )


def _shared(
    ids: Sequence[str], ways: Sequence[Sequence[int]], students: int, room: float
) -> list[Group]:
    """One group for each host and period, of the tracks that pass there."""
    groups = []
    for period, name in enumerate(PERIODS):
        for host in sorted({way[period] for way in ways}):
            through = tuple(i for i, way in zip(ids, ways, strict=True) if way[period] == host)
            seats = Seats(ceil(room * students * len(through) / len(ids)))
            groups.append(Group(f"H{host:02} {name}", through, seats))
    return groups


def _student(
    chance: Random, number: int, options: Sequence[Option], dear: Sequence[float]
) -> Student:
    """Wishes as they are: some tracks are dear to most. Merit is a mark out of 100,000."""
    residence = chance.choice((*COUNTRIES, *ELSEWHERE * 2))
    able = [n for n, option in enumerate(options) if residence not in option.countries]
    wished = sorted(able, key=lambda n: dear[n] * chance.random())[:RANKED]
    return Student(
        f"p{number:04}",
        tuple((options[n].id,) for n in wished),
        residence_country=residence,
        merit=chance.randrange(100_000),
    )

"""Every way along a path: one offering chosen at each step, roles kept to one host."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from mobility_tracks.checking.course import Course, Stay
from mobility_tracks.checking.paths import Path, yields
from mobility_tracks.checking.people import Person
from mobility_tracks.programme.rules import Audience

# What a report can try in a second; a larger programme is tried as far as this, and says so.
MOST_WAYS = 20_000


@dataclass(frozen=True, slots=True)
class Way:
    """A sequence of stays, in the order of study. `path`: the code of the path it belongs to."""

    path: str
    stays: tuple[Stay, ...]
    only_for: tuple[Audience, ...] = ()
    exempt_from: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()

    @property
    def ects(self) -> Decimal:
        return sum((stay.ects for stay in self.stays), Decimal(0))

    @property
    def countries(self) -> tuple[str, ...]:
        """Each country once, in the order of study."""
        return tuple(dict.fromkeys(stay.country for stay in self.stays if stay.country))

    def passes(self, offering: str) -> bool:
        return any(stay.offering == offering for stay in self.stays)

    def is_for(self, person: Person) -> bool:
        """Or may be, where that depends on what nobody knows."""
        return all(person.is_among(audience) is not False for audience in self.only_for)


def how_many(path: Path) -> int:
    """How many choices the steps allow together, before roles and rules."""
    return prod(len(step) for step in path.steps)


def ways_of(
    course: Course, path: Path, *, intake: str | None = None, given: Collection[str] = ()
) -> Iterator[Way]:
    """The ways along a path; with the key of an `intake`, those that are offered to it, or by
    offerings that were `given` to a student whatever they are for."""
    steps = [
        [key for key in step if key in given or _is_offered(course, key, intake)]
        for step in path.steps
    ]
    for keys in product(*steps):
        stays = tuple(course.stays[key] for key in keys)
        if all(_one_host(stays, role.periods) for role in path.roles):
            taken = [(key,) for key in keys]
            degrees = (d.key for d in course.version.degrees if yields(path.code, taken, d))
            yield Way(path.code, stays, path.only_for, path.exempt_from, tuple(degrees))


def _is_offered(course: Course, key: str, intake: str | None) -> bool:
    intakes = course.offerings[key].intakes
    return intake is None or not intakes or intake in intakes


def _one_host(stays: tuple[Stay, ...], periods: tuple[str, ...]) -> bool:
    return len({stay.host for stay in stays if stay.period in periods}) <= 1

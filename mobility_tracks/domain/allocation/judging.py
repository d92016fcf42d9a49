"""What a version's rules say of a student in an option, by the checker: over whole ways. Pure.

A way is one that the course allows, agrees with the student's stays so far and passes the option; of
a track, one along it. A rule closes the option where it refuses every such way; of rules that do not,
the fewest that leave no way together close it too. What cannot be judged closes nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from mobility_tracks.checking import (
    Course,
    Open,
    Path,
    Person,
    Way,
    as_offered,
    judge,
    paths_of,
    ways_of,
)
from mobility_tracks.checking.course import Bound
from mobility_tracks.checking.people import ELSEWHERE, countries_of
from mobility_tracks.checking.ways import MOST_WAYS
from mobility_tracks.domain.allocation.closing import Against, Closing, Said, closings_of

# Of all students together, so seats and groups of the round hold to them.
TOGETHER = ("balance", "enough_students", "when_full")


class Judging:
    """Of one course; what was said is kept by path so far, option and residence. `intake`: its key,
    so that what is offered to others alone is no way; None to leave that aside."""

    def __init__(self, course: Course, *, intake: str | None = None) -> None:
        self.course = course
        self._intake = intake
        self.rules = dict(_named(course.rules))
        paths = paths_of(course)
        self._tracks = {path.code: (path,) for path in paths}
        self._paths = _by_offering(paths or as_offered(course))
        untold = (replace(p, exempt_from=_only_tracks(course)) for p in as_offered(course))
        self._untold = _by_offering(untold)
        self._slots = {key: stay.slot for key, stay in course.stays.items()}
        self._usual = {self._slots[key] for key in self._paths}
        self._order = {period.key: place for place, period in enumerate(course.version.periods)}
        self._told_apart = countries_of(course)
        self._said: dict[tuple[str, frozenset[str], str, str], Said] = {}
        self._leading: dict[tuple[frozenset[str], str, str, str], frozenset[str]] = {}

    def leads(
        self, taken: Collection[str], period: str, residence: str, *, track: str = ""
    ) -> frozenset[str]:
        """Offerings of the period that a track leads to, for who has taken these offerings in other
        periods; or this `track` alone. None: the board put the student on a path that no track
        describes."""
        person = self._person(residence)
        offered = (o.key for o in self.course.version.offerings if o.period == period)
        there = (
            (o, self._ways(self._paths_by(o, track), [*taken, o], person, given=taken))
            for o in offered
        )
        return self._leads((frozenset(taken), period, track, person.residence), there)

    def fitting(self, taken: Collection[str], residence: str) -> frozenset[str]:
        """Tracks that who has taken these offerings can still go. None: as for `leads`."""
        person = self._person(residence)
        there = (
            (code, self._ways(path, taken, person, given=taken))
            for code, path in self._tracks.items()
        )
        return self._leads((frozenset(taken), "", "", person.residence), there)

    def _leads(
        self,
        key: tuple[frozenset[str], str, str, str],
        there: Iterable[tuple[str, Iterator[Way]]],
    ) -> frozenset[str]:
        if key not in self._leading:
            self._leading[key] = frozenset(
                code for code, ways in there if next(ways, None) is not None
            )
        return self._leading[key]

    def _paths_by(self, option: str, track: str) -> Iterable[Path]:
        paths = self._paths.get(option, ())
        return [path for path in paths if path.code == track] if track else paths

    def said(self, taken: Collection[str], option: str, residence: str, *, track: str = "") -> Said:
        """Of an option for who has taken these offerings in other periods, and goes this track where
        it leads there. `residence`: ISO 3166-1."""
        person = self._person(residence)
        key = track, frozenset(taken), option, person.residence
        if key not in self._said:
            ways = self._ways_or_any(taken, option, person, track)
            self._said[key] = self._judged(ways, person, lambda _id: True)
        return self._said[key]

    def said_of_track(self, taken: Collection[str], track: str, residence: str) -> Said:
        """Of a track for who has taken these offerings already."""
        person = self._person(residence)
        key = track, frozenset(taken), "", person.residence
        if key not in self._said:
            ways = self._ways(self._tracks.get(track, ()), taken, person, given=taken)
            self._said[key] = self._judged(ways, person, lambda _id: True)
        return self._said[key]

    def firm(
        self, taken: Collection[str], option: str, residence: str, yields: Collection[str]
    ) -> tuple[Closing, ...]:
        """What closes the option though these rules give way."""
        person = self._person(residence)
        ways = self._ways_or_any(taken, option, person)
        return self._judged(ways, person, lambda id_: id_ not in yields).closings

    def _person(self, residence: str) -> Person:
        """Nobody here knows funding or category; residents of countries that no rule tells apart
        are one."""
        home = residence if residence in self._told_apart else ELSEWHERE
        return Person(home, category=None, funding=None)

    def _judged(self, ways: Iterable[Way], person: Person, holds: Callable[[str], bool]) -> Said:
        rules = {
            id_: bound
            for id_, bound in self.rules.items()
            if holds(id_) and bound.rule.kind not in TOGETHER
        }
        refusals: list[Against] = []
        for way in islice(ways, MOST_WAYS):
            against, unsettled = _try(way, person, rules)
            if not against:
                return Said(unsettled=unsettled)
            refusals.append(against)
        is_whole = 0 < len(refusals) < MOST_WAYS
        return Said(tuple(closings_of(refusals))) if is_whole else Said()

    def _ways_or_any(
        self, taken: Collection[str], option: str, person: Person, track: str = ""
    ) -> Iterator[Way]:
        """Off the track by any other; off all tracks, any host of each other period completes the
        way."""
        stays = [*taken, option]
        own = self._paths_by(option, track) if track else ()
        for paths in (own, self._paths.get(option, ()), self._untold.get(option, ())):
            found = self._ways(paths, stays, person, given=stays)
            first = next(found, None)
            if first is not None:
                yield first
                yield from found
                return

    def _ways(
        self,
        paths: Iterable[Path],
        stays: Collection[str],
        person: Person,
        *,
        given: Collection[str],
    ) -> Iterator[Way]:
        """Those along the paths that pass these offerings; one that no path has stands beside. What
        is `given` need not be offered to the intake."""
        for path in paths:
            along = path.along(stays, self._slots)
            if along is None:
                continue
            passed = {self._slots[key] for step in along.steps for key in step}
            beside = [self.course.stays[key] for key in stays if self._slots[key] not in passed]
            if any(stay.slot in self._usual for stay in beside):
                continue  # a track for who enters later, say
            for way in ways_of(self.course, along, intake=self._intake, given=given):
                if way.is_for(person):
                    whole = sorted((*way.stays, *beside), key=lambda s: self._order[s.period])
                    yield replace(way, stays=tuple(whole)) if beside else way


def _named(rules: Sequence[Bound]) -> Iterator[tuple[str, Bound]]:
    """Each with its key in the rows; of several with one key, the later ones are numbered."""
    seen: Counter[str] = Counter()
    for bound in rules:
        key = f"{bound.offering}.{bound.rule.key}" if bound.offering else bound.rule.key
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}#{seen[key]}", bound


def _by_offering(paths: Iterable[Path]) -> Mapping[str, list[Path]]:
    """The paths that pass an offering, or may."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        for key in dict.fromkeys(key for step in path.steps for key in step):
            found.setdefault(key, []).append(path)
    return found


def _only_tracks(course: Course) -> tuple[str, ...]:
    """Rules that would refuse every way off the tracks, whatever the student did."""
    return tuple(r.key for r in course.version.rules if r.kind == "only_tracks")


def _try(way: Way, person: Person, rules: dict[str, Bound]) -> tuple[Against, frozenset[str]]:
    against, unsettled = {}, set()
    for id_, bound in rules.items():
        found = judge(bound, way, person)
        if isinstance(found, Open):
            unsettled.add(id_)
        elif found:
            against[id_] = found
    return against, frozenset(unsettled)

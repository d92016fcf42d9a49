"""The checker: all ways of a version tried by all kinds of student, and what comes out.

Two findings make a version unfit to be published: a rule that no way keeps whoever goes it, and a
track that nobody at all can complete. Everything else is told, for people to weigh.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from mobility_tracks.checking.course import Bound, Course
from mobility_tracks.checking.judges import OTHERS, judge
from mobility_tracks.checking.paths import Path, as_offered, paths_of
from mobility_tracks.checking.people import Person, kinds_of
from mobility_tracks.checking.spelling import number
from mobility_tracks.checking.verdicts import Open, Verdict
from mobility_tracks.checking.ways import MOST_WAYS, Way, how_many, ways_of


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a track's ways a kind of student may go; `why`: the rules met on the others."""

    person: Person
    open: int
    ways: int
    why: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackReport:
    """A path with its ways. `least`, `most`: ECTS; `degrees`: keys, with how many ways lead there."""

    path: Path
    ways: int
    least: Decimal
    most: Decimal
    degrees: tuple[tuple[str, int], ...]
    cells: tuple[Cell, ...]

    @property
    def is_dead(self) -> bool:
        """Nobody can complete it."""
        return not any(cell.open for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RuleReport:
    """A rule over all ways: kinds of student that it leaves without a single one, and an example
    of its verdict. `settled`: who decides, where no way can tell. `ways`: how many it concerns."""

    bound: Bound
    ways: int
    unserved: tuple[Person, ...] = ()
    example: Verdict | None = None
    settled: str = ""
    breaks_all: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`tried` of `ways` ways were tried. `unserved`: kinds of student whom no way serves under all
    rules together. `faults`: sentences that forbid publishing."""

    tracks: tuple[TrackReport, ...]
    rules: tuple[RuleReport, ...]
    people: tuple[Person, ...]
    ways: int
    tried: int
    unserved: tuple[Person, ...]
    faults: tuple[str, ...] = ()


@dataclass
class _Tally:
    """Of one rule: by person, how many ways it concerns and how many it refuses."""

    concerned: Counter[int] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    example: Verdict | None = None
    needs: str = ""


def check(course: Course, *, intake: str = "") -> Report:
    """Raises TooManyPathsError where transitions make more than people could choose among."""
    return _Check(course, intake).report()


class _Check:
    def __init__(self, course: Course, intake: str) -> None:
        self.course = course
        self.people = kinds_of(course)
        self.paths = paths_of(course) or as_offered(course)
        self.intake = intake
        self.tallies = [_Tally() for _ in course.rules]
        self.tried = 0

    def report(self) -> Report:
        tracks = tuple(self._track(path) for path in self.paths)
        rules = tuple(self._rules())
        return Report(
            tracks=tracks,
            rules=rules,
            people=tuple(self.people),
            ways=sum(map(how_many, self.paths)),
            tried=self.tried,
            unserved=tuple(self._unserved(tracks)),
            faults=tuple(_faults(tracks, rules)),
        )

    def _track(self, path: Path) -> TrackReport:
        room = MOST_WAYS - self.tried
        ways = list(islice(ways_of(self.course, path, intake=self.intake or None), max(room, 0)))
        self.tried += len(ways)
        credits_ = [way.ects for way in ways] or [Decimal(0)]
        degrees = Counter(key for way in ways for key in way.degrees)
        return TrackReport(
            path=path,
            ways=len(ways),
            least=min(credits_),
            most=max(credits_),
            degrees=tuple(degrees.items()),
            cells=tuple(self._cell(number_, ways) for number_ in range(len(self.people))),
        )

    def _cell(self, number_: int, ways: list[Way]) -> Cell:
        person, count = self.people[number_], 0
        why: dict[str, Verdict] = {}
        for way in ways:
            refusals = [*self._try(number_, way)]
            count += not refusals and way.is_for(person)
            for verdict in refusals:
                why.setdefault(verdict.rule, verdict)
        return Cell(person, count, len(ways), tuple(why.values()))

    def _try(self, number_: int, way: Way) -> Iterator[Verdict]:
        person = self.people[number_]
        for bound, tally in zip(self.course.rules, self.tallies, strict=True):
            found = judge(bound, way, person)
            if isinstance(found, Open):
                tally.needs = tally.needs or found.needs
            elif person.is_among(bound.rule.only_for):
                tally.concerned[number_] += 1
            if isinstance(found, Verdict):
                tally.refused[number_] += 1
                tally.example = tally.example or found
                yield found

    def _rules(self) -> Iterator[RuleReport]:
        for bound, tally in zip(self.course.rules, self.tallies, strict=True):
            whom = [n for n in range(len(self.people)) if tally.concerned[n]]
            lost = [n for n in whom if tally.refused[n] == tally.concerned[n]]
            yield RuleReport(
                bound=bound,
                ways=max(tally.concerned.values(), default=0),
                unserved=tuple(self.people[n] for n in lost),
                example=tally.example,
                settled=OTHERS.get(bound.rule.kind, tally.needs and f"needs {tally.needs}"),
                breaks_all=bool(whom) and lost == whom and not bound.offering,
            )

    def _unserved(self, tracks: Iterable[TrackReport]) -> Iterator[Person]:
        for number_, person in enumerate(self.people):
            if not any(track.cells[number_].open for track in tracks):
                yield person


def _faults(tracks: Iterable[TrackReport], rules: Iterable[RuleReport]) -> Iterator[str]:
    for rule in rules:
        if rule.breaks_all and rule.example:
            told = rule.bound.rule
            yield f"Rule {told.key}: no path keeps it. {told.sentence} Here: {rule.example.fact}."
    for track in tracks:
        if track.is_dead and track.ways:
            rules_met = dict.fromkeys(v.rule for cell in track.cells for v in cell.why)
            told_rules = " ".join(rules_met) or "It is for nobody that the rules tell apart."
            ways = number(track.ways, "way")
            yield f"Track {track.path.code}: nobody can go its {ways}. {told_rules}"

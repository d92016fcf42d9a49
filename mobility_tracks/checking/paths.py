"""Every path of a version: named tracks, tracks that follow others, paths along transitions.

A path is a sequence of steps, each the offerings of one period among which the host is chosen.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mobility_tracks.checking.course import STOPS, Course
from mobility_tracks.programme.curriculum import Degree, Offering, Track, TrackRole, Version
from mobility_tracks.programme.rules import Audience

Step = tuple[str, ...]
MOST_PATHS = 200


class TooManyPathsError(ValueError):
    """Transitions make more paths than anybody could choose among."""


@dataclass(frozen=True, slots=True)
class Path:
    """A track to be. `awards`: station codes whose degree it yields; `degrees`: their keys.

    `roles` name periods that share one host; `only_for` whom the whole path is for; `exempt_from`
    the version's rules that do not hold on it.
    """

    code: str
    title: str
    steps: tuple[Step, ...]
    roles: tuple[TrackRole, ...] = ()
    only_for: tuple[Audience, ...] = ()
    exempt_from: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()

    def along(self, taken: Collection[str], slots: Mapping[str, str]) -> "Path | None":
        """The path for who takes these offerings; None where it leads elsewhere in a period that it
        has. `slots`: by offering, the period on the programme's top level."""
        steps = list(self.steps)
        for offering in taken:
            slot = slots[offering]
            there = [n for n, step in enumerate(steps) if slot in map(slots.__getitem__, step)]
            fits = [n for n in there if offering in steps[n]]
            if there and not fits:
                return None
            for number in fits[:1]:
                steps[number] = (offering,)
        return replace(self, steps=tuple(steps))

    def among(self, offerings: Collection[str]) -> "Path":
        """The path with these offerings alone; a step that has none of them is left out."""
        steps = (tuple(key for key in step if key in offerings) for step in self.steps)
        return replace(self, steps=tuple(step for step in steps if step))


def paths_of(course: Course) -> list[Path]:
    """Raises TooManyPathsError where transitions make more than MOST_PATHS."""
    version, names = course.version, _Names(course)
    paths = [*_named(version), *_generated(version, names)]
    return [_with_degrees(path, version, names) for path in paths]


def as_offered(course: Course) -> list[Path]:
    """Where no track or transition says more: any offering of each period in turn."""
    slots = [p for p in course.version.periods if p.parent is None and p.kind in STOPS]
    steps = [tuple(k for k, o in course.offerings.items() if o.period == p.key) for p in slots]
    if not any(steps):
        return []
    return [Path("as-offered", "Any host of each period", tuple(filter(None, steps)))]


class _Names:
    """What generated paths are called by."""

    def __init__(self, course: Course) -> None:
        self.offerings, self.hosts, self.periods = course.offerings, course.hosts, course.periods

    def code(self, offering: Offering) -> str:
        return self.hosts[offering.host].station.lower() if offering.host else "outside"

    def city(self, offering: Offering) -> str:
        return self.hosts[offering.host].city if offering.host else offering.outside or ""

    def is_thesis(self, key: str) -> bool:
        return self.periods[self.offerings[key].period].kind == "thesis"


def _named(version: Version) -> Iterator[Path]:
    """Tracks that others continue are parts of paths, not paths."""
    tracks = {track.key: track for track in version.tracks}
    continued = {key for track in version.tracks for key in track.follows}
    for track in version.tracks:
        if track.key not in continued:
            yield from _whole(track, tracks)


def _whole(track: Track, tracks: dict[str, Track]) -> Iterator[Path]:
    only_for = (track.only_for,) if track.only_for else ()
    if not track.follows:
        yield Path(track.key, track.name, track.steps, track.roles, only_for, track.exempt_from)
    for key in track.follows:
        for before in _whole(tracks[key], tracks):
            yield Path(
                code=f"{before.code}--{track.key}",
                title=f"{before.title}, {track.name}",
                steps=before.steps + track.steps,
                roles=before.roles + track.roles,
                only_for=before.only_for + only_for,
                exempt_from=before.exempt_from + track.exempt_from,
            )


def _generated(version: Version, names: _Names) -> Iterator[Path]:
    onward: dict[str, Step] = {}
    for transition in version.transitions:
        onward[transition.after] = (*onward.get(transition.after, ()), *transition.then)
    reached = {key for then in onward.values() for key in then}
    walks = (walk for start in onward if start not in reached for walk in _walks((start,), onward))
    taken: set[str] = set()
    for steps in _merged(walks, names):
        firsts = [names.offerings[step[0]] for step in steps if len(step) == 1]
        code = "-".join(map(names.code, firsts))
        if code in taken:
            code = "-".join(offering.key for offering in firsts)
        taken.add(code)
        yield Path(code, ", ".join(map(names.city, firsts)), steps)


def _walks(walk: Step, onward: dict[str, Step]) -> Iterator[Step]:
    """Every way from where `walk` has come to an offering that leads nowhere further."""
    then = onward.get(walk[-1], ())
    if not then:
        yield walk
    for key in then:
        yield from _walks((*walk, key), onward)


def _merged(walks: Iterable[Step], names: _Names) -> list[tuple[Step, ...]]:
    """Walks that differ in the host of the thesis alone are one path with a choice at its end."""
    ends: dict[Step, list[str]] = {}
    for number, walk in enumerate(walks):
        has_thesis = len(walk) > 1 and names.is_thesis(walk[-1])
        ends.setdefault(walk[:-1] if has_thesis else walk, []).extend(walk[-1:] * has_thesis)
        if len(ends) > MOST_PATHS or number > MOST_PATHS * 50:
            raise TooManyPathsError
    return [
        (*((key,) for key in walk), *((tuple(theses),) if theses else ()))
        for walk, theses in ends.items()
    ]


def _with_degrees(path: Path, version: Version, names: _Names) -> Path:
    yielded = [degree for degree in version.degrees if yields(path.code, path.steps, degree)]
    codes = (names.hosts[key].station for degree in yielded for key in degree.awarded_by)
    keys = tuple(degree.key for degree in yielded)
    return replace(path, awards=tuple(dict.fromkeys(codes)), degrees=keys)


def yields(code: str, steps: Iterable[Step], degree: Degree) -> bool:
    """Whatever is chosen on it: a step with a host that does not lead to the degree is no promise."""
    on_track = not degree.tracks or any(key in code.split("--") for key in degree.tracks)
    through = set(degree.through)
    return on_track and (not through or any(through.issuperset(step) for step in steps))

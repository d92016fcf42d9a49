"""Every path of a version: named tracks, tracks that follow others, paths along transitions.

A path is a sequence of steps, each the offerings of one period among which the host is chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from consortium.errors import Invalid
from mobility_tracks.programme.curriculum import Degree, Offering, Track, Version
from mobility_tracks.programme.document import Document

Step = tuple[str, ...]
MOST_PATHS = 200


@dataclass(frozen=True, slots=True)
class Path:
    """A track to be. `awards`: station codes whose degree it yields."""

    code: str
    title: str
    steps: tuple[Step, ...]
    awards: tuple[str, ...] = ()


def paths_of(document: Document, version: Version) -> list[Path]:
    """Raises Invalid where transitions make more paths than anybody could choose among."""
    hosted = _Hosted(document, version)
    paths = [*_named(version, hosted), *_generated(version, hosted)]
    return [replace(path, awards=_awards(path, version, hosted)) for path in paths]


class _Hosted:
    """Offerings by key, without those that have no host: nobody can be placed there by name."""

    def __init__(self, document: Document, version: Version) -> None:
        self.offerings = {o.key: o for o in version.offerings if o.host is not None}
        self.stations = {p.organisation: p.station.code for p in document.partnerships}
        self._cities = {o.key: o.city for o in document.organisations}
        self._kinds = {p.key: p.kind for p in version.periods}

    def among(self, keys: Iterable[str]) -> Step:
        return tuple(key for key in keys if key in self.offerings)

    def code(self, offering: Offering) -> str:
        return self.stations[offering.host or ""].lower()

    def city(self, offering: Offering) -> str:
        return self._cities[offering.host or ""]

    def is_thesis(self, key: str) -> bool:
        return self._kinds[self.offerings[key].period] == "thesis"


def _named(version: Version, hosted: _Hosted) -> Iterator[Path]:
    """Tracks that others continue are parts of paths, not paths."""
    tracks = {track.key: track for track in version.tracks}
    continued = {key for track in version.tracks for key in track.follows}
    for track in version.tracks:
        if track.key not in continued:
            yield from _whole(track, tracks, hosted)


def _whole(track: Track, tracks: dict[str, Track], hosted: _Hosted) -> Iterator[Path]:
    steps = tuple(step for step in map(hosted.among, track.steps) if step)
    if not track.follows:
        yield Path(track.key, track.name, steps)
    for key in track.follows:
        for before in _whole(tracks[key], tracks, hosted):
            title = f"{before.title}, {track.name}"
            yield Path(f"{before.code}--{track.key}", title, before.steps + steps)


def _generated(version: Version, hosted: _Hosted) -> Iterator[Path]:
    onward = {
        t.after: hosted.among(t.then) for t in version.transitions if t.after in _keys(hosted)
    }
    reached = {key for then in onward.values() for key in then}
    walks = [walk for start in onward if start not in reached for walk in _walks((start,), onward)]
    merged = _merged(walks, hosted)
    taken: set[str] = set()
    for steps in merged:
        firsts = [hosted.offerings[step[0]] for step in steps if len(step) == 1]
        code = "-".join(map(hosted.code, firsts))
        if code in taken:
            code = "-".join(offering.key for offering in firsts)
        taken.add(code)
        yield Path(code, ", ".join(map(hosted.city, firsts)), steps)


def _keys(hosted: _Hosted) -> frozenset[str]:
    return frozenset(hosted.offerings)


def _walks(walk: Step, onward: dict[str, Step]) -> Iterator[Step]:
    """Every way from where `walk` has come to an offering that leads nowhere further."""
    then = onward.get(walk[-1], ())
    if not then:
        yield walk
    for key in then:
        yield from _walks((*walk, key), onward)


def _merged(walks: Iterable[Step], hosted: _Hosted) -> list[tuple[Step, ...]]:
    """Walks that differ in the host of the thesis alone are one path with a choice at its end."""
    ends: dict[Step, list[str]] = {}
    for number, walk in enumerate(walks):
        has_thesis = len(walk) > 1 and hosted.is_thesis(walk[-1])
        ends.setdefault(walk[:-1] if has_thesis else walk, []).extend(walk[-1:] * has_thesis)
        if len(ends) > MOST_PATHS or number > MOST_PATHS * 50:
            raise Invalid(
                _("A version has at most %(n)d paths.") % {"n": MOST_PATHS},
                fact=_("The transitions in the file make more."),
                next_step=_("Name the tracks, or leave transitions out."),
            )
    return [
        (*((key,) for key in walk), *((tuple(theses),) if theses else ()))
        for walk, theses in ends.items()
    ]


def _awards(path: Path, version: Version, hosted: _Hosted) -> tuple[str, ...]:
    yielded = [degree for degree in version.degrees if _yields(path, degree)]
    codes = (hosted.stations[key] for degree in yielded for key in degree.awarded_by)
    return tuple(dict.fromkeys(codes))


def _yields(path: Path, degree: Degree) -> bool:
    """Whatever is chosen on it: a step with a host that does not lead to the degree is no promise."""
    parts = path.code.split("--")
    on_track = not degree.tracks or any(key in parts for key in degree.tracks)
    through = set(degree.through)
    return on_track and (not through or any(through.issuperset(step) for step in path.steps))

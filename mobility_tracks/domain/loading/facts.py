"""What a version says beyond its rows, as JSON: public, so without notes and assumptions.

Keys are those of the file: of periods, offerings, rules and degrees, which their rows and records
carry as codes. Credits are numbers.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from mobility_tracks.checking import Course, Path, paths_of
from mobility_tracks.programme.curriculum import Degree, Offering, Period, Track, Version
from mobility_tracks.programme.document import Document
from mobility_tracks.programme.rules import Audience

Json = Any


def study(document: Document, version: Version) -> dict[str, Json]:
    """How one studies. Raises TooManyPathsError where transitions make too many tracks."""
    teller = _Teller(document, version)
    return {
        "registration": version.registration or "",
        "specialisations": [
            {
                "key": one.key,
                "name": one.name,
                "begins": one.begins or "",
                "certificate": one.certificate,
            }
            for one in version.specialisations
        ],
        "optional": [period.key for period in version.periods if period.optional],
        "overlaps": {p.key: list(p.overlaps) for p in version.periods if p.overlaps},
        "choices": {p.key: _choice(p) for p in version.periods if p.choice},
        "offerings": {o.key: told for o in version.offerings if (told := teller.beside(o))},
        "outside": [teller.outside(o) for o in version.offerings if o.host is None],
        "tracks": {
            path.code: teller.track(path) for path in paths_of(Course.of(document, version))
        },
    }


class _Teller:
    def __init__(self, document: Document, version: Version) -> None:
        self.version = version
        self.names = {one.key: one.name for one in document.organisations}
        self.codes = {told.organisation: told.station.code for told in document.partnerships}
        self.intakes = {intake.key: intake.name for intake in document.intakes}
        self.branches = {one.key: one.name for one in version.specialisations}
        self.chains = dict(_chains(version.tracks))

    def beside(self, offering: Offering) -> dict[str, Json]:
        """What an offering says that its row does not hold; nothing where that is all."""
        shared = [
            {
                "code": self.codes.get(each.organisation, ""),
                "name": self.names[each.organisation],
                "part": each.part,
                "ects": _number(each.ects),
            }
            for each in offering.shared_with
        ]
        told: dict[str, Json] = {
            "shared_with": shared,
            "intakes": [self.intakes[key] for key in offering.intakes],
        }
        return {name: value for name, value in told.items() if value}

    def outside(self, offering: Offering) -> dict[str, Json]:
        """An offering that no partner hosts, and that therefore has no row."""
        return {
            "key": offering.key,
            "period": offering.period,
            "sentence": offering.outside or "",
            "specialisation": self.branches.get(offering.specialisation or "", ""),
            "language": offering.language,
            "ects": _number(offering.ects),
            "min_seats": offering.min_seats,
            "max_seats": offering.max_seats,
            **self.beside(offering),
        }

    def track(self, path: Path) -> dict[str, Json]:
        """`parts`: the named tracks it goes through. `perhaps`: degrees that depend on a choice."""
        chain = self.chains.get(path.code, ())
        branches = [self.branches[t.specialisation] for t in chain if t.specialisation]
        perhaps = [d.key for d in self.version.degrees if _may_lead(path, d)]
        return {
            "parts": [{"key": track.key, "name": track.name} for track in chain],
            "roles": [{"key": r.key, "periods": list(r.periods)} for r in path.roles],
            "only_for": [audience(each) for each in path.only_for],
            "specialisations": list(dict.fromkeys(branches)),
            "ects": next((_number(t.ects) for t in reversed(chain) if t.ects), None),
            "exempt_from": list(path.exempt_from),
            "degrees": list(path.degrees),
            "perhaps": [key for key in perhaps if key not in path.degrees],
        }


def _chains(tracks: Iterable[Track]) -> Iterable[tuple[str, tuple[Track, ...]]]:
    """By the code of its path, each track with those that it continues before it."""
    by_key = {track.key: track for track in tracks}

    def before(track: Track) -> Iterable[tuple[Track, ...]]:
        if not track.follows:
            yield (track,)
        for key in track.follows:
            yield from ((*chain, track) for chain in before(by_key[key]))

    for track in by_key.values():
        yield from (("--".join(each.key for each in chain), chain) for chain in before(track))


def _may_lead(path: Path, degree: Degree) -> bool:
    """Some choice on the path leads to the degree."""
    on_track = not degree.tracks or any(key in path.code.split("--") for key in degree.tracks)
    through = set(degree.through)
    return on_track and (not through or any(through & set(step) for step in path.steps))


def _choice(period: Period) -> dict[str, Json]:
    choice = period.choice
    assert choice is not None
    return {
        "asked_at": choice.asked_at,
        "period": choice.period or "",
        "settled_by": choice.settled_by,
        "merit_of": list(choice.merit_of),
    }


def audience(told: Audience) -> Mapping[str, Json]:
    """Whom a track is for; an empty list does not narrow."""
    return {
        "funding": list(told.funding),
        "categories": list(told.categories),
        "residence": list(told.residence),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value % 1 == 0 else float(value)

"""The structure of a version, from a file and from rows, in one form: compared, then written.

Structure is what students rely on once there is an intake: periods with their days and credits,
offerings with host and seats, tracks with their steps, rules with their parameters, degrees with
who awards them. Titles, sentences and order of display are words and may change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.checking import Path
from mobility_tracks.models import Offering, Period, ProgrammeVersion, Track, TrackStep
from mobility_tracks.programme.curriculum import Version

Fields = dict[str, Any]
RULE = ("kind", "parameters", "scope", "only_for", "board_may_override")
DEGREE = ("kind", "awarded_by", "tracks", "through")


@dataclass(frozen=True)
class Structure:
    """Parts by code. An offering names its host by organisation key, a step its period's code.

    A step without alternatives left open lists its offerings; an empty list means all the period's.
    """

    version: Fields
    periods: dict[str, Fields]
    offerings: dict[str, Fields]
    tracks: dict[str, Fields]
    rules: dict[str, Fields]
    degrees: dict[str, Fields]

    def differences(self, other: "Structure") -> Iterator[str]:
        """What `other` would change, in sentences."""
        yield from _between(_("the programme"), self.version, other.version)
        yield from _parts(_("period %s"), self.periods, other.periods)
        yield from _parts(_("offering %s"), self.offerings, other.offerings)
        yield from _parts(_("track %s"), self.tracks, other.tracks)
        yield from _parts(_("rule %s"), self.rules, other.rules)
        yield from _parts(_("degree %s"), self.degrees, other.degrees)


def _parts(noun: str, ours: Mapping[str, Fields], theirs: Mapping[str, Fields]) -> Iterator[str]:
    for code in [*ours, *(code for code in theirs if code not in ours)]:
        name = noun % code
        if code not in theirs:
            yield _("%(name)s is missing.") % {"name": name}
        elif code not in ours:
            yield _("%(name)s is new.") % {"name": name}
        else:
            yield from _between(name, ours[code], theirs[code])


def _between(name: str, ours: Fields, theirs: Fields) -> Iterator[str]:
    for key, before in ours.items():
        if before != theirs[key]:
            words = {
                "name": name,
                "key": key,
                "before": _short(before),
                "after": _short(theirs[key]),
            }
            yield _("%(name)s: %(key)s is %(before)s and would become %(after)s.") % words


def _short(value: Any) -> str:
    if value in (None, "", [], {}):
        return _("nothing")
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def described(version: Version, facts: Fields, paths: list[Path]) -> Structure:
    """The structure a file gives. `facts`: the version's row values, JSON included."""
    offerings = {o.key: o for o in version.offerings if o.host is not None}
    whole = {
        p.key: {o.key for o in offerings.values() if o.period == p.key} for p in version.periods
    }

    def step(keys: tuple[str, ...]) -> list[Any]:
        period = offerings[keys[0]].period
        is_open = len(keys) > 1 and set(keys) == whole[period]
        return [period, [] if is_open else sorted(keys)]

    return Structure(
        version={"ects": facts["ects"]},
        periods={
            told.key: {
                "position": position,
                "kind": told.kind,
                "parent": told.parent or "",
                "ects": told.ects or 0,
                "starts": str(told.starts),
                "ends": str(told.ends),
            }
            for position, told in enumerate(version.periods)
        },
        offerings={
            told.key: {
                "period": told.period,
                "host": told.host,
                "specialisation": _specialisation(version, told.specialisation),
                "language": told.language,
                "ects": told.ects,
                "min_seats": told.min_seats,
                "max_seats": told.max_seats,
            }
            for told in offerings.values()
        },
        tracks={
            path.code: {"steps": [step(keys) for keys in path.steps], "awards": list(path.awards)}
            for path in paths
        },
        rules=_by_key(facts["rules"], RULE),
        degrees=_by_key(facts["degrees"], DEGREE),
    )


def _specialisation(version: Version, key: str | None) -> str:
    return next((one.name for one in version.specialisations if one.key == key), "")


def _by_key(parts: list[Fields], names: tuple[str, ...]) -> dict[str, Fields]:
    return {part["key"]: {name: part[name] for name in names} for part in parts}


def standing(version: ProgrammeVersion) -> Structure:
    """The structure in the rows."""
    periods = Period.objects.filter(version=version).select_related("parent").order_by("position")
    offerings = Offering.objects.filter(period__version=version).select_related(
        "period", "host__institution"
    )
    tracks = Track.objects.filter(version=version).order_by("position")
    steps = steps_of(version)
    return Structure(
        version={"ects": version.ects},
        periods={
            row.code: {
                "position": row.position,
                "kind": row.kind,
                "parent": row.parent.code if row.parent else "",
                "ects": row.ects,
                "starts": row.starts,
                "ends": row.ends,
            }
            for row in periods
        },
        offerings={
            row.code: {
                "period": row.period.code,
                "host": row.host.institution.key,
                "specialisation": row.specialisation,
                "language": row.language,
                "ects": row.ects,
                "min_seats": row.min_seats,
                "max_seats": row.max_seats,
            }
            for row in offerings.order_by("period__position", "position")
        },
        tracks={
            row.code: {"steps": steps.get(row.code, []), "awards": row.awards} for row in tracks
        },
        rules=_by_key(version.rules, RULE),
        degrees=_by_key(version.degrees, DEGREE),
    )


def steps_of(version: ProgrammeVersion) -> dict[str, list[Any]]:
    """By track code, [period code, offering codes] in order; no offering means any of the period."""
    rows = TrackStep.objects.filter(track__version=version).order_by(
        "track__position", "period__position"
    )
    found: dict[str, dict[str, list[str]]] = {}
    for track, period, offering in rows.values_list(
        "track__code", "period__code", "offering__code"
    ):
        chosen = found.setdefault(track, {}).setdefault(period, [])
        chosen.extend([offering] if offering else [])
    return {
        track: [[period, sorted(keys)] for period, keys in steps.items()]
        for track, steps in found.items()
    }

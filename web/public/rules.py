"""The rules of the way as people read them: for whom, and what the board may decide. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.models import Offering, ProgrammeVersion
from web import phrases
from web.public import told


@dataclass(frozen=True, slots=True)
class Told:
    """A rule: its own sentence, its source, and what limits it."""

    sentence: str
    source: str
    says: tuple[str, ...]
    for_some: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """Those that hold for everybody, and those for some only."""

    everybody: list[Told]
    some: list[Told]


def of_version(
    version: ProgrammeVersion, offerings: Iterable[Offering], tracks: Mapping[str, str]
) -> Rules:
    """Rules of the whole way and of steps on it. `tracks`: titles by code, for the exempt ones."""
    names = {row.code: f"{row.period.title}, {row.host.institution.name}" for row in offerings}
    ways = told.facts(version).get("tracks", {})
    found = []
    for rule in version.rules:
        without = [tracks[code] for code in tracks if _is_exempt(ways.get(code), rule)]
        if rule["scope"] == "version":
            found.append(_told(rule, _except(without)))
        elif rule["scope"] == "transition":
            after = names.get(rule["of"], rule["of"])
            found.append(_told(rule, _("After %(offering)s.") % {"offering": after}))
    return Rules(
        everybody=[rule for rule in found if not rule.for_some],
        some=[rule for rule in found if rule.for_some],
    )


def of_offering(version: ProgrammeVersion, code: str) -> list[Told]:
    """When an offering opens, and what it asks for."""
    scopes = ("opens_when", "prerequisite")
    rows = (rule for rule in version.rules if rule["scope"] in scopes and rule["of"] == code)
    return [_told(rule) for rule in rows]


def _is_exempt(track: Mapping[str, Any] | None, rule: Mapping[str, Any]) -> bool:
    return track is not None and rule["key"] in track["exempt_from"]


def _except(tracks: list[str]) -> str:
    return _("Not on: %(tracks)s.") % {"tracks": "; ".join(tracks)} if tracks else ""


def _told(rule: Mapping[str, Any], *more: str) -> Told:
    whom = phrases.audience(rule.get("only_for"))
    board = _("The board may decide otherwise.") if rule.get("board_may_override") else ""
    says = tuple(each for each in (whom, *more, board) if each)
    return Told(rule["sentence"], rule.get("source", ""), says, bool(whom))

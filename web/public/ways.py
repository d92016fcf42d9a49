"""The tracks of a version, and what they have in common. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_tracks.models import ProgrammeVersion, Track
from web.lines import Line
from web.public import told
from web.stations import LineStop
from web.track_words import TrackWords

_MANY = 16  # of more tracks than this only the first stand open
_FIRST = 8


@dataclass(slots=True)
class Way:
    """A track: its stops, and what it says beside them."""

    track: Track
    stops: tuple[LineStop, ...]
    says: list[str]


@dataclass(slots=True)
class Ways:
    """`common`: what every track says. `levels`: how first and second parts go together."""

    shown: list[Way]
    folded: list[Way]
    common: list[str]
    levels: dict[str, Any] | None


def ways_of(version: ProgrammeVersion, lines: Sequence[Line], periods: Mapping[str, str]) -> Ways:
    """`periods`: titles by key."""
    words = TrackWords(version, periods)
    ways = [Way(line.track, line.stops, words.says(line.track)) for line in lines]
    common = _common(ways)
    for way in ways:
        way.says = [each for each in way.says if each not in common]
    levels = _levels(version, lines)
    shown = 0 if levels else len(ways) if len(ways) <= _MANY else _FIRST
    return Ways(ways[:shown], ways[shown:], common, levels)


def _common(ways: list[Way]) -> list[str]:
    if len(ways) < 2:
        return []
    return [each for each in ways[0].says if all(each in way.says for way in ways)]


def _levels(version: ProgrammeVersion, lines: Sequence[Line]) -> dict[str, Any] | None:
    """First parts as rows, second parts as columns: which go together. None without parts."""
    tracks = told.facts(version).get("tracks", {})
    chains = [tracks.get(line.track.code, {}).get("parts", []) for line in lines]
    pairs = [(chain[0]["name"], chain[-1]["name"]) for chain in chains if len(chain) > 1]
    if not pairs:
        return None
    onward = list(dict.fromkeys(last for _first, last in pairs))
    together = set(pairs)
    return {
        "columns": onward,
        "rows": [
            {"name": first, "cells": [(last, (first, last) in together) for last in onward]}
            for first in dict.fromkeys(first for first, _last in pairs)
        ],
    }

"""Words and anchors of the programme workshop."""

from collections.abc import Mapping
from typing import Any

from django import template

from mobility_tracks.checking import Person
from mobility_tracks.checking.report import Cell, TrackReport

register = template.Library()


@register.filter
def anchor(where: str) -> str:
    """The id of an entry on the workshop's page."""
    return where.replace("/", "-")


@register.filter
def last_key(where: str) -> str:
    return where.rsplit("/", 1)[-1]


@register.filter
def get(known: Mapping[str, Any], key: str) -> Any:
    """The value of a mapping under a key that a variable holds."""
    return known[key]


@register.filter
def short_person(person: Person) -> str:
    """For the head of a narrow column: PL, or emjm PL."""
    home = "…" if len(person.residence) > 2 else person.residence  # noqa: PLR2004 - ISO 3166-1 alpha-2
    return " ".join(filter(None, (person.funding or person.category, home)))


@register.filter
def closed_to(track: TrackReport) -> list[Cell]:
    """The kinds of student that none of the track's ways is open to."""
    return [cell for cell in track.cells if not cell.open]

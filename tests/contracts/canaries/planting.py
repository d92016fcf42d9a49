"""Unique markers in every text and file of two consortia and, in each, of two partners.

A marker is short enough for most columns and found in any answer by its shape. Where each lies is
kept, so that what an actor reads can be told to be theirs or somebody else's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.rowsecurity import registry
from tests.admission_world import open_call_world
from tests.contracts.canaries import apart
from tests.contracts.things import Cast, Things, scene
from tests.papers import PDF
from tests.world import World

MARKER = re.compile(r"zq[0-9]{6}x")
SIZE = 9
# Words that code goes by: keys, states, codes of stations and routes, addresses inside the house.
KEYS = frozenset(
    [
        "slug",
        "code",
        "reference",
        "state",
        "zone",
        "language",
        "token_digest",
        "sha256",
        "media_type",
        "file",
        "key",
        "seed",
        "hash",
        "fingerprint",
        "frozen_hash",
        "document_hash",
        "wall",
        "subject",
        "subject_id",
        "act",
        "event",
        "source",
        "target",
        "container",
        "request_id",
        "shape",
        "country",
        "nationality",
        "second_nationality",
        "residence_country",
        "degree_country",
        "website",
    ]
)
# What a consortium tells everybody.
PUBLIC = frozenset(
    [
        "Consortium",
        "Party",
        "Institution",
        "Partnership",
        "ProgrammeVersion",
        "Period",
        "Offering",
        "Track",
        "TrackStep",
        "Intake",
        "Call",
        "DocumentRequirement",
        "Criterion",
        "EligibilityRule",
    ]
)
CASTS = {
    ("emat", "lju"): Cast("lju", "amina@example.org", "AAAA-AAAA"),
    ("emat", "waw"): Cast("waw", "bela@example.org", "BBBB-BBBB"),
    ("arts", "lju"): Cast("lju", "cora@example.org", "CCCC-CCCC"),
    ("arts", "waw"): Cast("waw", "dragan@example.org", "DDDD-DDDD"),
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a marker lies: consortium, station (none for what is the consortium's), table, column."""

    slug: str
    station: str
    model: str
    column: str


@dataclass
class Field:
    """The planted world: markers with their homes, and what can be asked for in each scene."""

    homes: dict[str, Home] = field(default_factory=dict)
    scenes: dict[tuple[str, str], Things] = field(default_factory=dict)

    def marker(self, home: Home) -> str:
        made = f"zq{len(self.homes):06}x"
        self.homes[made] = home
        return made

    def marker_of(self, slug: str, station: str) -> apart.Marker:
        return lambda model, column: self.marker(Home(slug, station, model, column))

    def found(self, text: str) -> set[str]:
        """Markers of ours in a text."""
        return {each for each in MARKER.findall(text) if each in self.homes}


def plant(world: World, at: datetime) -> Field:
    """Write a scene for every partner of CASTS, then a marker into every text of every row."""
    planted = Field()
    opened = open_call_world(world)
    for (slug, station), cast in CASTS.items():
        account_for(cast.email, cast.email)
        before = _keys()
        planted.scenes[slug, station] = scene(world, opened[slug], at, cast)
        _mark(world, planted, slug, station, _keys() - before)
        apart.mark(cast.email, planted.marker_of(slug, station))
    for slug in world.consortia:
        _mark_rest(world, planted, slug)
    return planted


Key = tuple[str, Any]


# Kept apart from the office: the owner of the tables marks them (apart.py), inside their seals.
APART = frozenset(["NeedsCase", "NeedsStep", "Passport"])


def walled() -> Iterator[type[models.Model]]:
    yield from (model for model, _ in registry())


def _of_office() -> Iterator[type[models.Model]]:
    yield from (model for model in walled() if model._meta.object_name not in APART)


def _tenant(model: type[models.Model]) -> bool:
    return any(each.name == "consortium" for each in model._meta.local_fields)


def _keys() -> set[Key]:
    """(label, key) of every tenant row, as each consortium's own office sees them."""
    found: set[Key] = set()
    for world_slug in World().consortia:
        with acting(World().system(world_slug)):
            for model in _of_office():
                if _tenant(model):
                    found |= {
                        (model._meta.label, pk)
                        for pk in model._default_manager.order_by().values_list("pk", flat=True)
                    }
    return found


def _mark(world: World, planted: Field, slug: str, station: str, keys: set[Key]) -> None:
    with acting(world.system(slug)):
        for label, pk in sorted(keys, key=str):
            model = apps.get_model(label)
            row = model._default_manager.filter(pk=pk).first()
            if row is not None:
                _mark_row(planted, row, slug, station)


def _mark_rest(world: World, planted: Field, slug: str) -> None:
    """Rows that were there before the scenes: the consortium's own, and those of partners' people."""
    with acting(world.system(slug)):
        for model in _of_office():
            if not _tenant(model):
                continue
            for row in model._default_manager.filter(consortium_id=world.consortia[slug].pk):
                if not MARKER.search(" ".join(map(str, vars(row).values()))):
                    party = getattr(row, "party", None)
                    _mark_row(planted, row, slug, party.code.lower() if party else "")


def _mark_row(planted: Field, row: models.Model, slug: str, station: str) -> None:
    if _append_only(row):
        return
    changed: dict[str, Any] = {}
    for column in row._meta.local_concrete_fields:
        if column.name in KEYS or column.choices or column.primary_key:
            continue
        home = Home(slug, station, row._meta.object_name or "", column.name)
        if isinstance(column, models.FileField):
            _mark_file(planted, row, column, home)
        elif isinstance(column, models.JSONField):
            changed[column.name] = _inside(getattr(row, column.name), planted, home)
        elif _is_free_text(column):
            mail = "@example.net" if isinstance(column, models.EmailField) else ""
            changed[column.name] = planted.marker(home) + mail
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)


def _is_free_text(column: models.Field) -> bool:
    text = isinstance(column, models.CharField | models.TextField)
    return text and (column.max_length or SIZE) >= SIZE


def _append_only(row: models.Model) -> bool:
    """Written once and for all: no marker can be put there afterwards."""
    return any(model is type(row) and wall.append_only for model, wall in registry())


def _mark_file(planted: Field, row: models.Model, column: models.Field, home: Home) -> None:
    file = getattr(row, column.name)
    if file:
        default_storage.delete(file.name)
        marker = planted.marker(home)
        default_storage.save(file.name, ContentFile(PDF + f"\n% {marker}\n".encode()))


def _inside(value: Any, planted: Field, home: Home) -> Any:
    """A JSON value with a marker in each of its free texts."""
    if isinstance(value, dict):
        return {
            key: planted.marker(home)
            if isinstance(inside, str) and key in {"name", "title", "sentence", "text", "note"}
            else _inside(inside, planted, home)
            for key, inside in value.items()
        }
    if isinstance(value, list):
        return [_inside(each, planted, home) for each in value]
    return value

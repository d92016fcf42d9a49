"""Every cell of “Who sees what”, at the first wall alone and at the second alone.

The first is tried as the house, whose database role reads everything; the second with a bare
statement that no queryset has narrowed. Both must say what the table says, readable and not.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import ProgrammingError

from admissions.visibility import DOSSIERS
from consortium import visibility
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.lifecycle import Lifecycle
from consortium.register import DataClass, register
from mobility_tracks.visibility import STUDENTS, UNPLACED
from tests.contracts import sights

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

TABLES = (DOSSIERS, STUDENTS)
WRITERS = {"dossier": sights.dossier, "student": sights.student}
# Of no single applicant or student: the ranking of a whole call, read by whoever sees its rankings,
# and who of a host said how many it takes (docs/data.md).
OF_NOBODY = {
    ("admissions.RankingRun", "inputs"),
    ("mobility_tracks.SeatConfirmation", "confirmed_by_name"),
}


def states(table: visibility.Table) -> list[str]:
    return [state for stage in table.stages for state in sorted(stage.states)]


CELLS = [
    (table, wall, relation, state)
    for table in TABLES
    for wall in Wall
    for relation in table.relations(wall)
    for state in states(table)
]


@pytest.fixture
def opened(calls):
    return calls["emat"]


def at_the_first(
    house: Actor, actor: Actor, model: type[Model], pk: object, names: set[str]
) -> set[str]:
    """For which of the fields any action of the policy opens the row and loads it.

    house: whose database role reads everything; of what is kept apart nobody's does.
    """
    loaded: set[str] = set()
    for action in model.objects.all().policy.actions:
        if loaded == names:
            break
        with refused_is_none(), acting(house):
            row = model.objects.for_actor(actor, action).filter(pk=pk).first()
            if row is not None:
                # Left in the database until somebody asks, and asking is for who runs rounds.
                loaded |= {
                    name
                    for name in names
                    if (actor.may("run_rounds") if name == "result" else _loads(row, name))
                }
    return loaded


@contextmanager
def refused_is_none() -> Iterator[None]:
    """A refusal of the database's is the answer that nothing is there."""
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as refused:
        if "permission denied" not in str(refused):
            raise


def _loads(row: Model, name: str) -> bool:
    return row._meta.get_field(name).attname not in row.get_deferred_fields()


def at_the_second(actor: Actor, model: type[Model], pk: object, name: str) -> bool:
    """Whether the database role reads the column of the row, whatever the policy says."""
    column = model._meta.get_field(name).column
    sql = f"SELECT {column} FROM {model._meta.db_table} WHERE id = %s"
    with refused_is_none(), acting(actor), connection.cursor() as cursor:
        cursor.execute(sql, [pk])
        return cursor.fetchone() is not None
    return False


def read(house: Actor, actor: Actor, rows: sights.Rows) -> dict[tuple[str, str, str], list[bool]]:
    """(group, model, field) -> what the first wall says, what the second says."""
    told, wanted = {}, defaultdict(set)
    for group, cells in rows.cells.items():
        for model, pk, name in cells:
            told[group, model.__name__, name] = (group in sights.APART, model, pk, name)
            wanted[group in sights.APART, model, pk].add(name)
    # A row is asked for once for all its fields, whatever groups they are in.
    first = {
        (apart, model, pk): at_the_first(actor if apart else house, actor, model, pk, names)
        for (apart, model, pk), names in wanted.items()
    }
    return {
        cell: [name in first[apart, model, pk], at_the_second(actor, model, pk, name)]
        for cell, (apart, model, pk, name) in told.items()
    }


@pytest.mark.parametrize(
    ("table", "wall", "relation", "state"),
    CELLS,
    ids=lambda each: str(getattr(each, "subject", each)),
)
def test_both_walls_say_what_the_table_says(world, opened, table, wall, relation, state):
    rows = WRITERS[table.subject](world, opened, state, relation)
    actor = sights.nearest(world, opened, wall, relation)
    found = read(world.system(), actor, rows)
    told = {cell: [said(table, wall, cell[0], state, relation)] * 2 for cell in found}
    assert found == told
    without = {"placement"} if state == UNPLACED else set()
    assert set(rows.cells) == {group.key for group in table.groups} - without


def said(table, wall, group, state, relation) -> bool:
    """The table's word. Who is given stays elsewhere hosts the student, whose stay is announced."""
    if table is STUDENTS and relation == "agreed" and group != "placement":
        return table.reads(wall, group, "announced", "host")
    return table.reads(wall, group, state, relation)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.subject)
def test_the_same_audience_further_away_reads_nothing(world, opened, table):
    """In the stage in which most is open; the house still finds every row."""
    state = {"dossier": "under_review", "student": "arrived"}[table.subject]
    rows = WRITERS[table.subject](world, opened, state)
    for actor in sights.strangers(world, opened):
        found = read(world.system(), actor, rows)
        open_ones = {cell for cell, said in found.items() if any(said)}
        assert open_ones == set(), actor
    house = read(world.system(), world.system(), rows)
    assert all(all(said) for cell, said in house.items() if cell[0] not in sights.APART)


@pytest.mark.parametrize("wall", Wall)
def test_what_was_withdrawn_unsent_stays_the_applicants(world, opened, wall):
    rows = sights.dossier(world, opened, "withdrawn", sent=False)
    actor = sights.nearest(world, opened, wall)
    found = {cell for cell, said in read(world.system(), actor, rows).items() if any(said)}
    own = {Wall.APPLICANT, Wall.REFEREE, Wall.REVIEWER}
    assert bool(found) == (wall in own)


def test_every_state_stands_in_one_stage_and_stages_are_uniform():
    for table, lifecycle in ((DOSSIERS, "admissions"), (STUDENTS, "mobility_tracks")):
        listed = states(table)
        assert len(listed) == len(set(listed))
        assert set(listed) - {UNPLACED} == set(_lifecycle(lifecycle).states)
        for sight in table.sights:
            for stage in table.stages:
                assert stage.states <= sight.states or not stage.states & sight.states


def _lifecycle(app: str) -> Lifecycle:
    from admissions import states as admission
    from mobility_tracks import states as studies

    return {"admissions": admission.DOSSIER, "mobility_tracks": studies.PLACEMENT}[app]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.subject)
def test_every_personal_field_stands_in_the_table(table):
    """And none that the register does not know."""
    entries = register()
    placed = {(model, f) for g in table.groups for model in g.fields for f in g.of(model)}
    for model in {model for model, _ in placed}:
        known = dict(entries[model].fields())
        personal = {f for f, k in known.items() if k in {DataClass.PERSONAL, DataClass.SENSITIVE}}
        in_table = {f for m, f in placed if m == model}
        assert in_table <= set(known)
        assert personal - in_table == set(), model


def test_every_model_about_applicants_and_students_is_in_a_table():
    told = {model for table in TABLES for group in table.groups for model in group.fields}
    personal = {
        (label, name)
        for label, entry in register().items()
        if label.startswith(("admissions.", "mobility_tracks."))
        for name, kind in entry.fields()
        if kind in {DataClass.PERSONAL, DataClass.SENSITIVE} and label not in told
    }
    assert personal == OF_NOBODY

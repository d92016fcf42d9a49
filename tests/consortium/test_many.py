"""Many rows in one statement: what is written, what is refused, and that both walls stand."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.many import columns_of, insert_many
from consortium.models import JournalEntry


@pytest.fixture
def shared(world, at):
    row = JournalEntry(
        consortium_id=world.consortia["emat"].pk,
        act="test.many",
        subject="test",
        by_name="Amélie “x” \\ %s",
        wall="staff",
        at=at,
        facts={"seed": "blue", "many": [1, None]},
    )
    columns = columns_of(row)
    del columns["id"], columns["subject_id"]
    return columns


def written(world):
    with acting(world.system()):
        return list(JournalEntry.objects.filter(act="test.many").order_by("subject_id"))


def test_rows_share_and_differ_as_told(world, shared, at):
    with acting(world.system()), CaptureQueriesContext(connection) as asked:
        insert_many(JournalEntry, shared=shared, own={"subject_id": ["a", "b{,}", 'c"']})
    rows = written(world)
    assert len(asked) == 1
    assert [row.subject_id for row in rows] == ["a", "b{,}", 'c"']
    assert len({row.pk for row in rows}) == 3
    for row in rows:
        assert (row.by_name, row.by_id, row.at) == (shared["by_name"], None, at)
        assert row.facts == shared["facts"]


def test_ids_can_be_given(world, shared):
    ids = [uuid4(), uuid4()]
    with acting(world.system()):
        insert_many(JournalEntry, shared=shared, own={"subject_id": ["a", "b"], "id": ids})
    assert [row.pk for row in written(world)] == ids


def test_of_none_nothing_is_asked(world, shared):
    with acting(world.system()), CaptureQueriesContext(connection) as asked:
        insert_many(JournalEntry, shared=shared, own={"subject_id": []})
    assert len(asked) == 0


def test_a_column_too_few_or_too_many_is_named(shared):
    fewer = {name: value for name, value in shared.items() if name != "reason"}
    with pytest.raises(ValueError, match="reason"):
        insert_many(JournalEntry, shared=fewer, own={"subject_id": ["a"]})
    with pytest.raises(ValueError, match="colour"):
        insert_many(JournalEntry, shared={**shared, "colour": "x"}, own={"subject_id": ["a"]})


def test_columns_of_different_lengths_are_refused(shared):
    with pytest.raises(ValueError, match="unpack"):
        insert_many(JournalEntry, shared=shared, own={"subject_id": ["a"], "id": []})


@pytest.mark.parametrize(
    ("changed", "own"), [({"act": "a" * 81}, "a"), ({}, "a" * 41)], ids=["shared", "own"]
)
def test_what_is_too_long_is_refused_and_not_cut(world, shared, changed, own):
    with pytest.raises(DatabaseError, match="too long"), acting(world.system()):
        insert_many(JournalEntry, shared={**shared, **changed}, own={"subject_id": [own]})


def test_another_consortium_is_behind_the_wall(world, shared):
    foreign = {**shared, "consortium_id": world.consortia["arts"].pk}
    with pytest.raises(DatabaseError, match="row-level security"), acting(world.system()):
        insert_many(JournalEntry, shared=foreign, own={"subject_id": ["a"]})
    assert written(world) == []

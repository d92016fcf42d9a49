"""A database of one's own, where commits are real and the owner may do what nobody should."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from tests.databases import drop_database, fresh_database, use_database, world_database
from tests.world import World


@pytest.fixture
def apart(django_db_setup, django_db_blocker, run_id, worker_id) -> Iterator[World]:
    """The world in a copy that this test alone works in."""
    with django_db_blocker.unblock():
        before = settings.DATABASES["default"]["NAME"]
        name = f"{world_database(run_id)}_{worker_id}_apart"
        fresh_database(name, world_database(run_id))
        use_database(name)
        try:
            yield World()
        finally:
            use_database(before)
            drop_database(name)


@pytest.fixture
def as_owner(apart):
    """Run statements as the owner, with the triggers of the journal switched off."""

    def run(*statements: str) -> list[tuple]:
        with connections["owner"].cursor() as cursor:
            for table in ("consortium_journalentry", "consortium_journallink"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
            for table in ("consortium_journalentry", "consortium_journallink"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return rows

    return run

"""Few fixtures: the database, the world in it, and the people by relation."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from tests.databases import fresh_database
from tests.world import NOON, World, build


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, worker_id: str) -> Iterator[None]:
    """A database per worker, migrated by the owner, read and written by the login role."""
    name = f"test_itinera_{worker_id}"
    with django_db_blocker.unblock():
        fresh_database(name)
        for alias in ("default", "owner"):
            connections[alias].close()
            settings.DATABASES[alias]["NAME"] = name
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", verbosity=0)
        connections["owner"].close()
        build()
        connections["default"].close()
    yield
    with django_db_blocker.unblock():
        for alias in ("default", "owner"):
            connections[alias].close()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def world(db: None) -> World:
    """Two consortia with every role: see tests/world.py. Written once, rolled back to per test."""
    return World()

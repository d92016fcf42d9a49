"""Few fixtures: the database, the world in it, and the people by relation."""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.databases import (
    drop_database,
    drop_leftovers,
    fresh_database,
    use_database,
    world_database,
)
from tests.world import NOON, World


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, run_id: str, worker_id: str) -> Iterator[None]:
    """A database per worker: a copy of one that the owner migrated and the world was written to."""
    with django_db_blocker.unblock():
        template = world_database(run_id)
        name = f"{template}_{worker_id}"
        fresh_database(name, template)
        use_database(name)
    yield
    with django_db_blocker.unblock():
        use_database("postgres")
        drop_database(name)


@pytest.fixture(scope="session")
def run_id(request: pytest.FixtureRequest) -> str:
    """Common to the workers of one run."""
    return getattr(request.config, "workerinput", {}).get("testrunuid", f"{os.getpid()}")[:8]


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On a server of somebody's own, nothing of ours stays behind."""
    uid = getattr(session.config, "workerinput", None)
    if uid is None:
        drop_leftovers()


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def world(db: None) -> World:
    """Two consortia with every role: see tests/world.py. Written once, rolled back to per test."""
    return World()

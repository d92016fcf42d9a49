"""Few fixtures: the database, the world in it, and the people by relation."""

import gc
import os
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.conf import settings

from tests.admission_world import OpenCall, open_call_world
from tests.counting import leave_libraries_out
from tests.databases import (
    drop_database,
    drop_leftovers,
    fresh_database,
    use_database,
    with_calls,
    world_database,
)
from tests.world import NOON, World

# By whether a test asks for open calls, the database of this process that it runs on.
DATABASES = pytest.StashKey[dict[bool, str]]()
# What has been set up once in this process: (where it is defined, its name, which of its values).
SET_UP: set[tuple[str, str, int]] = set()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker, run_id: str, worker_id: str
) -> Iterator[None]:
    """A database per worker: a copy of one that the owner migrated and the world was written to.

    And a second one with open calls, for the tests that ask for `calls`.
    """
    with django_db_blocker.unblock():
        template = world_database(run_id)
        name = f"{template}_{worker_id}"
        fresh_database(name, template)
        fresh_database(with_calls(name), with_calls(template))
        use_database(name)
        request.config.stash[DATABASES] = {False: name, True: with_calls(name)}
    yield
    with django_db_blocker.unblock():
        use_database("postgres")
        drop_database(name)
        drop_database(with_calls(name))


@pytest.fixture(scope="session")
def run_id(request: pytest.FixtureRequest) -> str:
    """Common to the workers of one run."""
    return getattr(request.config, "workerinput", {}).get("testrunuid", f"{os.getpid()}")[:8]


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first, so that at the end no worker waits for another's long one.

    Tests of open calls after those without: another database is another connection.
    """
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, _has_calls(item)))


def pytest_configure() -> None:
    leave_libraries_out()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded now stays: the collector need not look at it again after every few objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any transaction is begun: the database with open calls, or the one without."""
    name = settings.DATABASES["default"]["NAME"]
    wanted = item.config.stash.get(DATABASES, {}).get(_has_calls(item), name)
    if name != wanted:
        use_database(wanted)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Iterator[None]:
    """Covered lines are counted the first time: set up again, a fixture runs the same ones.

    Most tests write a world before they begin.
    """
    this = fixturedef.baseid, fixturedef.argname, getattr(request, "param_index", 0)
    if this not in SET_UP:
        SET_UP.add(this)
        return (yield)
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(counting)


def _has_calls(item: pytest.Item) -> bool:
    return "calls" in getattr(item, "fixturenames", ())


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


@pytest.fixture
def calls(world: World) -> dict[str, OpenCall]:
    """By slug of the consortium. Whoever asks for it runs on the database that has them already."""
    return open_call_world(world)

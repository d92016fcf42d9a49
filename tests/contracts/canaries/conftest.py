"""Two databases of their own with the planted world committed: one with the second wall, one without."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connections

from consortium import scoping
from consortium.actor import Wall
from consortium.rowsecurity import registry
from tests.contracts.canaries.planting import Field, plant
from tests.databases import drop_database, fresh_database, use_database, world_database
from tests.world import NOON, World


@dataclass
class Ground:
    """The planted field, and how to stand on it with either wall gone."""

    field: Field
    walled: str
    open: str

    @contextmanager
    def standing(self, *, first: bool, second: bool) -> Iterator[World]:
        """With the choke point (first) and row security (second) in place, or not."""
        use_database(self.walled if second else self.open)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("consortium.clock.now", lambda: NOON)
            if not first:
                patch.setattr(scoping.ScopedQuerySet, "for_actor", _everything)
            yield World()


def _everything(rows, actor, action="view"):
    """The choke point, gone."""
    return rows.all()


@pytest.fixture(scope="session")
def ground(django_db_setup, django_db_blocker, run_id, worker_id) -> Iterator[Ground]:
    with django_db_blocker.unblock():
        before = settings.DATABASES["default"]["NAME"]
        walled = f"{world_database(run_id)}_{worker_id}_canaries"
        without = f"{walled}_open"
        fresh_database(walled, world_database(run_id))
        use_database(walled)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("consortium.clock.now", lambda: NOON)
            field = plant(World(), NOON)
            _operator(World())
        use_database("postgres")
        fresh_database(without, walled)
        use_database(without)
        _tear_down_second_wall()
        # Whoever stands on it goes back to what was before: that is not this ground.
        use_database(before)
        try:
            yield Ground(field, walled, without)
        finally:
            for name in (walled, without):
                drop_database(name)


@pytest.fixture
def standing(ground: Ground, django_db_blocker) -> Iterator[Callable]:
    """`with standing(first=True, second=False) as world:`; the run's database comes back after."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        try:
            yield ground.standing
        finally:
            use_database(before)


def _operator(world: World) -> None:
    account = world.user("stranger2@example.org")
    account.is_operator = True
    account.save()


def _tear_down_second_wall() -> None:
    """Every audience's database role may do everything with every row."""
    roles = ", ".join(wall.role for wall in Wall)
    with connections["owner"].cursor() as cursor:
        for model, _ in registry():
            table = model._meta.db_table
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {roles}")

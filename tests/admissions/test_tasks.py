"""The sweep of deadlines: a job for each consortium, and what the job does."""

from datetime import datetime

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from admissions import tasks
from tests.admission_world import CLOSES, open_call_world

LATE = CLOSES.replace(month=3, day=1)


def late() -> datetime:
    return LATE


@pytest.fixture(autouse=True)
def clock(settings) -> None:
    settings.CLOCK = f"{__name__}.late"


def waiting() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'consortium_id', queueing_lock FROM procrastinate_jobs"
            " WHERE task_name = 'admissions.tasks.meet_deadlines' ORDER BY id"
        )
        return [(int(tenant), lock) for tenant, lock in cursor.fetchall()]


def test_a_sweep_makes_one_job_for_each_consortium(world):
    assert async_to_sync(tasks.sweep_deadlines.func)(0) == 2
    tenants = sorted(consortium.pk for consortium in world.consortia.values())
    assert waiting() == [(tenant, f"deadlines-{tenant}") for tenant in tenants]


def test_a_job_works_in_its_consortium_alone_and_may_run_twice(world):
    calls = open_call_world(world)
    for _ in range(2):
        tasks.meet_deadlines(consortium_id=calls["emat"].consortium_id)
        assert (calls["emat"].call().state, calls["arts"].call().state) == ("closed", "open")

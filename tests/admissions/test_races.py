"""Two clicks at the same instant, in two connections, on a committed copy of the database."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connection

from admissions.domain import dossiers
from admissions.models import Dossier
from consortium import lifecycle
from consortium.access import acting
from consortium.errors import Conflict
from consortium.models import Transition
from tests.admission_world import OpenCall, open_call_world
from tests.admissions.cases import complete, mails
from tests.databases import committed
from tests.world import NOON, World


@dataclass
class Copy:
    world: World
    call: OpenCall


@pytest.fixture
def copy(django_db_setup, django_db_blocker, run_id, worker_id) -> Iterator[Copy]:
    """A database of its own, with an open call in it, where commits are real."""
    with django_db_blocker.unblock(), committed(run_id, f"{worker_id}_race"):
        world = World()
        yield Copy(world, open_call_world(world)["emat"])


@pytest.fixture
def meeting(monkeypatch) -> None:
    """Both clicks wait for one another just before they write, for as long as they can."""
    barrier, advance = Barrier(2), lifecycle.advance

    def late(*args, **kwargs):
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=1)
        return advance(*args, **kwargs)

    monkeypatch.setattr(dossiers.lifecycle, "advance", late)


def twice(act) -> list[object]:
    """What the two calls returned or raised."""
    results: list[object] = []

    def click() -> None:
        try:
            results.append(act())
        except Exception as failure:  # noqa: BLE001  # what it raised is the result
            results.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


def submissions(copy: Copy) -> tuple[int, int]:
    """(transitions, receipts)"""
    with acting(copy.world.system()):
        moves = Transition.objects.filter(event="submit").count()
    return moves, len(mails(copy.world, key__startswith="dossier.receipt"))


def submit_twice(copy: Copy) -> list[object]:
    dossier = complete(copy.world, copy.call, NOON)
    actor = copy.world.applicant()
    moments = iter([NOON.replace(minute=1), NOON.replace(minute=2)])
    return twice(lambda: dossiers.submit(dossier.pk, actor=actor, at=next(moments)))


@pytest.mark.slow
def test_two_submits_at_once_are_one_submission(copy, meeting):
    one, two = submit_twice(copy)
    assert (one.state, two.state) == ("submitted", "submitted")
    assert one.submitted_at == two.submitted_at
    assert submissions(copy) == (1, 1)


@pytest.mark.slow
def test_control_without_the_lock_they_are_two(copy, meeting, monkeypatch):
    def unlocked(rows, actor, action, pk):
        return rows.reach(actor, action, pk=pk)

    monkeypatch.setattr(type(Dossier.objects.all()), "locked", unlocked)
    one, two = submit_twice(copy)
    assert one.submitted_at != two.submitted_at
    assert submissions(copy) == (2, 2)


@pytest.mark.slow
def test_two_starts_at_once_are_one_dossier(copy):
    actor = copy.world.applicant()
    both = Barrier(2)

    def start():
        both.wait(timeout=5)
        return dossiers.start(copy.call.call_id, actor=actor, at=NOON)

    results = twice(start)
    assert {type(result) for result in results} == {Dossier, Conflict}
    with acting(copy.world.system()):
        assert Dossier.objects.count() == 1

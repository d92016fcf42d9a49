"""Counters hold when many count at the same instant, each on a connection of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from consortium.domain import tokens
from consortium.models import ApiToken
from tests.databases import drop_database, fresh_database, use_database, world_database
from tests.world import NOON, World

MANY, MOST = 8, 3


@pytest.fixture
def committed(django_db_setup, django_db_blocker, run_id, worker_id) -> Iterator[World]:
    """The world in a database of its own, where commits are real."""
    with django_db_blocker.unblock():
        before = settings.DATABASES["default"]["NAME"]
        name = f"{world_database(run_id)}_{worker_id}_count"
        fresh_database(name, world_database(run_id))
        use_database(name)
        try:
            yield World()
        finally:
            use_database(before)
            drop_database(name)


def at_once(act: Callable[[], object]) -> list[object]:
    results: list[object] = []

    def one() -> None:
        try:
            results.append(act())
        finally:
            connection.close()

    racers = [Thread(target=one) for _ in range(MANY)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return results


def try_once() -> bool:
    request = RequestFactory().post("/")
    config = {"guess": f"{MOST}/5m/key"}
    usage = ratelimit.consume(request, app="test", action="guess", config=config, key="amina")
    return usage is not None


def test_of_many_attempts_at_once_no_more_pass_than_may(committed):
    assert sum(map(bool, at_once(try_once))) <= MOST


def test_without_the_lock_more_would(committed, monkeypatch):
    """The control: the attempts above do meet."""

    @contextmanager
    def no_lock(key: str) -> Iterator[bool]:
        yield True

    barrier, apply = Barrier(MANY), ratelimit.apply_rate

    def late(*args, **kwargs):
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=2)
        return apply(*args, **kwargs)

    monkeypatch.setattr(ratelimit, "cache_lock", no_lock)
    monkeypatch.setattr(ratelimit, "apply_rate", late)
    assert sum(map(bool, at_once(try_once))) > MOST


def test_every_request_of_a_token_is_counted(committed):
    owner = committed.user("officer@emat.example")
    _token, secret = tokens.issue(
        owner,
        committed.consortia["emat"],
        at=NOON,
        name="Script",
        scope=ApiToken.Scope.READ,
        days=1,
    )
    at_once(lambda: tokens.present(secret, at=NOON))
    assert ApiToken.objects.get().used == MANY

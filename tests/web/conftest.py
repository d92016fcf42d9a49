"""Browsing as somebody, at a given minute."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.admission_world import OpenCall, open_call_world
from tests.world import NOON, World


@pytest.fixture
def calls(world: World) -> dict[str, OpenCall]:
    return open_call_world(world)


@pytest.fixture
def call(calls: dict[str, OpenCall]) -> OpenCall:
    return calls["emat"]


@pytest.fixture
def clock(db: None) -> Iterator[Callable[[datetime], None]]:
    """The time of every request: noon of the world until moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def browse(world: World, clock: Callable[[datetime], None]) -> Callable[[str], Client]:
    """A client signed in with an address, or nobody's where it is empty."""

    def signed_in(email: str = "") -> Client:
        client = Client()
        if email:
            client.force_login(world.user(email))
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """allauth counts attempts in the cache."""
    cache.clear()

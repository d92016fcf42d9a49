"""Browsing as somebody, at a given minute."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.admission_world import OpenCall
from tests.admissions.selection_world import Selection
from tests.clock import move_to
from tests.sign_in import sign_in
from tests.world import NOON, World


@pytest.fixture
def call(calls: dict[str, OpenCall]) -> OpenCall:
    return calls["emat"]


@pytest.fixture
def clock(settings: Any) -> Iterator[Callable[[datetime], None]]:
    """The time of every request: noon of the world until moved."""
    settings.CLOCK = "tests.clock.now"
    move_to(NOON)
    yield move_to
    move_to(NOON)


@pytest.fixture
def browse(world: World, clock: Callable[[datetime], None]) -> Callable[[str], Client]:
    """A client signed in with a second factor, or nobody's where the address is empty."""

    def signed_in(email: str = "") -> Client:
        client = Client()
        return sign_in(client, world.user(email)) if email else client

    return signed_in


@pytest.fixture
def emat(world: World, calls: dict[str, OpenCall]) -> Selection:
    """The selection of one consortium, to be filled by its acts."""
    return Selection(world, calls["emat"])


@pytest.fixture
def arts(world: World, calls: dict[str, OpenCall]) -> Selection:
    """That of another, from which nothing may leak."""
    return Selection(world, calls["arts"], "arts")

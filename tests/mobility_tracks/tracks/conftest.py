"""A round for tracks at each of its steps."""

import pytest

from tests.mobility_tracks.round_case import nine_students
from tests.mobility_tracks.tracks.case import TWO_BY_LJUBLJANA, decided_for_ljubljana, drafted


@pytest.fixture
def nine(world, at):
    return nine_students(world, at, TWO_BY_LJUBLJANA)


@pytest.fixture
def open_(nine):
    drafted(nine).act("open_round")
    return nine


@pytest.fixture
def decided(open_):
    return decided_for_ljubljana(open_)


@pytest.fixture
def published(decided):
    decided.act("publish", at=decided.closes)
    return decided

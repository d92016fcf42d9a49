"""Pages that have something to show only when the year is over: plans, rankings, offers, places."""

from collections.abc import Callable

import pytest

from tests.journeys.inspection import Inspector


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("Student", "/i-mesc/study/"),
        ("Chiara Rossetti", "/i-mesc/office/calls/class-23-first-round/"),
        ("Chiara Rossetti", "/i-mesc/office/rounds/"),
        ("Chiara Rossetti", "/i-mesc/office/tracks/"),
    ],
)
def test_what_the_year_has_left(
    inspector: Callable[[str], Inspector], who: str, start: str
) -> None:
    looking = inspector(who)
    before = len(looking.states)
    looking.walk(start, again=True)
    assert looking.wrong(before) == []

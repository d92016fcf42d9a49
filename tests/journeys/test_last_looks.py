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


def test_what_if_a_host_had_other_seats(inspector: Callable[[str], Inspector]) -> None:
    """Thirty students on thirty seats: one fewer is impossible, and says why; one more is answered."""
    looking = inspector("Chiara Rossetti")
    chiara, before = looking.person, len(looking.states)
    chiara.goes_to("/i-mesc/office/rounds/")
    chiara.page.locator("tr", has_text="published").first.get_by_role("link").first.click()
    chiara.follows("What if")
    seats = int(chiara.page.get_by_label("Most seats").first.input_value())
    chiara.types({"Most seats": str(seats - 1)})
    chiara.presses("Ask what would follow")
    chiara.sees("With these changes no plan meets everything that the round asks for.")
    looking.look("/{consortium}/office/rounds/{id}/what-if/ refused")
    chiara.types({"Most seats": str(seats + 1)})
    chiara.presses("Ask what would follow")
    chiara.sees("Figures before and after")
    assert "most-" in chiara.page.url
    looking.look("/{consortium}/office/rounds/{id}/what-if/ answered")
    assert looking.wrong(before) == []

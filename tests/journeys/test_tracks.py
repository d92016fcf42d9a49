"""A round for whole tracks: drafted, changed and thrown away; then wishes, the plan, where it leads."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.inspection import Inspector
from tests.journeys.steps import Person

ROUNDS = "/travessia/office/rounds/"
CHOOSER = "Student choosing a track"


@pytest.fixture
def looking(inspector: Callable[[str], Inspector]) -> Iterator[Callable[[str], Inspector]]:
    """Nothing may be wrong with any page that is looked at."""
    seen: list[tuple[Inspector, int]] = []

    def at(who: str) -> Inspector:
        found = inspector(who)
        seen.append((found, len(found.states)))
        return found

    yield at
    for found, before in seen:
        assert found.wrong(before) == []


def test_a_draft_is_written_changed_and_thrown_away(looking: Callable[[str], Inspector]) -> None:
    desk = looking("Inês Magalhães de Sá")
    ines = desk.person
    ines.goes_to(f"{ROUNDS}new/")
    ines.page.get_by_label("about").select_option(label="whole tracks")
    ines.presses("Apply")
    ines.sees("Seats of each track", "Seats of the hosts on the way")
    ines.types({"Title": "Tracks, once more", "Seed": "twelve"})
    ines.types({"Opens": "2027-03-01T09:00", "Closes": "2027-02-01T09:00"})
    ines.presses("Draft the round")
    ines.sees("The deadline comes after the opening.")
    ines.finds("Seed", "twelve")
    desk.look("/{consortium}/office/rounds/new/ of tracks, refused")
    ines.types({"Closes": "2027-03-20T09:00"})
    ines.presses("Draft the round")
    ines.reads_title("Tracks, once more")
    desk.look("/{consortium}/office/rounds/{id}/ of tracks, draft")
    ines.follows("Change it")
    ines.finds("Title", "Tracks, once more")
    ines.types({"Title": "Tracks, with fewer seats", "Most seats: Amiens, Porto, Amiens": "1"})
    desk.look("/{consortium}/office/rounds/{id}/draft/ of tracks")
    ines.presses("Save the draft")
    ines.reads_title("Tracks, with fewer seats")
    ines.presses("Throw the draft away")
    ines.sees("The draft is thrown away.")
    ines.does_not_see("Tracks, with fewer seats")


def test_from_a_wish_to_a_track(
    enter: Callable[[str], Person],
    looking: Callable[[str], Inspector],
    clock: Callable[[str], None],
) -> None:
    student, ines = looking(CHOOSER), looking("Inês Magalhães de Sá")
    name = ranks_tracks(student)
    clock("Five minutes before the deadline")
    desk = ines.person
    desk.goes_to(ROUNDS)
    desk.follows(re.compile("Tracks of Class 1"))
    desk.presses("Close the round")
    desk.presses("Decide the round")
    desk.sees("The plan is made and checked. Only the office sees it yet.", "proven")
    expect(desk.row(name)).to_contain_text("Amiens, Porto")
    ines.look("/{consortium}/office/rounds/{id}/ of tracks, decided")
    desk.follows("What if")
    desk.types({"Most seats: Instituto de Cena e Imagem da Guanabara": "6"})
    desk.presses("Ask what would follow")
    desk.sees("Figures before and after")
    ines.look("/{consortium}/office/rounds/{id}/what-if/ of tracks")
    desk.goes_to(ROUNDS)
    desk.follows(re.compile("Tracks of Class 1"))
    desk.presses(re.compile("Publish the plan for 12 students"))
    desk.sees("The plan is published; every student was told that there is news.")

    reader = student.person
    reader.goes_to("/travessia/study/")
    terms = reader.page.locator("ol.timeline > li")
    expect(terms.nth(1)).to_contain_text("OPO")
    reader.follows(re.compile("Tracks of Class 1"))
    reader.sees("Your track", "Why this one")
    student.look("/{consortium}/study/rounds/{id}/ of tracks, published")


def ranks_tracks(student: Inspector) -> str:
    """By button and by arrow key. Returns the student's name."""
    person = student.person
    person.goes_to("/travessia/study/")
    person.follows(re.compile("Tracks of Class 1"))
    person.sees("Kept for all together", "Amiens opens in term 3 once")
    person.presses(re.compile("Make it wish 1.*Amiens, Porto, Rio de Janeiro"))
    person.presses(re.compile("Make it wish 2.*Amiens, Porto, Ljubljana"))
    handle = person.page.get_by_role("button", name=re.compile("Move .*Porto, Ljubljana"))
    handle.focus()
    person.page.keyboard.press("ArrowUp")
    wishes = person.page.locator("ol.ranks > li")
    expect(wishes).to_have_text([re.compile("Porto, Ljubljana"), re.compile("Porto, Rio")])
    student.look("/{consortium}/study/rounds/{id}/ of tracks, ranked")
    return person.page.locator(".masthead bdi").first.inner_text()

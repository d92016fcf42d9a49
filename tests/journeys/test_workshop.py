"""A programme changed in the workshop: begun, tried, mended, compared, published, by keyboard too."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.inspection import Inspector
from tests.journeys.steps import Person

DRAFT = "/i-mesc/office/programme/i-mesc-next/"


@pytest.fixture
def looking(inspector: Callable[[str], Inspector]) -> Iterator[Inspector]:
    """The coordinator, whose every page is looked at; nothing may be wrong with any."""
    found = inspector("Chiara Rossetti")
    before = len(found.states)
    yield found
    assert found.wrong(before) == []


def begins(chiara: Person) -> None:
    chiara.goes_to("/i-mesc/office/programme/")
    chiara.follows("i-MESC, Interdisciplinarity")
    chiara.sees("Ways open, by track and country of residence")
    chiara.follows("Begin a new version from it")
    chiara.types({"Title": "i-MESC, next", "Key": "i-mesc-next", "First intake": "2030"})
    chiara.presses("A new version")
    chiara.reads_title("i-MESC, next")


def test_a_new_version_from_the_one_in_force(looking: Inspector) -> None:
    chiara = looking.person
    begins(chiara)
    looking.look("/{consortium}/office/programme/{version}/ draft")

    # Another host for the third semester; the checker answers while it is typed.
    chiara.follows(re.compile("Add an offering in Semester 3"))
    chiara.page.get_by_label("Host").select_option("wut")
    expect(chiara.page.locator("#answer")).to_contain_text("nothing is saved yet")
    looking.look("/{consortium}/office/programme/{version}/entries/offerings/ tried")
    chiara.types({"Least seats to open": "9", "Seats (optional)": "4"})
    chiara.presses("Save")
    chiara.sees("There is a problem")
    looking.look("/{consortium}/office/programme/{version}/entries/offerings/ refused")
    chiara.types({"Least seats to open": "2"})
    chiara.presses("Save")
    chiara.sees("Saved.")

    # By keyboard: the new host comes before the one above it.
    chiara.page.locator("#offerings-s3-waw").get_by_role("button", name="Earlier").focus()
    chiara.page.keyboard.press("Enter")
    expect(chiara.page).to_have_url(re.compile("#offerings-s3-waw$"))

    # A rule nobody can keep is told at once and forbids publishing.
    chiara.follows("Add a rule")
    looking.look("/{consortium}/office/programme/{version}/entries/rules/ kinds")
    chiara.follows("Distinct countries")
    chiara.types({"At least": "9", "Sentence that people read": "Nine countries."})
    chiara.presses("Save")
    chiara.sees("The checker: something forbids publishing.", "no path keeps it")
    chiara.goes_to(f"{DRAFT}removal/rules/distinct-countries-2/")
    looking.look("/{consortium}/office/programme/{version}/removal/{where}")
    chiara.presses("Remove")

    chiara.follows("What changes")
    chiara.sees(re.compile("offerings.s3-waw is added"))
    looking.look("/{consortium}/office/programme/{version}/changes/")
    chiara.goes_to(DRAFT)
    chiara.presses("Publish the version")
    chiara.sees("The version is published; everybody sees it.")
    chiara.does_not_see("Add an offering")


def test_without_script_everything_is_a_form(
    somebody: Callable[..., Person], enter: Callable[[str], Person]
) -> None:
    person = somebody(java_script_enabled=False)
    person.enters_as("Chiara Rossetti")
    person.goes_to("/i-mesc/office/new-version/?from=i-mesc")
    person.types({"Title": "Without script", "Key": "plain"})
    person.presses("A new version")
    person.goes_to("/i-mesc/office/programme/plain/entries/tracks/amiens/")
    person.types({"Name": "By Amiens"})
    person.presses("Ask the checker first")
    person.sees("This is what it would say; nothing is saved yet.")
    person.presses("Save")
    person.sees("By Amiens")
    person.follows("Throw away")
    person.types({"Reason": "It was a trial."})
    person.presses("Throw the draft away")
    person.sees("The draft is thrown away.")

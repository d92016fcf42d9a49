"""The same forms in a browser that runs no script: each is reachable, and each submits."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import Person, paper


@pytest.fixture
def plain(somebody: Callable[..., Person]) -> Person:
    return somebody(java_script_enabled=False)


def test_a_visitor_checks_whether_the_rules_are_met(plain: Person) -> None:
    plain.goes_to("/i-mesc/")
    plain.follows("Read the call and apply")
    questions = plain.page.locator("#self-check fieldset, section fieldset").all()
    assert len(questions) >= 2
    for question in questions:
        question.get_by_role("radio").first.check()
    plain.presses("See what it comes to")
    plain.sees("Nothing speaks against it.")


def test_an_applicant_goes_on_with_a_dossier(plain: Person) -> None:
    plain.enters_as("Amina Belhadi")
    plain.follows("Go on with the dossier")
    dossier = plain.path
    plain.follows("Who you are")
    plain.types({"Phone": "+212 600 000000"})
    plain.presses("Save and continue")
    plain.follows("Who you are")
    plain.finds("Phone", "+212 600 000000")

    plain.goes_to(f"{dossier}documents/")
    plain.attaches("Curriculum vitae", "cv.pdf", paper("CV"))
    plain.sees("Attached: Curriculum vitae")
    plain.goes_to(f"{dossier}check/")
    plain.presses("Submit the dossier")
    plain.sees(re.compile(r"\d+ things? (is|are) missing"))


def test_a_reviewer_keeps_a_draft(plain: Person) -> None:
    plain.enters_as("Lena Hribernik")
    plain.page.get_by_label("Show").select_option("in_progress")
    plain.presses("Apply")
    plain.opens_the_first_row()
    comment = "Kept without a script."
    plain.types({"Comment for the committee": comment})
    plain.page.locator("fieldset.scale").first.get_by_label("3", exact=True).check()
    plain.presses("Save the draft")
    plain.sees("The draft is saved; only you read it.")
    plain.finds("Comment for the committee", comment)


def test_a_student_ranks_hosts(plain: Person) -> None:
    plain.enters_as("Student")
    plain.follows("Rank the hosts")
    plain.presses(re.compile("Make it wish 1.*Amiens|Make it wish 1.*Picardie"))
    wishes = plain.page.locator("ol.ranks > li")
    expect(wishes).to_have_text([re.compile("AMI")])
    plain.presses(re.compile("^Take out"))
    expect(wishes).to_have_count(0)


def test_the_office_filters_and_appoints(plain: Person) -> None:
    plain.enters_as("Chiara Rossetti")
    plain.follows("Dossiers")
    row = plain.page.locator("tbody tr").first
    name, number = (row.locator(cell).first.inner_text() for cell in ("th bdi", "td.num-start"))
    plain.page.get_by_label("named").fill(number)
    plain.presses("Apply")
    expect(plain.page.locator("tbody tr")).to_have_count(1)
    plain.opens_the_first_row()
    plain.reads_title(re.compile(re.escape(name)))

    plain.follows("People")
    plain.presses("Appoint the person")
    plain.sees("There is a problem")

"""A review without a mouse: declared, marked, commented, submitted."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import Person


def test_a_review_by_keyboard(enter: Callable[[str], Person]) -> None:
    lena = enter("Lena Hribernik")
    done = submitted(lena)
    lena.goes_to("/i-mesc/review/?state=proposed")
    lena.opens_the_first_row()
    lena.sees("Before you read: have you a conflict of interest?")
    lena.does_not_see("Statement of purpose")

    goes_on_to(lena, "I have none: open the dossier")
    lena.sees("Declared. The dossier is open.", "Statement of purpose")
    marks_every_criterion(lena, mark="4")
    lena.page.keyboard.type("Thorough, and honest about what did not work.")
    lena.page.keyboard.press("Control+Enter")

    lena.sees("The review is submitted.")
    assert submitted(lena) == done + 1


def goes_on_to(person: Person, button: str) -> None:
    """With the Tab key until the button has the focus, then Enter."""
    wanted = person.page.get_by_role("button", name=button)
    for _ in range(60):
        person.page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    person.page.keyboard.press("Enter")
    person.page.wait_for_load_state()


def marks_every_criterion(person: Person, mark: str) -> None:
    """A figure marks the first open criterion and goes on to the next; the comment comes last."""
    keys, page = person.page.locator("#keys"), person.page
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    scales = page.locator("fieldset.scale")
    for _ in range(scales.count()):
        page.keyboard.press(mark)
    expect(page.locator(f'fieldset.scale input[value="{mark}"]:checked')).to_have_count(
        scales.count()
    )
    expect(page.get_by_label("Comment for the committee")).to_be_focused()


def submitted(person: Person) -> int:
    """From the line above the list: 14 of 26 submitted."""
    person.goes_to("/i-mesc/review/")
    said = person.page.get_by_text(re.compile(r"\d+ of \d+ submitted")).first.inner_text()
    return int(said.split()[0])

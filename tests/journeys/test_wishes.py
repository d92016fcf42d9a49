"""An order of hosts by dragging and by keys: what is dropped is saved, said and in focus."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.steps import Person

WHY = "My grant pays for the other two."


@pytest.fixture
def student(enter: Callable[[str], Person]) -> Person:
    """On the page of the round, with nothing ranked; and so again at the end."""
    person = enter("Student")
    person.follows("Rank the hosts")
    return person


def order(person: Person) -> Locator:
    return person.page.locator("ol.ranks > li")


def reads(person: Person, *codes: str) -> None:
    expect(order(person)).to_have_text([re.compile(code) for code in codes])


def handle(person: Person, host: str) -> Locator:
    return person.page.get_by_role("button", name=re.compile(f"Move .*{host}"))


def drags(person: Person, host: str, onto: Locator, *, part: float, drop: bool = True) -> None:
    """By its handle, to a part of the height of another element, in a few steps as a hand does."""
    grip, goal = handle(person, host).bounding_box(), onto.bounding_box()
    assert grip is not None
    assert goal is not None
    mouse = person.page.mouse
    mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    mouse.down()
    mouse.move(goal["x"] + 40, goal["y"] + goal["height"] * part, steps=8)
    if drop:
        mouse.up()
        person.page.wait_for_load_state()


def said(person: Person, words: str | re.Pattern[str]) -> None:
    expect(person.page.locator("[data-ranks] [role=status]")).to_have_text(words)


def test_hosts_are_dragged_into_an_order_and_within_it(student: Person) -> None:
    student.page.set_viewport_size({"width": 1280, "height": 2400})
    drags(student, "Ljubljana", student.page.locator("#order"), part=0.5)
    reads(student, "LJU")
    said(student, re.compile("Ljubljana is wish 1 now"))
    expect(handle(student, "Ljubljana")).to_be_focused()

    drags(student, "Basque", order(student).first, part=0.1)
    reads(student, "BIL", "LJU")
    drags(student, "Basque", order(student).nth(1), part=0.9)
    reads(student, "LJU", "BIL")
    student.page.reload()
    reads(student, "LJU", "BIL")


def test_escape_puts_a_lifted_host_back(student: Person) -> None:
    drags(student, "Basque", order(student).first, part=0.1, drop=False)
    said(student, re.compile("place 1 of 2"))
    student.page.keyboard.press("Escape")
    student.page.mouse.up()
    said(student, re.compile("is back where it was"))
    student.page.reload()
    reads(student, "LJU", "BIL")


def test_arrow_keys_do_what_the_buttons_do(student: Person) -> None:
    handle(student, "Basque").focus()
    student.page.keyboard.press("ArrowUp")
    student.page.wait_for_load_state()
    reads(student, "BIL", "LJU")
    said(student, re.compile("is wish 1 now"))
    expect(handle(student, "Basque")).to_be_focused()
    student.page.keyboard.press("ArrowDown")
    reads(student, "LJU", "BIL")


def test_equals_and_what_is_not_possible(student: Person) -> None:
    student.presses(re.compile("Like the one above.*Basque"))
    student.sees("as good as the one above")
    student.presses(re.compile("On its own.*Basque"))
    student.does_not_see("as good as the one above")

    amiens = student.page.locator("li.card", has_text="AMI")
    student.unfolds("Not possible for me", within=amiens)
    amiens.get_by_label("Because").fill("no")
    student.presses("Rule it out", within=amiens)
    student.sees("Give 5 to 300 characters.")
    amiens.get_by_label("Because").fill(WHY)
    student.presses(re.compile("Rule it out|Save this order"))
    student.page.reload()
    expect(amiens.get_by_label("Because")).to_have_value(WHY)
    reads(student, "LJU", "BIL")


def test_in_the_end_the_order_is_empty_again(student: Person) -> None:
    student.presses(re.compile("It is possible after all"))
    for _ in range(2):
        student.presses(re.compile("^Take out"))
    expect(order(student)).to_have_count(0)

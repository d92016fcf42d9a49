"""A round of places: a student's wish, the deadline, the plan with its reasons, who arrives where."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import Person, set_up_an_app, sign_in_with_a_new_password

ROUND = "Third semester of"
LJUBLJANA = "gasper@ljubljana.example"


def test_from_a_wish_to_four_semesters(
    enter: Callable[[str], Person],
    somebody: Callable[[], Person],
    clock: Callable[[str], None],
) -> None:
    student, chiara, bruno = map(enter, ("Student", "Chiara Rossetti", "Bruno Castelnau"))
    name = ranks_the_hosts(student)
    chiara.goes_to("/i-mesc/office/rounds/")
    chiara.follows(re.compile(ROUND))
    chiara.sees("Possible after the deadline; until then students change their wishes.")

    clock("Five minutes before the deadline")
    decides_and_publishes(chiara)
    expect(chiara.row(name)).to_contain_text("LJU")
    reads_her_semesters(student)

    gasper = somebody()
    sign_in_with_a_new_password(gasper, LJUBLJANA)
    gasper.goes_to("/i-mesc/partner/")
    gasper.follows("Set up an app")
    set_up_an_app(gasper)
    gasper.goes_to("/i-mesc/partner/")
    expect(gasper.row("Semester 3", "Class 22")).to_contain_text("10")
    gasper.goes_to(f"/i-mesc/partner/students/?q={name}")
    expect(gasper.row(name)).to_contain_text("Semester 3")
    welcomes_somebody(bruno)


def ranks_the_hosts(student: Person) -> str:
    """Ljubljana before Bilbao, by buttons that save at once. Returns her name."""
    student.reads_title("My studies")
    student.follows("Rank the hosts")
    student.presses(re.compile("Make it wish 1.*Ljubljana"))
    student.presses(re.compile("Make it wish 2.*Basque"))
    student.page.reload()
    wishes = student.page.locator("ol.ranks > li")
    expect(wishes).to_have_text([re.compile("LJU"), re.compile("BIL")])
    return student.page.locator(".masthead bdi").first.inner_text()


def decides_and_publishes(chiara: Person) -> None:
    chiara.goes_to("/i-mesc/office/rounds/")
    chiara.follows(re.compile(ROUND))
    chiara.sees("The deadline has passed; the wishes stand as they are.")
    chiara.presses("Close the round")
    chiara.sees("The round is closed; the wishes stand.")
    chiara.presses("Decide the round")
    chiara.sees("The plan is made and checked. Only the office sees it yet.", "proven")
    chiara.unfolds("Proof")
    chiara.presses("Solve it again and compare")
    chiara.sees("Solved again: the same plan to the byte.")
    chiara.presses(re.compile("Publish the plan for 30 students"))
    chiara.sees("The plan is published; every student was told that there is news.")


def reads_her_semesters(student: Person) -> None:
    """Where to, and why there; the last one is still open."""
    student.goes_to("/i-mesc/study/")
    semesters = student.page.locator("ol.timeline > li")
    expect(semesters).to_have_text(
        [re.compile(words, re.DOTALL) for words in ("WAW", "TLS", "LJU", "Not chosen yet")]
    )
    third = semesters.nth(2)
    student.unfolds("Why here", within=third)
    expect(third.locator("details p")).to_have_text(re.compile("wish 1 of 2"))


def welcomes_somebody(bruno: Person) -> None:
    """Whoever should be here and is not marked as arrived; one of them has just come."""
    bruno.goes_to("/i-mesc/partner/")
    row = bruno.row("Semester 2", "Class 22")
    expect(row).to_contain_text("30")
    waiting = bruno.page.locator("ul.rows > li")
    before, name = waiting.count(), waiting.locator("bdi").first.inner_text()
    bruno.presses(re.compile("^Has arrived"))
    bruno.sees("Arrived. The office sees it too.")
    bruno.goes_to("/i-mesc/partner/")
    expect(waiting).to_have_count(before - 1)
    expect(waiting.get_by_text(name)).to_have_count(0)

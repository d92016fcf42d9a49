"""From the last unruled dossier to a student: the office, its reviewers, and the one who accepts."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.journeys.steps import Person, sign_in_with_a_new_password

CALL = "/i-mesc/office/calls/class-23-first-round/"


def test_from_a_ruling_to_a_student(
    enter: Callable[[str], Person], somebody: Callable[[], Person]
) -> None:
    chiara = enter("Chiara Rossetti")
    eligible = rules_on_what_is_open(chiara)
    assigns_reviewers(chiara, eligible)
    distributes_the_rest(chiara)
    name, dossier = ranks(chiara)
    email = offers_a_place(chiara, dossier)

    chosen = somebody()
    sign_in_with_a_new_password(chosen, email)
    takes_the_place(chosen)

    chiara.goes_to(f"/i-mesc/office/students/?q={name}")
    expect(chiara.row(name)).to_contain_text("WAW")


def rules_on_what_is_open(chiara: Person) -> str:
    """The first is not eligible, the rest meet every rule. Returns the page of the last."""
    unruled = "/i-mesc/office/dossiers/?call=class-23-first-round&state=submitted"
    chiara.goes_to(unruled)
    count = chiara.page.locator("tbody tr").count()
    assert count >= 2
    for number in range(count):
        chiara.goes_to(unruled)
        chiara.opens_the_first_row()
        questions = chiara.card("Eligibility").locator("fieldset").all()
        assert len(questions) >= 2
        for question in questions:
            question.get_by_label("Met", exact=True).check()
        if number == 0:
            finds_a_fault(chiara, questions[0])
        chiara.presses("Keep the ruling")
        chiara.sees("The ruling is kept; the applicant was told that there is news.")
    eligible = chiara.path
    chiara.goes_to(unruled)
    chiara.sees("No dossier matches")
    return eligible


def finds_a_fault(chiara: Person, question: Locator) -> None:
    """Without a remark it is refused, and the answers stay."""
    question.get_by_label("Not met").check()
    chiara.presses("Keep the ruling")
    chiara.does_not_see("The ruling is kept; the applicant was told that there is news.")
    expect(question.get_by_label("Not met")).to_be_checked()
    chiara.types({"Remark": "The transcript shows 120 ECTS; 180 are needed."})


def assigns_reviewers(chiara: Person, dossier: str) -> None:
    """Two of one house are refused; one of each of two houses is what the rule wants."""
    chiara.goes_to(dossier)
    for people in (("Lena Hribernik", "Špela Jamnikar"), ("Lena Hribernik", "Kinga Brzozowiec")):
        card = chiara.card("Review")
        chiara.unfolds("Assign reviewers", within=card)
        for box in card.get_by_role("checkbox").all():
            box.uncheck()
        for name in people:
            card.get_by_label(name).check()
        chiara.presses("Assign", within=card)
        if people[1] == "Špela Jamnikar":
            chiara.sees("This was not done")
    chiara.sees("The reviewers were told that there is news.")
    expect(chiara.card("Review").locator("ul.rows > li")).to_contain_text(
        ["Kinga Brzozowiec", "Lena Hribernik"]
    )


def distributes_the_rest(chiara: Person) -> None:
    """What conflicts left open, by lot; then everybody hands in."""
    chiara.goes_to(f"{CALL}assignments/")
    chiara.types({"Seed": "2027"})
    chiara.presses("Distribute the dossiers")
    chiara.sees("None: every dossier under review has its reviewers")
    chiara.goes_to(f"{CALL}ranking/")
    chiara.presses("Compute the ranking")
    chiara.sees("A ranking needs 2 reviews of every eligible dossier, of two partners.")
    chiara.goes_to("/demo/clock/")
    chiara.presses("Let the reviewers finish")
    chiara.sees(re.compile(r"\d+ reviews were submitted\."))


def ranks(chiara: Person) -> tuple[str, str]:
    """Computed, computed again, approved. Returns who is first: the name and the page."""
    chiara.goes_to(f"{CALL}ranking/")
    chiara.presses("Compute the ranking")
    chiara.sees("The ranking is computed. Nobody was told yet.")
    chiara.unfolds("Proof")
    chiara.presses("Compute it again and compare")
    chiara.sees("Computed again: the same places to the byte.")
    chiara.presses(re.compile("Approve the ranking of"))
    chiara.sees("Read the lists, then say so.")
    chiara.chooses("I have read the lists")
    chiara.presses(re.compile("Approve the ranking of"))
    chiara.sees("The ranking is approved; every applicant was told that there is news.")
    first = chiara.page.locator("table.ranking tbody th[scope=row] a").first
    return first.inner_text(), first.get_attribute("href") or ""


def offers_a_place(chiara: Person, dossier: str) -> str:
    """To the first on the list alone. Returns the address it goes to."""
    chiara.goes_to(dossier)
    chiara.presses("Prepare the offer")
    chiara.sees("The offer is prepared. Nobody was told yet")
    chiara.follows("Preview and send it")
    chiara.presses("Preview and send")
    chiara.sees("1 offer, to exactly this person")
    letter = chiara.page.locator("ol.letters > li")
    expect(letter).to_have_count(1)
    found = re.search(r"[\w.+-]+@[\w.-]+", letter.inner_text())
    assert found
    chiara.presses("Send 1 offer")
    chiara.sees("1 offer sent.")
    return found[0]


def takes_the_place(chosen: Person) -> None:
    chosen.goes_to("/i-mesc/apply/")
    chosen.follows("Read the offer")
    chosen.follows("Accept the place")
    chosen.sees("You are then a student of this intake.")
    chosen.presses("Accept the place")
    chosen.reads_title("My studies")
    chosen.sees("The place is yours.")
    expect(chosen.page.locator("ol.timeline > li")).to_contain_text(
        ["WAW", "TLS", "Not chosen yet", "Not chosen yet"]
    )

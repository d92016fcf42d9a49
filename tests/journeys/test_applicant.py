"""From an e-mail address to a receipt: an applicant, two referees, and what they get wrong."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import Person, file, follow_letter, open_letter, paper, sign_up

EMAIL = "nadia.okonjo@students.example"
REFEREES = {
    "Prof. Ama Boateng": "a.boateng@faculty.example",
    "Dr Luc Mensah": "l.mensah@faculty.example",
}
LETTER = "I have known Nadia for three years.\n\nShe measures twice and asks the better question."
SECTIONS = {
    "Nationality and residence": {
        "Nationality for this application": "NG",
        "Country of residence": "NG",
    },
    "Education": {
        "Degree": "BSc Chemistry",
        "University": "University of Lagos",
        "Country of the university": "NG",
        "Credits": "180",
        "Awarded or expected on": "2025-07-01",
        "Average grade": "4.3",
        "Scale": "5.0 to 2.4",
    },
    "English": {},
    "Motivation": {
        "Statement of purpose": "I want to make batteries that outlive the phones around them.",
        "Essay": "Sodium is everywhere, and that is the whole point of it.",
    },
}
ANSWERS = {"Education": "No, I hold the degree", "English": "English is my first language"}


def test_from_an_address_to_a_receipt(somebody: Callable[[], Person]) -> None:
    nadia = somebody()
    sign_up(nadia, EMAIL)
    nadia.goes_to("/i-mesc/")
    nadia.follows("Read the call and apply")
    nadia.goes_to("/i-mesc/apply/")
    nadia.presses("Start a dossier")
    nadia.sees("0 of 9 sections completed")
    dossier = nadia.path

    writes_who_she_is(nadia)
    for section in SECTIONS:
        fills(nadia, section)
    chooses_tracks(nadia)
    hands_in_papers(nadia)
    names_referees(nadia)

    writes_a_letter(somebody(), *list(REFEREES.values())[:1])
    sends_a_letter(somebody(), *list(REFEREES.values())[1:])

    nadia.goes_to(dossier)
    nadia.sees("2 of 2 letters received")
    declares_and_submits(nadia, number=dossier.strip("/").rpartition("/")[2])


def writes_who_she_is(nadia: Person) -> None:
    """With a birthday to come: the page says so, and nothing that was typed is lost."""
    nadia.follows("Who you are")
    typed = {"Given names": "Nadia Ifeoma", "Family name": "Okonjo", "Phone": "+234 800 0000"}
    nadia.types({**typed, "Date of birth": "2031-05-14"})
    nadia.presses("Save and continue")
    nadia.sees("There is a problem", "This must be a date in the past.")
    for label, value in {**typed, "Date of birth": "2031-05-14"}.items():
        nadia.finds(label, value)
    nadia.types({"Date of birth": "2003-05-14"})
    nadia.presses("Save and continue")
    nadia.sees("1 of 9 sections completed")


def fills(nadia: Person, section: str) -> None:
    nadia.follows(section)
    nadia.types(SECTIONS[section])
    if section in ANSWERS:
        nadia.chooses(ANSWERS[section])
    nadia.presses("Save and continue")
    done = 2 + list(SECTIONS).index(section)
    nadia.sees(f"{done} of 9 sections completed")


def chooses_tracks(nadia: Person) -> None:
    """Ljubljana first, Bilbao second; then the other way round, with a button."""
    nadia.follows("Tracks and funding")
    nadia.presses(re.compile("Make it wish 1.*Ljubljana"))
    nadia.presses(re.compile("Make it wish 2.*Bilbao"))
    nadia.presses(re.compile("^Up .*Bilbao"))
    wishes = nadia.page.locator("ol.ranks > li")
    expect(wishes).to_have_text([re.compile("Bilbao"), re.compile("Ljubljana")])
    nadia.chooses("Erasmus Mundus scholarship")
    nadia.presses("Save and continue")
    nadia.sees("6 of 9 sections completed")


def hands_in_papers(nadia: Person) -> None:
    """A text file is refused beside its slot; then one real file for each slot that needs one."""
    nadia.follows(re.compile("^Documents"))
    nadia.attaches("Certificate of English", "english.txt", b"I speak English.")
    nadia.sees("There is a problem")
    titles = nadia.page.locator("section.card > h2").all_inner_texts()
    needed = [title for title in titles if "(optional)" not in title]
    assert len(needed) >= 5
    for title in needed:
        nadia.attaches(title, "paper.pdf", paper(title))
        nadia.sees(f"Attached: {title}.")
    nadia.follows("Continue")
    nadia.sees("7 of 9 sections completed", f"{len(needed)} of {len(needed)} attached")


def names_referees(nadia: Person) -> None:
    nadia.follows(re.compile("^Referees"))
    for name, email in REFEREES.items():
        nadia.types({"Name": name, "E-mail address": email, "University or company": "Lagos"})
        nadia.presses("Ask for the letter")
        nadia.sees(f"{name} has been asked by mail.")
    nadia.follows("Continue")
    nadia.sees("8 of 9 sections completed", "0 of 2 letters received")


def opens_the_request(referee: Person, email: str) -> None:
    """The link alone opens nothing; the address, typed again, does."""
    follow_letter(referee, email, "reference")
    referee.sees("Nadia Ifeoma Okonjo")
    referee.types({"Your e-mail address": "somebody.else@faculty.example"})
    referee.presses("Go on to the letter")
    referee.sees("No request fits this link and this address.")
    referee.types({"Your e-mail address": email})
    referee.presses("Go on to the letter")
    referee.reads_title("Your letter")
    assert referee.path == "/i-mesc/reference/"


def writes_a_letter(referee: Person, email: str) -> None:
    opens_the_request(referee, email)
    referee.types({"Write it here": LETTER})
    referee.presses("Send the letter")
    referee.reads_title("Your letter has arrived")
    paragraphs = referee.page.locator("blockquote p")
    expect(paragraphs).to_have_text(LETTER.split("\n\n"))
    open_letter(referee, email, "your letter has arrived")


def sends_a_letter(referee: Person, email: str) -> None:
    opens_the_request(referee, email)
    referee.page.get_by_label("Or send a PDF").set_input_files(
        file("letter.pdf", paper("A letter"))
    )
    referee.presses("Send the letter")
    referee.reads_title("Your letter has arrived")
    referee.sees("letter.pdf")


def declares_and_submits(nadia: Person, number: str) -> None:
    nadia.follows("Declaration")
    nadia.chooses("I declare that what I have written is true")
    nadia.presses("Save and continue")
    nadia.reads_title("Check your answers")
    nadia.does_not_see("is missing", "are missing")
    nadia.presses_twice("Submit the dossier")
    nadia.reads_title("Your dossier has arrived")
    expect(nadia.page.locator(".receipt__number")).to_have_text(number)
    open_letter(nadia, EMAIL, "your dossier has arrived")
    nadia.sees(number)
    nadia.goes_to("/demo/mail/?to=" + EMAIL)
    expect(nadia.page.get_by_role("link", name="your dossier has arrived")).to_have_count(1)

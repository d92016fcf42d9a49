"""What people do on pages, in the words in which one would tell it. No selectors in the stories."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Locator, Page, Response, expect

from demo.material.pdf import Line, pdf

expect.set_options(timeout=20_000)
PASSWORD = "a horse that counts to nine"
Words = str | re.Pattern[str]


@dataclass(frozen=True)
class Person:
    """Somebody at a browser of their own."""

    page: Page
    url: str

    # -- going

    def goes_to(self, path: str) -> Response:
        response = self.page.goto(path)
        assert response is not None
        return response

    def follows(self, link: Words) -> None:
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()

    def opens_the_first_row(self) -> None:
        self.page.locator("tbody th a").first.click()
        self.page.wait_for_load_state()

    def presses(self, button: Words, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()

    def presses_twice(self, button: Words) -> None:
        self.page.get_by_role("button", name=button).first.dblclick()
        self.page.wait_for_load_state()

    def unfolds(self, words: str, *, within: Locator | None = None) -> None:
        """What is folded away under those words; nothing where it lies open."""
        folds = (within or self.page).locator("details:not([open]) > summary", has_text=words)
        if folds.count():
            folds.first.click()

    def enters_as(self, who: str) -> None:
        """Through the role chooser, by name or by role."""
        self.goes_to("/demo/")
        said = self.page.get_by_text(re.compile(rf"^((Dr|Prof\.) )?{who}"))
        self.presses("Enter as", within=self.page.locator("article").filter(has=said).first)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    # -- typing

    def types(self, values: Mapping[str, str]) -> None:
        """By label. A list of countries takes the value that the form would send."""
        for label, value in values.items():
            field = self.page.get_by_label(label).first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def chooses(self, *answers: str) -> None:
        """Radio buttons and boxes, by their words."""
        for answer in answers:
            self.page.get_by_label(answer).first.check()

    def attaches(self, slot: str, name: str, content: bytes) -> None:
        """A file into the slot of that title; a slot that has one unfolds first."""
        card = self.card(slot)
        self.unfolds("Replace the file", within=card)
        card.locator("input[type=file]").set_input_files(file(name, content))
        self.presses(re.compile("Attach the file|Replace the file"), within=card)

    # -- looking

    def sees(self, *texts: Words) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def does_not_see(self, *texts: Words) -> None:
        for text in texts:
            expect(self.page.get_by_text(text)).to_have_count(0)

    def reads_title(self, title: Words) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def finds(self, label: str, value: str) -> None:
        """What was typed is still there."""
        expect(self.page.get_by_label(label).first).to_have_value(value)

    def card(self, title: Words) -> Locator:
        """The innermost section with that heading."""
        heading = self.page.get_by_role("heading", name=title)
        return self.page.locator("section").filter(has=heading).last

    def row(self, *texts: str) -> Locator:
        found = self.page.locator("tr")
        for text in texts:
            found = found.filter(has_text=text)
        return found.first


# -- accounts and mail


def sign_up(person: Person, email: str) -> None:
    person.goes_to("/account/signup/")
    person.types({"mail": email, "Password": PASSWORD})
    person.presses("Make the account")
    follow_letter(person, email, "Confirm your address")
    person.presses("Confirm the address")


def sign_in_with_a_new_password(person: Person, email: str) -> None:
    """The way of whoever has no password, or has forgotten it: by the link in a letter."""
    person.goes_to("/account/password/reset/")
    person.types({"mail": email})
    person.presses("Send the letter")
    follow_letter(person, email, "Choose a new password")
    for field in person.page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    person.presses("Set the password")
    person.reads_title("The password is changed")
    person.goes_to("/account/login/")
    person.types({"mail": email, "Password": PASSWORD})
    person.presses("Sign in")
    person.sees("Sign out")


def set_up_an_app(person: Person) -> str:
    """On the page that shows the secret. Returns it: from then on the app is this process."""
    secret = person.page.locator("code.code").inner_text()
    person.types({"Code": code_of(secret)})
    person.presses("Set it up")
    person.sees("The app is set up.")
    return secret


def code_of(secret: str, *, ahead: int = 0) -> str:
    """The six figures of now, or of `ahead` half minutes later: a code counts once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def open_letter(person: Person, address: str, subject: str) -> None:
    """The newest one in the demonstration's mailbox; the sender may need a moment."""
    link = person.page.get_by_role("link", name=subject).first
    for _ in range(60):
        person.goes_to(f"/demo/mail/?to={quote(address)}")
        if link.count():
            break
        person.page.wait_for_timeout(500)
    link.click()
    person.reads_title(re.compile(re.escape(subject)))


def follow_letter(person: Person, address: str, subject: str) -> None:
    """Open it and follow its link."""
    open_letter(person, address, subject)
    person.page.locator(f'main a[href^="{person.url}"]').first.click()
    person.page.wait_for_load_state()


# -- papers


def paper(title: str, pages: int = 1) -> bytes:
    return pdf(title, [[Line(title)] for _ in range(pages)], date(2027, 1, 1))


def file(name: str, content: bytes) -> Any:
    kind = "application/pdf" if name.endswith(".pdf") else "text/plain"
    return {"name": name, "mimeType": kind, "buffer": content}

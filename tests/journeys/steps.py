"""What people do on pages, in the words in which one would tell it. No selectors in the stories."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIResponse, Locator, Page, Response, expect

from demo.material.pdf import Line, pdf
from tests.papers import PDF

expect.set_options(timeout=20_000)
PASSWORD = "a horse that counts to nine"


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

    def follows(self, link: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=link).first.click()
        self.page.wait_for_load_state()

    def presses(self, button: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    # -- typing

    def types(self, values: Mapping[str, str], *, within: Locator | None = None) -> None:
        """By label. A list of countries and a date take the value that the form would send."""
        for label, value in values.items():
            field = (within or self.page).get_by_label(label, exact=False).first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def chooses(self, answer: str, *, of: str = "") -> None:
        """A radio button or a box, by its words; `of`: the question above it."""
        scope = self.page.get_by_role("group", name=of) if of else self.page
        scope.get_by_label(answer).first.check()

    def attaches(self, slot: str, name: str, content: bytes) -> None:
        """A file into the slot of that title."""
        card = self.card(slot)
        kind = "application/pdf" if name.endswith(".pdf") else "text/plain"
        card.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )
        self.presses(re.compile("Attach the file|Replace the file"), within=card)

    # -- looking

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def does_not_see(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def reads_title(self, title: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def card(self, title: str) -> Locator:
        """The section of that heading."""
        heading = self.page.get_by_role("heading", name=title)
        return self.page.locator("section").filter(has=heading).last

    def row(self, *texts: str) -> Locator:
        found = self.page.locator("tr")
        for text in texts:
            found = found.filter(has_text=text)
        return found.first

    # -- the API, with the session that the browser has

    def calls(self, path: str, body: object | None = None) -> Any:
        """GET, or POST with a body; fails with the answer where it is a refusal."""
        request, address = self.page.context.request, f"{self.url}/api/v1/{path}"
        if body is None:
            return _answer(request.get(address))
        headers = {"X-CSRFToken": self._token(), "Referer": self.url}
        return _answer(request.post(address, data=body, headers=headers))

    def _token(self) -> str:
        cookies = {each["name"]: each["value"] for each in self.page.context.cookies()}
        return cookies["csrf"]


def _answer(response: APIResponse) -> Any:
    assert response.ok, (response.url, response.status, response.text()[:500])
    return response.json()


# -- accounts and mail


def sign_up(person: Person, email: str, password: str = PASSWORD) -> None:
    person.goes_to("/account/signup/")
    person.types({"mail": email, "Password": password})
    person.presses("Make the account")


def sign_in(person: Person, email: str, password: str = PASSWORD) -> None:
    person.goes_to("/account/login/")
    person.types({"mail": email, "Password": password})
    person.presses("Sign in")
    person.sees("Sign out")


def get_a_password(person: Person, email: str, password: str = PASSWORD) -> None:
    """The way of whoever has none, or has forgotten it: by the link in a letter."""
    person.goes_to("/account/password/reset/")
    person.types({"mail": email})
    person.presses("Send the letter")
    follow_letter(person, email, "/account/password/reset/key/")
    person.types({"Password": password})
    person.presses("Set the password")
    person.sees("The password is changed")
    sign_in(person, email, password)


def letters_to(person: Person, address: str) -> Locator:
    """The letters in the demonstration's mailbox to that address, newest first."""
    person.goes_to(f"/demo/mail/?to={address}")
    return person.page.locator("article")


def follow_letter(person: Person, address: str, link: str) -> str:
    """Wait for the newest letter with such a link, and follow it. Returns the path."""
    path = wait_for_letter(person, address, link)
    person.goes_to(path)
    return path


def wait_for_letter(person: Person, address: str, words: str) -> str:
    """The address of the link in the newest letter to that person that has `words` in it."""
    link = letters_to(person, address).locator(f'a[href*="{words}"]').first
    for _ in range(40):
        if link.count():
            break
        person.page.wait_for_timeout(500)
        person.page.reload()
    expect(link).to_be_visible()
    return (link.get_attribute("href") or "").removeprefix(person.url)


# -- papers


def paper(title: str, pages: int = 1) -> bytes:
    from datetime import date

    return pdf(title, [[Line(title)] for _ in range(pages)], date(2027, 1, 1))


def small_pdf() -> bytes:
    return PDF


def in_order(texts: Sequence[str]) -> str:
    return " > ".join(texts)

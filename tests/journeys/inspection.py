"""Looking at every page that a role can reach: at two widths, by day and by night."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.steps import Person

WIDTHS, SCHEMES = (1280, 320), ("light", "dark")
HEIGHT = 800
GRAVE = {"serious", "critical"}
# axe's own rules, and what a scheme can change: only the colours.
OPTIONS: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
# The rest of a long list looks like its beginning, and axe takes its time over each line.
SAMPLE = {
    "include": [["html"]],
    "exclude": [["tbody tr:nth-child(n+7)"], ["li:nth-child(n+9)"], ["option:nth-child(n+4)"]],
}
# What is no page: files, the API, and doors that lead out of the role.
OUTSIDE = re.compile(
    r"/file($|\?)|\?download|/letters/|/partner/documents/|^/api/|^/demo/|^/i18n/|/logout/|#"
)
PARTS = (
    (re.compile("^/(i-mesc|travessia)/"), "/{consortium}/"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), "{id}"),
    (re.compile(r"/[0-9A-Z]{4}-[0-9A-Z]{4}"), "/{number}"),
    (re.compile(r"/calls/[a-z0-9-]+"), "/calls/{call}"),
    (re.compile(r"/programme/[a-z0-9-]+"), "/programme/{version}"),
    (re.compile(r"/(entries|removal)/([a-z_]+)/.+"), r"/\1/\2/{key}/"),
    (re.compile(r"/reference/[\w-]{20,}"), "/reference/{token}"),
    (re.compile(r"/\d+/"), "/{n}/"),
)


@dataclass(frozen=True)
class State:
    """One page at one width in one scheme, and what is wrong with it."""

    role: str
    page: str
    width: int
    scheme: str
    grave: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()
    sideways: int = 0
    noise: tuple[str, ...] = ()

    @property
    def findings(self) -> list[str]:
        wide = [f"{self.sideways} px too wide"] if self.sideways else []
        return [*self.grave, *wide, *self.noise]

    def row(self) -> str:
        told = "; ".join(self.findings) or "-"
        slight = "; ".join(self.slight) or "-"
        return f"| {self.role} | {self.page} | {self.width} | {self.scheme} | {told} | {slight} |"


@dataclass
class Inspector:
    """Wears a person's browser; hears what the console says and where requests go."""

    role: str
    person: Person
    states: list[State]
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        page = self.person.page
        page.emulate_media(reduced_motion="reduce")
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        refused = re.search(r"status of 4\d\d", message.text)
        if message.type == "error" and not refused:
            self.heard.append(f"console: {message.text[:200]}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.person.url, "data:", "blob:")):
            self.heard.append(f"foreign: {request.url[:200]}")

    def walk(self, start: str, *, again: bool = False) -> None:
        """From a page along the links that stay under it, once for each kind of page.

        What another role has been shown is passed by, unless it is to be looked at `again`.
        """
        known = set() if again else {state.page for state in self.states}
        waiting, seen = [start], {shape(start)}
        while waiting:
            here = waiting.pop(0)
            answer = self.person.goes_to(here)
            assert answer.status == 200, (self.role, here, answer.status)
            if here == start or shape(here) not in known:
                self.look(shape(here))
            for link in self._links(start):
                if shape(link) not in seen:
                    seen.add(shape(link))
                    waiting.append(link)

    def _links(self, start: str) -> Iterator[str]:
        hrefs = self.person.page.evaluate(
            "() => [...document.links].map(each => each.getAttribute('href'))"
        )
        for href in hrefs:
            if href.startswith(start) and not OUTSIDE.search(href):
                yield href.partition("?")[0]

    def look(self, name: str) -> None:
        """The page that is open, in all four states."""
        page = self.person.page
        page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                grave, slight = _axe(page, scheme)
                noise, self.heard[:] = tuple(dict.fromkeys(self.heard)), []
                state = State(self.role, name, width, scheme, grave, slight, _sideways(page), noise)
                self.states.append(state)
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        page.emulate_media(color_scheme="light")

    def wrong(self, before: int) -> list[str]:
        """What is wrong in the states seen since there were `before` of them."""
        return [
            f"{state.page} at {state.width} px, {state.scheme}: {finding}"
            for state in self.states[before:]
            for finding in state.findings
        ]


@cache
def shape(path: str) -> str:
    """The kind of page: its address without numbers and names."""
    for pattern, word in PARTS:
        path = pattern.sub(word, path)
    return path


def _sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))


def _axe(page: Page, scheme: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    asked = [SAMPLE, OPTIONS[scheme]]
    found = page.evaluate("([where, what]) => axe.run(where, what)", asked)["violations"]
    grave = tuple(map(_told, (each for each in found if each["impact"] in GRAVE)))
    return grave, tuple(each["id"] for each in found if each["impact"] not in GRAVE)


def _told(violation: dict[str, Any]) -> str:
    places = [str(node["target"][0]) for node in violation["nodes"]]
    return f"{violation['id']} ({len(places)}): {', '.join(places[:2])}"


def table(states: list[State]) -> str:
    """All of it, for var/journeys/looks.md."""
    head = ["| role | page | width | scheme | findings | slight |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(state.row() for state in states), ""])


def figures(states: list[State]) -> str:
    pages = {(state.role, state.page) for state in states}
    found = sum(len(state.findings) for state in states)
    slight = sorted({word for state in states for word in state.slight})
    return (
        f"{len(pages)} pages in {len(states)} states: {found} findings; "
        f"slight, not counted: {', '.join(slight) or 'none'}"
    )

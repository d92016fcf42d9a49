"""Every page of the journey at two widths, by day and by night: axe, scrolling, console, origins."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.config.conftest import ROOT
from tests.journeys.inspection import Inspector, State
from tests.journeys.server import Demo
from tests.journeys.steps import Person, follow_letter

TABLE = ROOT / "var" / "journeys" / "looks.md"
ITO = "y.ito@sendai-institute.example"
MOST_REQUESTS, MOST_BYTES = 6, 100_000
# Who walks, and from where: everything that can be reached from there is looked at.
WALKS = {
    "visitor": ("", ("/", "/i-mesc/")),
    "Amina Belhadi": ("applicant", ("/i-mesc/apply/", "/account/")),
    "Applicant with an offer": ("offered", ("/travessia/apply/",)),
    "Student": ("student", ("/i-mesc/study/",)),
    "Lena Hribernik": ("reviewer", ("/i-mesc/review/",)),
    "Bruno Castelnau": ("partner", ("/i-mesc/partner/",)),
    "Chiara Rossetti": ("office", ("/i-mesc/office/",)),
    "Tomi Aaltonen-Okoro": ("operator", ("/operator/",)),
}
# Forms that are sent empty, to see the page that comes back: who, where, which button.
MISTAKES = (
    ("visitor", "/account/signup/", "Make the account"),
    ("visitor", "/account/login/", "Sign in"),
    ("Chiara Rossetti", "/i-mesc/office/people/", "Appoint the person"),
    ("Chiara Rossetti", "/i-mesc/office/rounds/new/", "Draft"),
)


@pytest.fixture(scope="module")
def inspector(
    somebody: Callable[[], Person], enter: Callable[[str], Person]
) -> Callable[[str], Inspector]:
    """One for each role, kept from the first walk to the last mistake."""
    known: dict[str, Inspector] = {}

    def of(who: str) -> Inspector:
        if who not in known:
            person = somebody() if who in {"visitor", "referee"} else enter(who)
            known[who] = Inspector(WALKS[who][0] if who in WALKS else who, person)
        return known[who]

    return of

"""Every page of the journey at two widths, by day and by night: axe, scrolling, console, origins."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.inspection import Inspector
from tests.journeys.server import Demo
from tests.journeys.steps import Person, open_letter

ITO = "y.ito@sendai-institute.example"
MOST_REQUESTS, MOST_BYTES = 6, 100_000


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("visitor", "/"),
        ("Amina Belhadi", "/i-mesc/apply/"),
        ("Amina Belhadi", "/account/"),
        ("Applicant with an offer", "/travessia/apply/"),
        ("Student", "/i-mesc/study/"),
        ("Lena Hribernik", "/i-mesc/review/"),
        ("Bruno Castelnau", "/i-mesc/partner/"),
        ("Noémie Castaing", "/i-mesc/inclusion/"),
        ("Chiara Rossetti", "/i-mesc/office/"),
        ("Tomi Aaltonen-Okoro", "/operator/"),
    ],
)
def test_every_page_that_a_role_can_reach(
    inspector: Callable[[str], Inspector], who: str, start: str
) -> None:
    looking = inspector(who)
    before = len(looking.states)
    looking.walk(start)
    assert looking.wrong(before) == []


def test_the_pages_of_a_referee(inspector: Callable[[str], Inspector]) -> None:
    looking = inspector("referee")
    before, ito = len(looking.states), looking.person
    open_letter(ito, ITO, "reference")
    ito.page.locator(f'main a[href^="{ito.url}"]').first.click()
    looking.look("/{consortium}/reference/{token}/")
    ito.presses("Go on to the letter")
    looking.look("/{consortium}/reference/{token}/, sent empty")
    ito.types({"Your e-mail address": ITO})
    ito.presses("Go on to the letter")
    looking.walk("/i-mesc/reference/")
    ito.goes_to("/i-mesc/reference/")
    ito.types({"Write it here": "I recommend this applicant without reserve."})
    ito.presses("Send the letter")
    looking.look("/{consortium}/reference/receipt/")
    assert looking.wrong(before) == []


def test_pages_of_the_demonstration(inspector: Callable[[str], Inspector]) -> None:
    looking = inspector("visitor")
    before = len(looking.states)
    for page in ("", "mail/", "clock/", "components/"):
        looking.person.goes_to(f"/demo/{page}")
        looking.look(f"/demo/{page}")
    open_letter(looking.person, ITO, "reference")
    looking.look("/demo/mail/{n}/")
    assert looking.wrong(before) == []


@pytest.mark.parametrize(
    ("who", "page", "button"),
    [
        ("visitor", "/account/signup/", "Make the account"),
        ("visitor", "/account/login/", "Sign in"),
        ("Chiara Rossetti", "/i-mesc/office/people/", "Appoint the person"),
        ("Chiara Rossetti", "/i-mesc/office/calls/class-23-first-round/ranking/", "Compute"),
    ],
)
def test_pages_that_come_back_with_a_refusal(
    inspector: Callable[[str], Inspector], who: str, page: str, button: str
) -> None:
    looking = inspector(who)
    before = len(looking.states)
    looking.person.goes_to(page)
    looking.person.presses(button, within=looking.person.page.locator("main"))
    expect(looking.person.page.get_by_role("alert").first).to_be_visible()
    looking.look(f"{page}, refused")
    assert looking.wrong(before) == []


def test_a_page_that_is_not_there(inspector: Callable[[str], Inspector]) -> None:
    looking = inspector("visitor")
    before = len(looking.states)
    assert looking.person.goes_to("/i-mesc/office/").status in {200, 404}
    assert looking.person.goes_to("/nowhere/").status == 404
    looking.look("/nowhere/")
    assert looking.wrong(before) == []


def test_the_first_page_of_an_applicant_is_light(
    browser: Browser, demo: Demo, enter: Callable[[str], Person], tell: Callable[[str], None]
) -> None:
    """With nothing kept from an earlier visit, as it comes over the line."""
    signed_in = enter("Amina Belhadi").page.context.storage_state()
    with browser.new_context(base_url=demo.url, storage_state=signed_in) as context:
        page = context.new_page()
        line = context.new_cdp_session(page)
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        line.send("Network.enable")
        page.goto("/i-mesc/apply/", wait_until="networkidle")
    told = f"{len(sizes)} requests, {sum(sizes) / 1000:.0f} KB"
    tell(f"first load of an applicant's dashboard: {told}")
    assert (0 < len(sizes) <= MOST_REQUESTS, 0 < sum(sizes) <= MOST_BYTES) == (True, True), told

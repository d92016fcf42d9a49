"""A partner's coordinator comes for the first time: a passkey, then an app, and both open the door."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.inspection import Inspector
from tests.journeys.server import Demo
from tests.journeys.steps import (
    PASSWORD,
    Person,
    code_of,
    set_up_an_app,
    sign_in_with_a_new_password,
)

AGATA = "agata@warsaw.example"
DOOR = "/i-mesc/partner/"
INSIDE = "Seats"


@pytest.fixture
def agata(browser: Browser, demo: Demo) -> Iterator[Person]:
    """At a machine that makes passkeys. A passkey is of a name, so not of 127.0.0.1."""
    url = demo.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    machine = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": machine})
    yield Person(page, url)
    context.close()


def test_a_passkey_opens_the_door_alone(
    agata: Person, inspector: Callable[[str], Inspector]
) -> None:
    sign_in_with_a_new_password(agata, AGATA)
    agata.goes_to(DOOR)
    agata.reads_title("A second factor")
    agata.follows("Set up a passkey")
    agata.finds("Name of the passkey", "Passkey 1")
    agata.presses("Add the passkey")
    agata.reads_title("Recovery codes")
    expect(agata.page.locator("ul.codes > li")).to_have_count(10)
    agata.follows("Go on to where you wanted to go")
    agata.sees(INSIDE)

    signs_out(agata)
    agata.goes_to(DOOR)
    agata.presses("Sign in with a passkey")
    agata.sees("Sign out")
    agata.goes_to(DOOR)
    agata.sees(INSIDE)

    a_token_is_shown_once(agata)
    looks_right_everywhere(agata, inspector)
    an_app_beside_it(agata)


def signs_out(person: Person) -> None:
    person.goes_to("/account/")
    person.presses("Sign out")
    person.sees("Sign in")


def a_token_is_shown_once(agata: Person) -> None:
    agata.goes_to("/account/tokens/")
    agata.follows("Make a token")
    agata.types({"Name": "Nightly list"})
    agata.presses("Make the token")
    agata.reads_title("Your new API token")
    secret = agata.page.locator(".code--secret").inner_text()
    assert re.fullmatch(r"itn_[\w-]{43}", secret)
    headers = {"Authorization": f"Bearer {secret}"}
    address = f"{agata.url}/api/v1/i-mesc/partner/placements/"
    assert agata.page.request.get(address, headers=headers).status == 200
    agata.follows("I have it")
    agata.sees("Nightly list")
    agata.does_not_see(secret)


def looks_right_everywhere(agata: Person, inspector: Callable[[str], Inspector]) -> None:
    """Pages that only somebody with a factor, a token and a session sees."""
    looking = Inspector("account", agata, inspector("visitor").states)
    before = len(looking.states)
    for path in (
        *("factors/", "factors/webauthn/", "factors/webauthn/add/", "factors/recovery-codes/"),
        *("factors/totp/activate/", "factors/reauthenticate/", "factors/webauthn/reauthenticate/"),
        *("reauthenticate/", "sessions/", "tokens/", "tokens/new/", "email/", "password/change/"),
    ):
        agata.goes_to(f"/account/{path}")
        looking.look(f"/account/{path}")
    assert looking.wrong(before) == []


def an_app_beside_it(agata: Person) -> None:
    """The next sign-in, with the password, takes a code from it; one by hand, one by the passkey."""
    agata.goes_to("/account/factors/")
    agata.follows("Set up an app")
    secret = set_up_an_app(agata)
    for goes_on in ("code", "passkey"):
        signs_out(agata)
        agata.goes_to("/account/login/")
        agata.types({"mail": AGATA, "Password": PASSWORD})
        agata.presses("Sign in")
        agata.reads_title("Your second factor")
        if goes_on == "code":
            agata.types({"Code": "000000"})
            agata.presses("Sign in")
            agata.sees("This code is not right")
            agata.types({"Code": code_of(secret, ahead=1)})
            agata.presses("Sign in")
        else:
            agata.presses("Use a passkey")
        agata.sees("Sign out")
        agata.goes_to(DOOR)
        agata.sees(INSIDE)

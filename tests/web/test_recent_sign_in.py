"""What a stranger at an open screen could misuse is done only shortly after signing in."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from api.admissions import office as api_office
from consortium.access import acting
from consortium.models import Membership
from tests.sign_in import last_used, sign_in
from tests.web.desks import COORDINATOR, plain, text_of
from web.account.sessions import EndSessions

PASSWORD = "railway-map-of-europe"
APPOINT = "/emat/office/people/appointment/"
NEW = {"email": "dean@example.org", "name": "Dean Verdigris", "role": "officer", "reason": "New."}
STALE = 16 * 60


@pytest.fixture
def chiara(world):
    user = world.user(COORDINATOR)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=COORDINATOR, verified=True, primary=True)
    return user


@pytest.fixture
def stale(chiara, clock):
    """Signed in with two factors sixteen minutes ago, and busy since."""
    client = sign_in(Client(), chiara, ago=STALE)
    last_used(client, ago=0)
    return client


def appointed(world):
    with acting(world.system()):
        return Membership.objects.filter(person_email=NEW["email"]).exists()


def prove(client, there):
    """Follow to the question for the password and answer it; returns where that leads."""
    while "/account/reauthenticate/" not in there.url:
        there = client.get(there.url)
    back = parse_qs(urlsplit(there.url).query)["next"][0]
    return client.post("/account/reauthenticate/", {"password": PASSWORD, "next": back})


def test_appointing_waits_and_nothing_typed_is_lost(world, stale):
    assert stale.get("/emat/office/people/").status_code == 200
    asked = stale.post(APPOINT, NEW)
    assert asked.url == f"/account/confirm/?next={APPOINT.replace('/', '%2F')}"
    assert not appointed(world)
    back = prove(stale, asked)
    assert back.url == APPOINT
    page = stale.get(back.url)
    assert "Nothing was sent yet: press the button once more." in plain(page)
    assert 'value="Dean Verdigris"' in text_of(page)
    assert not appointed(world)
    assert stale.post(APPOINT, NEW).url == "/emat/office/people/"
    assert appointed(world)


def test_what_was_typed_is_handed_out_once_and_to_its_own_page_only(stale, chiara):
    prove(stale, stale.post(APPOINT, NEW))
    assert "Dean Verdigris" not in text_of(stale.get("/emat/office/people/"))
    assert "Dean Verdigris" in text_of(stale.get(APPOINT))
    assert stale.get(APPOINT).url == "/emat/office/people/"
    other = sign_in(Client(), chiara)
    assert other.get(APPOINT).url == "/emat/office/people/"


def test_dismissing_waits_too(world, stale):
    with acting(world.system()):
        member = Membership.objects.get(person_email="officer@emat.example")
    address = f"/emat/office/people/{member.pk}/dismissal/"
    assert stale.post(address, {"reason": "Leaves."}).url.startswith("/account/confirm/")
    with acting(world.system()):
        assert Membership.objects.get(pk=member.pk).ends_at is None


def test_a_wrong_password_proves_nothing(stale):
    stale.post("/account/reauthenticate/", {"password": "wrong", "next": APPOINT})
    assert stale.get("/account/tokens/new/").url.startswith("/account/confirm/")


def test_a_page_that_is_asked_for_comes_back_with_its_query(stale):
    asked = stale.get("/account/tokens/new/?from=here")
    assert prove(stale, asked).url == "/account/tokens/new/?from=here"


def test_proving_it_again_renews_the_session_id(stale):
    before = stale.session.session_key
    prove(stale, stale.get("/account/tokens/new/"))
    assert stale.session.session_key != before
    assert stale.get("/account/tokens/new/").status_code == 200


@pytest.mark.parametrize("minutes", [14, 16])
def test_recent_is_a_quarter_of_an_hour(chiara, clock, minutes):
    client = sign_in(Client(), chiara, ago=minutes * 60)
    assert (client.get("/account/tokens/new/").status_code == 200) is (minutes < 15)


def test_the_setting_moves_it(stale, settings):
    settings.RECENT_SIGN_IN = 17 * 60
    assert stale.get("/account/tokens/new/").status_code == 200


def test_the_api_answers_403_with_the_next_step(stale, call, monkeypatch):
    monkeypatch.setattr(api_office.CloseCall, "needs_recent_sign_in", True)
    there = stale.post(f"/api/v1/emat/office/calls/{call.call().slug}/closing/")
    assert there.status_code == 403
    told = there.json()["error"]
    assert told["code"] == "reauthentication_needed"
    assert "Confirm on the pages of your account" in told["next_step"]


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/account/email/", {"email": "new@example.org", "action_add": ""}),
        ("/account/factors/totp/activate/", {"code": "123456"}),
        ("/account/factors/recovery-codes/generate/", {}),
        ("/account/factors/webauthn/add/", {"credential": "{}"}),
    ],
)
def test_changes_of_the_account_itself_wait(stale, chiara, address, typed):
    there = stale.post(address, typed)
    assert there.url.startswith("/account/reauthenticate/")
    assert not chiara.emailaddress_set.filter(email="new@example.org").exists()


def test_somebody_without_any_way_of_proving_it_is_not_waved_through(world, clock):
    """allauth would: an account without password and factor counts there as recent for ever."""
    user = world.user("amina@example.org")
    client = sign_in(Client(), user, strong=False, ago=STALE)
    there = client.get("/account/factors/totp/activate/")
    assert there.url.startswith("/account/confirm/")
    assert "Choose a password by mail" in plain(client.get(there.url))


def test_a_button_comes_back_to_the_page_on_which_it_stands(stale, monkeypatch):
    address = "/account/sessions/end/"
    monkeypatch.setattr(EndSessions, "needs_recent_sign_in", True)
    here = {"referer": "http://testserver/account/sessions/"}
    asked = stale.post(address, headers=here)
    assert asked.url == "/account/confirm/?next=%2Faccount%2Fsessions%2F"
    elsewhere = {"referer": "https://evil.example/x"}
    assert stale.post(address, headers=elsewhere).url == "/account/confirm/?next=%2F"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:a()"]
)
def test_the_way_back_never_leads_to_another_host(chiara, clock, elsewhere):
    client = sign_in(Client(), chiara)
    assert client.get("/account/confirm/", {"next": elsewhere}).url == "/account/"
    assert client.get("/account/second-factor/", {"next": elsewhere}).url == "/account/"


def test_a_form_too_large_for_a_session_is_not_kept(stale):
    stale.post(APPOINT, {**NEW, "reason": "x" * 70_000})
    assert "kept_form" not in stale.session


def test_the_token_of_the_form_is_not_kept(stale):
    stale.post(APPOINT, {**NEW, "csrfmiddlewaretoken": "secret-token"})
    assert not re.search("secret-token", str(stale.session["kept_form"]))

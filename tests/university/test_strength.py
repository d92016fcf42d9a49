"""When a sign-in through a university counts as two factors, and when as recent."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.clock import move_to
from tests.sign_in import sign_in
from tests.university.conftest import go
from tests.web.desks import plain
from tests.world import NOON

MFA = "https://refeds.org/profile/mfa"
OFFICE, TOKEN = "/emat/office/", "/account/tokens/new/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def chiara(world, issuer, settings):
    """Coordinates, without a password; her university is connected."""
    settings.CLOCK = "tests.clock.now"
    move_to(NOON)
    user = world.user("coordinator@emat.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client = sign_in(Client(), user, strong=False)
    go(client, "/account/university/connect/")
    assert SocialAccount.objects.get().user == user
    return user


def test_a_university_that_asked_for_two_factors_opens_strong_doors(chiara, issuer):
    issuer.proved = {"acr": MFA}
    client = Client()
    go(client)
    assert client.get(OFFICE).status_code == 200


@pytest.mark.parametrize(
    "proved", [{}, {"acr": "https://refeds.org/profile/sfa"}, {"amr": ["pwd"]}]
)
def test_one_that_did_not_say_so_does_not(chiara, issuer, proved):
    issuer.proved = proved
    client = Client()
    go(client)
    assert client.get(OFFICE).url.startswith("/account/second-factor/")


def test_userinfo_cannot_say_it(chiara, issuer):
    issuer.told |= {"acr": MFA, "amr": ["mfa"]}
    client = Client()
    go(client)
    assert client.get(OFFICE).url.startswith("/account/second-factor/")


def test_our_own_factor_is_asked_of_whom_the_university_did_not_ask(chiara, issuer):
    TOTP.activate(chiara, SECRET)
    client = Client()
    assert go(client).url == "/account/factors/authenticate/"
    assert client.get("/account/").status_code == 302
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    client.post("/account/factors/authenticate/", {"code": code})
    assert client.get(OFFICE).status_code == 200


def test_and_not_of_whom_it_did(chiara, issuer):
    TOTP.activate(chiara, SECRET)
    issuer.proved = {"acr": MFA}
    client = Client()
    go(client)
    assert client.get(OFFICE).status_code == 200


def test_the_next_sign_in_with_a_password_is_asked_again(chiara, issuer):
    """What the university asked counts for that sign-in alone, not for the browser."""
    chiara.set_password("railway-map-of-europe")
    chiara.save()
    TOTP.activate(chiara, SECRET)
    issuer.proved = {"acr": MFA}
    client = Client()
    go(client)
    client.post("/account/logout/")
    typed = {"login": chiara.email, "password": "railway-map-of-europe"}
    assert client.post("/account/login/", typed).url == "/account/factors/authenticate/"


@pytest.mark.parametrize(("minutes", "recent"), [(1, True), (14, True), (16, False), (600, False)])
def test_recent_is_when_the_university_asked_not_when_it_told(chiara, issuer, minutes, recent):
    issuer.proved = {"acr": MFA, "auth_time": int(time.time()) - minutes * 60}
    client = Client()
    go(client)
    assert (client.get(TOKEN).status_code == 200) is recent


def test_one_that_does_not_say_when_is_not_recent(chiara, issuer):
    issuer.proved = {"acr": MFA, "auth_time": None}
    client = Client()
    go(client)
    assert client.get(TOKEN).url.startswith("/account/confirm/")


@pytest.fixture
def stale(chiara, issuer):
    issuer.proved = {"acr": MFA, "auth_time": int(time.time()) - 3600}
    client = Client()
    go(client)
    return client


def test_proving_it_again_makes_the_university_ask(stale, issuer):
    asked = stale.get(stale.get(TOKEN).url)
    assert asked.url.startswith("/account/university/again/?next=")
    issuer.proved = {"acr": MFA}
    before = stale.session.session_key
    assert go(stale, "/account/university/again/", next=TOKEN).url == TOKEN
    assert (issuer.asked[-1]["prompt"], issuer.asked[-1]["max_age"]) == ("login", "0")
    assert stale.session.session_key != before
    assert stale.get(TOKEN).status_code == 200


def test_one_that_did_not_ask_does_not_count(stale, issuer):
    back = go(stale, "/account/university/again/", next="/account/")
    assert "did not ask who you are" in plain(stale.get(back.url))
    assert stale.get(TOKEN).url.startswith("/account/confirm/")


def test_somebody_else_at_the_university_does_not_count(stale, issuer, world):
    issuer.told |= {"sub": "another", "email": "another@uni.example"}
    issuer.proved = {"acr": MFA}
    back = go(stale, "/account/university/again/", next="/account/")
    assert "somebody else is signed in" in plain(stale.get(back.url))
    assert stale.get(TOKEN).url.startswith("/account/confirm/")
    assert SocialAccount.objects.count() == 1

"""Signing in through a university: new people, people who come again, addresses that are taken."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client

from consortium.models import User
from tests.clock import move_to
from tests.sign_in import sign_in
from tests.university.conftest import go, recorded
from tests.web.desks import plain, text_of
from tests.web.test_account import link_in
from tests.world import NOON

pytestmark = pytest.mark.usefixtures("world")
AMINA = "a.belhadi@students.uu.example"


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.CLOCK = "tests.clock.now"
    move_to(NOON)


def words(response):
    """Without what differs on every visit, and without addresses."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", text_of(response))
    text = re.sub(r'"X-CSRFToken": "[^"]+"', "", text)
    return re.sub(r"[\w.-]+@[\w.-]+", "", text)


# -- new people


def test_somebody_new_gets_an_account_and_comes_to_where_they_were_going(issuer):
    client = Client()
    assert go(client, next="/privacy/").url == "/privacy/"
    user = User.objects.get(email=AMINA)
    assert user.name == "Amina Belhadi"
    assert not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified
    page = plain(client.get("/account/"))
    for shown in (AMINA, "uu.example", "urn:schac:personalUniqueCode:int:esi:uu.example:1234567"):
        assert shown in page


@pytest.mark.parametrize(
    "name", ["single_strings", "lists_everywhere", "other_scripts", "only_a_name"]
)
def test_every_recorded_shape_with_a_confirmed_address_comes_in(issuer, name):
    issuer.told = recorded(name)
    client = Client()
    assert go(client).status_code == 302
    assert client.get("/account/").status_code == 200


def test_both_student_identifiers_are_shown_and_no_other_code(issuer):
    issuer.told = recorded("two_student_ids")
    client = Client()
    go(client)
    page = text_of(client.get("/account/"))
    assert page.count(":int:esi:") + page.count(":int:ESI:") == 2
    assert "local-7" not in page
    assert "es:ESI:old" not in page


def test_the_sign_in_page_offers_it(issuer):
    page = text_of(Client().get("/account/login/?next=/emat/apply/"))
    assert "Sign in through MyAcademicID" in page
    assert "/account/university/enter/?next=%2Femat%2Fapply%2F" in page


def test_no_more_is_kept_than_is_shown(issuer):
    issuer.told |= {"birthdate": "2001-01-01", "phone_number": "+33 1"}
    go(Client())
    account = SocialAccount.objects.get()
    assert set(account.extra_data) == {
        *("issuer", "sub", "email", "email_verified", "name", "home_organization"),
        *("student_ids", "affiliations"),
    }
    assert not SocialToken.objects.exists()


def test_the_question_carries_all_that_makes_the_answer_trustworthy(issuer):
    go(Client())
    go(Client())
    first, second = issuer.asked
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://testserver/account/university/return/"
    assert "schac_home_organization" in first["scope"]
    assert first["max_age"] == "43200"
    assert "acr_values" not in first
    assert len(first["nonce"]) >= 43
    for name in ("nonce", "state", "code_challenge"):
        assert first[name] != second[name]


def test_an_unconfirmed_address_has_to_be_confirmed_first(issuer):
    for name in ("unverified_email", "email_without_word"):
        issuer.told = recorded(name)
        client = Client()
        assert go(client).url == "/account/confirm-email/"
        assert client.get("/account/").status_code == 302
        assert mail.outbox[-1].to == [issuer.told["email"]]
        client.post(link_in(mail.outbox[-1]))
        assert client.get("/account/").status_code == 200


def test_somebody_without_an_address_is_asked_for_one(issuer):
    issuer.told = recorded("no_email")
    client = Client()
    asked = go(client)
    assert "Where do we write to you?" in plain(client.get(asked.url))
    assert client.post(asked.url, {"email": "eva@home.example"}).url == "/account/confirm-email/"
    assert client.get("/account/").status_code == 302
    client.post(link_in(mail.outbox[-1]))
    assert "uni.example" in plain(client.get("/account/"))


def test_somebody_of_whom_nothing_is_told_is_asked_too(issuer):
    issuer.told = recorded("bare")
    assert go(Client()).url == "/account/university/signup/"


# -- an address that has an account


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_account_is_never_joined_by_its_address(issuer, world, confirmed):
    """Not even by one the issuer calls confirmed: in a federation everybody says what they like."""
    issuer.told |= {"email": "coordinator@emat.example", "email_verified": confirmed}
    client = Client()
    assert go(client).url == "/account/confirm-email/"
    assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.exists()
    letter = mail.outbox[-1]
    assert letter.to == ["coordinator@emat.example"]
    assert "If you came through MyAcademicID: sign in with that password first" in letter.body


def test_the_answer_for_a_taken_address_is_that_for_a_free_one(issuer):
    told = []
    for email in ("coordinator@emat.example", "nobody@uni.example"):
        issuer.told = {**recorded("unverified_email"), "sub": email, "email": email}
        client = Client()
        first = go(client)
        told.append((first.status_code, first.url, words(client.get(first.url))))
    assert told[0] == told[1]


def test_so_is_that_for_an_address_typed_by_hand(issuer):
    told = []
    for email in ("coordinator@emat.example", "nobody@uni.example"):
        issuer.told = {**recorded("no_email"), "sub": email}
        client = Client()
        answer = client.post(go(client).url, {"email": email})
        told.append((answer.status_code, answer.url, words(client.get(answer.url))))
    assert told[0] == told[1]


# -- people who come again


def test_the_second_time_it_is_the_same_account(issuer):
    go(Client())
    go(Client())
    assert User.objects.filter(email=AMINA).count() == 1


def test_an_address_that_changed_there_changes_nothing_here(issuer):
    go(Client())
    issuer.told |= {"email": "coordinator@emat.example"}
    client = Client()
    go(client)
    assert User.objects.get(pk=client.session["_auth_user_id"]).email == AMINA


def test_a_home_organisation_that_changed_is_shown_beside_the_old_one(issuer):
    go(Client())
    issuer.told |= {"schac_home_organization": "other.example"}
    client = Client()
    go(client)
    go(Client())
    assert "other.example Before that: uu.example" in plain(client.get("/account/"))


def test_the_same_subject_at_another_issuer_is_somebody_else(issuer):
    go(Client())
    account = SocialAccount.objects.get()
    assert account.uid != issuer.told["sub"]
    issuer.url = issuer.url.replace("127.0.0.1", "localhost")
    from django.conf import settings

    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = issuer.url
    issuer.told |= {"email": "other@uni.example"}
    go(Client())
    assert SocialAccount.objects.count() == 2


def test_a_closed_account_stays_closed(issuer):
    go(Client())
    User.objects.filter(email=AMINA).update(is_active=False)
    client = Client()
    assert go(client).url == "/account/inactive/"
    assert client.get("/account/").status_code == 302


def test_the_session_id_is_new_and_who_was_there_before_is_gone(issuer, world):
    client = sign_in(Client(), world.user("bela@example.org"), strong=False)
    before = client.session.session_key
    client.post("/account/logout/")
    go(client)
    assert client.session.session_key != before
    assert AMINA in plain(client.get("/account/"))


# -- connecting


@pytest.fixture
def bela(world):
    user = world.user("bela@example.org")
    user.set_password("railway-map-of-europe")
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def test_the_owner_connects_and_then_signs_in_through_it(issuer, bela):
    client = sign_in(Client(), bela, strong=False)
    back = go(client, "/account/university/connect/")
    assert back.url == "/account/university/"
    assert "Your university is connected" in plain(client.get(back.url))
    assert mail.outbox[-1].subject == "Your university was connected"
    fresh = Client()
    go(fresh)
    assert fresh.session["_auth_user_id"] == str(bela.pk)


def test_connecting_wants_a_recent_proof(issuer, bela):
    client = sign_in(Client(), bela, strong=False, ago=16 * 60)
    there = client.get("/account/university/connect/", headers={"sec-fetch-site": "same-origin"})
    assert there.url.startswith("/account/confirm/")
    assert issuer.asked == []


def test_one_university_belongs_to_one_account(issuer, bela):
    go(Client())
    client = sign_in(Client(), bela, strong=False)
    back = go(client, "/account/university/connect/")
    assert "belongs to another account here" in plain(client.get(back.url))
    assert SocialAccount.objects.get().user.email == AMINA


def test_disconnecting(issuer, bela):
    client = sign_in(Client(), bela, strong=False)
    go(client, "/account/university/connect/")
    client.post("/account/university/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].subject == "Your university was disconnected"


def test_who_has_nothing_else_cannot_disconnect(issuer):
    client = Client()
    go(client)
    there = client.post("/account/university/", {"account": SocialAccount.objects.get().pk})
    assert "no password" in plain(there)
    assert SocialAccount.objects.exists()


def test_nobody_disconnects_anothers(issuer, bela):
    go(Client())
    client = sign_in(Client(), bela, strong=False)
    client.post("/account/university/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.exists()


def test_the_way_back_stays_on_this_host(issuer):
    assert go(Client(), next="https://evil.example/").url == "/"
    assert not parse_qs(urlsplit(issuer.asked[0]["redirect_uri"]).query)

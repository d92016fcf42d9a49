"""Making, seeing and revoking API tokens on the pages of the account."""

import re

import pytest
from django.core import mail
from django.test import Client

from consortium.models import ApiToken
from tests.sign_in import last_used, sign_in
from tests.web.desks import COORDINATOR, OFFICER, plain, queries, text_of

NEW = "/account/tokens/new/"
LIST = "/account/tokens/"


@pytest.fixture
def typed(world):
    return {
        "name": "Nightly export",
        "consortium": world.consortia["emat"].pk,
        "scope": "read",
        "days": "90",
    }


def test_the_secret_is_shown_once_and_works(world, browse, typed, call):
    client = browse(OFFICER)
    user = world.user(OFFICER)
    user.emailaddress_set.create(email=OFFICER, verified=True, primary=True)
    made = client.post(NEW, typed)
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    secret = re.search(r"itn_[\w-]{43}", text_of(made))[0]
    headers = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/emat/office/dossiers/", headers=headers).status_code == 200
    listed = text_of(client.get(LIST))
    assert "Nightly export" in listed
    assert secret[:10] in listed
    assert secret not in listed
    letter = mail.outbox[-1]
    assert (letter.to, letter.subject) == ([OFFICER], "An API token was made")
    assert secret not in letter.body


def test_a_second_press_makes_no_second_token(browse, typed):
    client = browse(OFFICER)
    client.post(NEW, typed)
    again = client.post(NEW, typed)
    assert again.status_code == 409
    assert "You have a token of this name already." in plain(again)
    assert "Nightly export" in text_of(again)
    assert ApiToken.objects.count() == 1


def test_ninety_days_are_the_default(browse):
    assert '<option value="90" selected>' in text_of(browse(OFFICER).get(NEW))


@pytest.mark.parametrize("wrong", [{"days": "400"}, {"name": ""}, {"scope": "all"}])
def test_what_does_not_fit_comes_back(browse, typed, wrong):
    assert browse(OFFICER).post(NEW, {**typed, **wrong}).status_code == 422


def test_another_consortium_cannot_be_chosen(world, browse, typed):
    there = {**typed, "consortium": world.consortia["arts"].pk}
    assert browse(OFFICER).post(NEW, there).status_code == 422


def test_who_has_no_role_makes_none(browse, typed):
    client = browse("amina@example.org")
    assert client.get(NEW).status_code == 404
    assert client.post(NEW, typed).status_code == 404
    assert "you have no role in one" in plain(client.get(LIST))


def test_a_second_factor_and_a_recent_proof_are_needed(world, clock, typed):
    weak = sign_in(Client(), world.user(COORDINATOR), strong=False)
    assert weak.post(NEW, typed).url.startswith("/account/second-factor/")
    stale = sign_in(Client(), world.user(COORDINATOR), ago=16 * 60)
    last_used(stale, ago=0)
    assert stale.post(NEW, typed).url.startswith("/account/confirm/")
    assert not ApiToken.objects.exists()


def test_revoking_takes_a_button(world, browse, typed):
    client = browse(OFFICER)
    client.post(NEW, typed)
    token = ApiToken.objects.get()
    assert browse(COORDINATOR).post(f"{LIST}{token.pk}/revoke/").status_code == 404
    assert client.post(f"{LIST}{token.pk}/revoke/").url == LIST
    page = client.get(LIST)
    assert "The token is revoked" in plain(page)
    assert "No token yet" in plain(page)


def test_a_weak_session_may_revoke(world, browse, typed):
    browse(OFFICER).post(NEW, typed)
    weak = sign_in(Client(), world.user(OFFICER), strong=False)
    assert weak.post(f"{LIST}{ApiToken.objects.get().pk}/revoke/").url == LIST


def test_queries_do_not_grow_with_tokens(browse, typed):
    client = browse(OFFICER)
    client.post(NEW, typed)
    one = queries(client, LIST)
    for number in range(10):
        client.post(NEW, {**typed, "name": f"Script {number}"})
    assert queries(client, LIST) == one

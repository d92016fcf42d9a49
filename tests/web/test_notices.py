"""Whoever's account is changed learns of it by mail, at an address a stranger cannot have put there."""

import pytest
from django.core import mail
from django.test import Client

from tests.sign_in import sign_in
from tests.web.test_account import link_in

AMINA, NEW = "amina@example.org", "new@example.org"
PASSWORD = "railway-map-of-europe"
TWICE = {"password1": PASSWORD + "-2", "password2": PASSWORD + "-2"}


@pytest.fixture
def amina(world, clock):
    user = world.user(AMINA)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=AMINA, verified=True, primary=True)
    return user


@pytest.fixture
def client(amina):
    client = Client(headers={"user-agent": "Firefox on a train"})
    return sign_in(client, amina, strong=False)


def letters():
    return [(message.to[0], message.subject) for message in mail.outbox]


def test_a_new_password(client):
    client.post("/account/password/change/", {"oldpassword": PASSWORD, **TWICE})
    assert letters() == [(AMINA, "Your password was changed")]
    body = mail.outbox[0].body
    assert "127.0.0.1" in body
    assert "Firefox on a train" in body
    assert "If it was not you" in body
    assert PASSWORD not in body


def test_a_new_password_by_mail(amina):
    client = Client()
    client.post("/account/password/reset/", {"email": AMINA})
    client.post(client.get(link_in(mail.outbox[0])).url, TWICE)
    assert letters()[1:] == [(AMINA, "Your password was changed")]


def test_a_new_address_is_told_to_the_old_one(client, amina):
    client.post("/account/email/", {"email": NEW, "action_add": ""})
    client.post(link_in(mail.outbox[-1]))
    client.post("/account/email/", {"email": NEW, "action_primary": ""})
    amina.refresh_from_db()
    assert amina.email == NEW
    assert letters()[-1] == (AMINA, "Your address was changed")
    assert NEW in mail.outbox[-1].body
    client.post("/account/email/", {"email": AMINA, "action_remove": ""})
    assert letters()[-1] == (NEW, "An address was removed")


def test_a_first_password(world, clock):
    user = world.user("bela@example.org")
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client = sign_in(Client(), user, strong=False)
    client.post("/account/password/set/", TWICE)
    assert letters() == [(user.email, "Your account has a password")]
    assert client.get("/account/").status_code == 200


def test_nothing_is_told_of_what_was_refused(client):
    client.post("/account/password/change/", {"oldpassword": "wrong", **TWICE})
    client.post("/account/email/", {"email": AMINA, "action_remove": ""})
    assert letters() == []

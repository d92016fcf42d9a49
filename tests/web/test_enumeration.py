"""Nobody learns whether an address has an account: same status, same words, same hashing work.

Work is counted as password hashes, never as time.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from consortium.models import User

PASSWORD = "railway-map-of-europe"
UNKNOWN = "nobody@example.org"
KNOWN = {
    "with a password": "amina@example.org",
    "appointed, without a password": "officer@emat.example",
    "closed": "bela@example.org",
}


@pytest.fixture
def hashes(monkeypatch):
    """How many passwords were hashed; tests hash with MD5, the count is the same with any."""
    counted = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        counted.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return counted


@pytest.fixture
def people(world, clock):
    for words, email in KNOWN.items():
        user = world.user(email)
        if "without" not in words:
            user.set_password(PASSWORD)
        user.is_active = words != "closed"
        user.save()
        user.emailaddress_set.create(email=email, verified=True, primary=True)


def answer(address, typed, hashes):
    """(status, where to, words, hashes) of a form; and of the page it leads to."""
    client = Client()
    del hashes[:]
    first = client.post(address, typed)
    work = len(hashes)
    shown = client.get(first.url) if first.status_code == 302 else first
    return first.status_code, first.headers.get("Location"), _words(shown), work


def _words(response):
    """The page without what differs on every visit, and without the address that was typed."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    text = re.sub(r'"X-CSRFToken": "[^"]+"', "", text)
    return re.sub(r"[\w.-]+@[\w.-]+", "", text)


@pytest.mark.parametrize("email", KNOWN.values(), ids=list(KNOWN))
def test_signing_in_with_a_wrong_password(people, hashes, email):
    typed = {"password": "wrong-wrong-wrong"}
    unknown = answer("/account/login/", {"login": UNKNOWN, **typed}, hashes)
    assert answer("/account/login/", {"login": email, **typed}, hashes) == unknown
    assert unknown[0] == 200
    assert unknown[3] == 1


@pytest.mark.parametrize("accounts", [0, 1, 2, 3])
def test_an_address_that_others_added_unconfirmed_costs_no_more(people, world, hashes, accounts):
    """Else the time of a sign-in tells whether anybody confirmed the address."""
    for email in list(KNOWN.values())[:accounts]:
        world.user(email).emailaddress_set.create(email=UNKNOWN, verified=False)
    typed = {"login": UNKNOWN, "password": "wrong-wrong-wrong"}
    assert answer("/account/login/", typed, hashes)[3] == 1


@pytest.mark.parametrize("email", KNOWN.values(), ids=list(KNOWN))
def test_signing_up(people, hashes, email):
    unknown = answer("/account/signup/", {"email": UNKNOWN, "password1": PASSWORD}, hashes)
    assert answer("/account/signup/", {"email": email, "password1": PASSWORD}, hashes) == unknown
    assert unknown[:2] == (302, "/account/confirm-email/")
    assert unknown[3] == 1
    assert [each.to for each in mail.outbox] == [[UNKNOWN], [email]]
    assert User.objects.filter(email=email).count() == 1


@pytest.mark.parametrize("email", KNOWN.values(), ids=list(KNOWN))
def test_asking_for_a_new_password(people, hashes, email):
    unknown = answer("/account/password/reset/", {"email": UNKNOWN}, hashes)
    assert answer("/account/password/reset/", {"email": email}, hashes) == unknown
    assert unknown[0] == 302
    assert unknown[3] == 0


def test_adding_an_address_that_is_somebody_elses(people, world, browse):
    answers = []
    asked = {"stranger@example.org": UNKNOWN, "stranger2@example.org": KNOWN["with a password"]}
    for who, address in asked.items():
        client = browse(who)
        first = client.post("/account/email/", {"email": address, "action_add": ""})
        answers.append((first.status_code, first.url, _words(client.get(first.url))))
    assert answers[0] == answers[1]


def test_refusals_for_too_many_tries_say_the_same(people, hashes):
    told = []
    for email in (UNKNOWN, KNOWN["with a password"]):
        typed = {"login": email, "password": "wrong-wrong-wrong"}
        for _ in range(5):
            answer("/account/login/", typed, hashes)
        told.append(answer("/account/login/", typed, hashes))
    assert told[0] == told[1]
    assert "Too many wrong tries" in told[0][2]
    assert told[0][3] == 0

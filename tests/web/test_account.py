"""Signing up and in: nobody learns whether an address has an account."""

import re

import pytest
from django.core import mail

from consortium.models import User

PASSWORD = "railway-map-of-europe"
NEW, KNOWN = "new@example.org", "amina@example.org"


@pytest.fixture
def known(world):
    user = world.user(KNOWN)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=KNOWN, verified=True, primary=True)
    return user


def inline_scripts(text):
    """What the policy of the pages forbids; a block of data is no script."""
    return re.findall(r'<script(?! src="/static/)(?![^>]* type="application/json")[^>]*>', text)


def link_in(message):
    return re.search(r"https?://[^/]+(/account/\S+)", message.body)[1]


@pytest.mark.parametrize(
    "address", ["/account/login/", "/account/signup/", "/account/password/reset/"]
)
def test_the_doors_open_in_our_own_clothes(world, browse, address):
    text = browse().get(address).content.decode()
    assert "<h1>" in text
    assert "brand__mark" in text
    assert inline_scripts(text) == []


def test_sign_up_confirm_and_land_where_one_was_going(world, browse):
    client = browse()
    response = client.post(
        "/account/signup/", {"email": NEW, "password1": PASSWORD, "next": "/emat/apply/"}
    )
    assert response.url == "/account/confirm-email/"
    assert "Read your mail" in client.get(response.url).content.decode()
    confirm = link_in(mail.outbox[0])
    opened = client.get(confirm)
    assert opened.status_code == 200
    assert not User.objects.get(email=NEW).emailaddress_set.get().verified
    client.post(confirm)
    assert User.objects.get(email=NEW).emailaddress_set.get().verified
    assert client.get("/account/").status_code == 200


def test_signing_up_says_the_same_for_an_address_that_is_known(world, browse, known):
    answers = []
    for address in (NEW, KNOWN):
        client = browse()
        first = client.post("/account/signup/", {"email": address, "password1": PASSWORD})
        second = client.get(first.url)
        answers.append((first.status_code, first.url, _words(second)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[NEW], [KNOWN]]
    assert "It has one already" in mail.outbox[1].body
    assert User.objects.filter(email=KNOWN).count() == 1


def test_a_reset_says_the_same_for_an_address_that_is_known(world, browse, known):
    answers = []
    for address in ("nobody@example.org", KNOWN):
        client = browse()
        first = client.post("/account/password/reset/", {"email": address})
        answers.append((first.status_code, first.url, _words(client.get(first.url))))
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 2


def test_signing_in_says_the_same_for_a_wrong_password_and_a_wrong_address(world, browse, known):
    answers = []
    for address in ("nobody@example.org", KNOWN):
        typed = {"login": address, "password": "wrong-wrong-wrong"}
        response = browse().post("/account/login/", typed)
        answers.append((response.status_code, _words(response).replace(address, "")))
    assert answers[0] == answers[1]


def test_a_forgotten_password_is_replaced_through_the_mail(world, browse, known):
    client = browse()
    client.post("/account/password/reset/", {"email": KNOWN})
    landing = client.get(link_in(mail.outbox[0]))
    form = client.get(landing.url)
    assert "Choose a new password" in form.content.decode()
    done = client.post(landing.url, {"password1": PASSWORD + "-2", "password2": PASSWORD + "-2"})
    assert done.status_code == 302
    assert browse().login(email=KNOWN, password=PASSWORD) is False
    typed = {"login": KNOWN, "password": PASSWORD + "-2"}
    assert browse().post("/account/login/", typed).status_code == 302


def test_signing_in_goes_on_to_the_page_one_wanted_and_never_elsewhere(world, browse, known):
    typed = {"login": KNOWN, "password": PASSWORD}
    wanted = browse().post("/account/login/", {**typed, "next": "/emat/apply/"})
    assert wanted.url == "/emat/apply/"
    elsewhere = browse().post("/account/login/", {**typed, "next": "https://evil.example/"})
    assert elsewhere.url == "/"


def test_signing_out_takes_a_button_not_a_visit(world, browse, known):
    client = browse(KNOWN)
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/account/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/account/").status_code == 302


def test_a_new_address_counts_once_it_is_confirmed(world, browse, known):
    client = browse()
    client.post("/account/login/", {"login": KNOWN, "password": PASSWORD})
    page = client.get("/account/email/").content.decode()
    assert KNOWN in page
    assert "We write here." in page
    client.post("/account/email/", {"email": NEW, "action_add": ""})
    known.refresh_from_db()
    assert known.email == KNOWN
    assert "Not confirmed yet" in client.get("/account/email/").content.decode()


def test_the_account_shows_where_one_works(world, browse):
    text = browse("coordinator@emat.example").get("/account/").content.decode()
    assert "emat verdigris" in text
    assert "arts" not in text


def _words(response):
    """The page without what differs on every visit."""
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    text = re.sub(r'"X-CSRFToken": "[^"]+"', "", text)
    return text.replace(NEW, "").replace(KNOWN, "").replace("nobody@example.org", "")

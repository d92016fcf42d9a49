"""How long a session lasts, who ends it, and what a browser keeps of it."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from consortium import tasks
from consortium.domain.accounts import deactivate
from consortium.models import CacheEntry
from tests.sign_in import last_used, sign_in
from tests.web.desks import COORDINATOR, plain, text_of
from web.account.browsers import browser_in_words
from web.account.session_limits import BEGAN, SEEN

MINUTE = 60
AMINA = "amina@example.org"
PASSWORD = "railway-map-of-europe"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def amina(world, clock):
    user = world.user(AMINA)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=AMINA, verified=True, primary=True)
    return user


def enter(**headers):
    client = Client(**headers)
    client.post("/account/login/", {"login": AMINA, "password": PASSWORD})
    assert client.get("/account/").status_code == 200
    return client


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_a_session_that_opened_a_strong_door_is_idle_for_half_an_hour(call, browse, minutes, stays):
    client = browse(COORDINATOR)
    assert client.get("/emat/office/").status_code == 200
    last_used(client, ago=minutes * MINUTE)
    assert (client.get("/account/").status_code == 200) is stays


@pytest.mark.parametrize(("minutes", "stays"), [(119, True), (121, False)])
def test_an_applicants_session_is_idle_for_two_hours(world, call, clock, minutes, stays):
    client = sign_in(Client(), world.user(AMINA), strong=False)
    last_used(client, ago=minutes * MINUTE)
    assert (client.get("/emat/apply/").status_code == 200) is stays


def test_an_idle_session_opens_no_strong_door_even_if_it_never_opened_one(call, browse):
    client = browse(COORDINATOR)
    last_used(client, ago=31 * MINUTE)
    assert client.get("/account/").status_code == 200
    last_used(client, ago=31 * MINUTE)
    assert client.get("/emat/office/").url == "/account/login/?next=/emat/office/"


@pytest.mark.parametrize(("hours", "stays"), [(11.9, True), (12.1, False)])
def test_no_session_lasts_more_than_twelve_hours(world, call, clock, hours, stays):
    client = sign_in(Client(), world.user(AMINA), strong=False)
    session = client.session
    session[BEGAN] -= hours * 60 * MINUTE
    session.save()
    assert (client.get("/emat/apply/").status_code == 200) is stays


def test_who_was_signed_out_learns_why_and_comes_back_to_the_page(world, call, clock):
    client = sign_in(Client(), world.user(AMINA), strong=False)
    last_used(client, ago=200 * MINUTE)
    there = client.get("/emat/apply/")
    assert there.url == "/account/login/?next=/emat/apply/"
    assert "You were signed out: nothing had happened here for a while." in plain(
        client.get(there.url)
    )


def test_the_api_of_an_idle_session_is_shut_too(call, browse):
    client = browse(COORDINATOR)
    last_used(client, ago=31 * MINUTE)
    assert client.get("/api/v1/emat/office/dossiers/").status_code == 401


def test_the_last_use_is_written_once_a_minute(amina):
    client = enter()
    before = client.session[SEEN]
    client.get("/account/")
    assert client.session[SEEN] == before
    last_used(client, ago=61)
    client.get("/account/")
    assert client.session[SEEN] >= before


def test_signing_in_makes_a_new_id(amina):
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = session.session_key
    client.post("/account/login/", {"login": AMINA, "password": PASSWORD})
    assert client.session.session_key != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_signing_out_makes_the_browser_forget(amina):
    client = enter()
    key = client.session.session_key
    answer = client.post("/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["session"].value == ""
    assert not Session.objects.filter(session_key=key).exists()


def test_the_list_shows_every_session_and_ends_each(amina):
    here, there = enter(), enter(headers={"user-agent": FIREFOX})
    page = here.get("/account/sessions/")
    assert "Firefox, Linux" in plain(page)
    assert plain(page).count("127.0.0.1") == 2
    assert plain(page).count("This one") == 1
    other = UserSession.objects.get(user_agent=FIREFOX)
    here.post(f"/account/sessions/{other.pk}/end/")
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_ending_ones_own_signs_out(amina):
    client = enter()
    own = UserSession.objects.get()
    answer = client.post(f"/account/sessions/{own.pk}/end/")
    assert answer["Clear-Site-Data"]
    assert client.get("/account/").status_code == 302


def test_ending_all_others_keeps_this_one(amina):
    here, one, two = enter(), enter(), enter()
    here.post("/account/sessions/end/")
    assert [c.get("/account/").status_code for c in (here, one, two)] == [200, 302, 302]


def test_ending_all_ends_this_one_too(amina):
    here, one = enter(), enter()
    here.post("/account/sessions/end/", {"here": "too"})
    assert [c.get("/account/").status_code for c in (here, one)] == [302, 302]


def test_nobody_ends_anothers_session(amina, browse):
    client = enter()
    own = UserSession.objects.get()
    assert browse(COORDINATOR).post(f"/account/sessions/{own.pk}/end/").status_code == 404
    assert client.get("/account/").status_code == 200


def test_a_new_password_ends_the_others(amina):
    here, there = enter(), enter()
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD + "-2", "password2": PASSWORD + "-2"}
    assert here.post("/account/password/change/", typed).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_closing_an_account_ends_its_sessions_for_good(amina, at):
    client, idle = enter(), enter()
    deactivate(amina, at=at)
    assert client.get("/account/").status_code == 302
    amina.is_active = True
    amina.save()
    assert idle.get("/account/").status_code == 302
    assert not UserSession.objects.filter(user=amina).exists()
    assert Client().login(email=AMINA, password=PASSWORD) is False


def test_what_is_past_is_forgotten_at_night(amina, at):
    living, past = enter(), enter()
    now = timezone.now()
    Session.objects.filter(session_key=past.session.session_key).update(
        expire_date=now - timedelta(hours=1)
    )
    CacheEntry.objects.create(cache_key="old", value="", expires=now - timedelta(hours=1))
    gone = tasks.forget_what_is_past(timestamp=0)
    assert (gone["sessions"], gone["counters"]) == (1, 1)
    assert living.get("/account/").status_code == 200
    assert UserSession.objects.count() == 1
    assert tasks.forget_what_is_past(timestamp=0)["sessions"] == 0


def test_pages_of_somebody_signed_in_are_not_kept(amina):
    client = enter()
    for address in ("/account/", "/account/email/", "/account/sessions/"):
        assert "no-store" in client.get(address)["Cache-Control"]
    assert "no-store" not in Client().get("/privacy/").headers.get("Cache-Control", "")


def test_the_account_tells_how_many_sessions_there_are(amina):
    enter()
    assert "2 sessions" in text_of(enter().get("/account/"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", "curl/8.5"),
        ("", "a program that does not say its name"),
    ],
)
def test_browsers_in_words(said, words):
    assert browser_in_words(said) == words

"""Guessing is slow; nobody honest is shut out for it: not a campus, not a colleague, not the owner."""

import pytest
from allauth.account import app_settings
from allauth.core.internal.ratelimit import get_ip, parse_rates
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory

from consortium.models import CacheEntry
from tests.web.desks import plain
from tests.web.test_account import link_in
from web.account.known_browser import COOKIE

PASSWORD = "railway-map-of-europe"
AMINA, BELA = "amina@example.org", "bela@example.org"
WRONG = "wrong-wrong-wrong"


@pytest.fixture(autouse=True)
def _people(world, clock):
    for email in (AMINA, BELA):
        user = world.user(email)
        user.set_password(PASSWORD)
        user.save()
        user.emailaddress_set.create(email=email, verified=True, primary=True)


def attempt(email=AMINA, password=WRONG, *, address="192.0.2.1", client=None):
    """302 for in, 200 for a wrong password, 429 for too many."""
    typed = {"login": email, "password": password}
    answer = (client or Client()).post("/account/login/", typed, REMOTE_ADDR=address)
    return 429 if "Too many wrong tries" in plain(answer) else answer.status_code


def attack(times, *, email=AMINA, addresses=("203.0.113.1",)):
    return [attempt(email.format(n=n), address=addresses[n % len(addresses)]) for n in range(times)]


def test_the_sixth_guess_from_one_address_is_not_even_checked():
    assert attack(7) == [200] * 5 + [429] * 2


def test_an_account_under_attack_shuts_out_nobody_else():
    attack(20)
    assert attempt(BELA, PASSWORD, address="203.0.113.1") == 302


def test_an_attacker_elsewhere_does_not_shut_out_the_owner():
    attack(20)
    assert attempt(AMINA, PASSWORD, address="198.51.100.7") == 302


def test_guesses_from_a_thousand_addresses_are_stopped_too(settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "account_by_strangers": "10/h/key"}
    many = [f"203.0.113.{n}" for n in range(1, 15)]
    assert attack(14, addresses=many) == [200] * 10 + [429] * 4


def test_the_owners_own_browser_gets_in_even_then(settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "account_by_strangers": "10/h/key"}
    own = Client()
    assert attempt(AMINA, PASSWORD, client=own) == 302
    own.post("/account/logout/")
    attack(14, addresses=[f"203.0.113.{n}" for n in range(1, 15)])
    assert attempt(AMINA, PASSWORD, address="198.51.100.7") == 429
    assert attempt(AMINA, PASSWORD, address="198.51.100.7", client=own) == 302


def test_the_owner_gets_in_with_a_new_password_by_mail_even_then(settings):
    """Also while the guessing goes on."""
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "account_by_strangers": "10/h/key"}
    many = [f"203.0.113.{n}" for n in range(1, 15)]
    attack(14, addresses=many)
    own = Client()
    own.post("/account/password/reset/", {"email": AMINA})
    form = own.get(link_in(mail.outbox[-1])).url
    own.post(form, {"password1": PASSWORD + "-2", "password2": PASSWORD + "-2"})
    attack(14, addresses=many)
    assert attempt(AMINA, PASSWORD + "-2", client=own) == 302


def test_a_browser_known_to_one_account_is_a_stranger_to_another():
    own = Client()
    attempt(BELA, PASSWORD, client=own)
    own.post("/account/logout/")
    guesses = [attempt(AMINA, client=own) for _ in range(6)]
    assert guesses == [200] * 5 + [429]


def test_a_known_browser_guesses_no_faster_than_a_stranger():
    own = Client()
    attempt(AMINA, PASSWORD, client=own)
    own.post("/account/logout/")
    moving = [attempt(AMINA, client=own, address=f"192.0.2.{n}") for n in range(7)]
    assert moving == [200] * 5 + [429] * 2


def test_a_forged_mark_of_a_known_browser_is_worth_nothing():
    forged = Client()
    forged.cookies[COOKIE] = '{"name": "mine", "addresses": []}:forged:signature'
    assert [attempt(AMINA, client=forged) for _ in range(6)] == [200] * 5 + [429]


def test_the_mark_names_nobody():
    own = Client()
    attempt(AMINA, PASSWORD, client=own)
    assert own.cookies[COOKIE]["httponly"]
    assert "amina" not in own.cookies[COOKIE].value


def test_a_campus_signs_in_at_the_deadline():
    """Three hundred people behind one address, every fifth of whom mistypes twice, in one minute."""
    campus = "192.0.2.77"
    mistypes = [f"student{number}@example.org" for number in range(300 // 5)] * 2
    assert {attempt(email, address=campus) for email in mistypes} == {200}
    assert attempt(AMINA, PASSWORD, address=campus) == 302
    assert rate("login", "ip") >= 300
    assert rate("signup", "ip") >= 120
    assert rate("reset_password", "ip") >= 120


def rate(action, per):
    """Times a minute, of the strictest limit of that kind."""
    rates = [r for r in parse_rates(app_settings.RATE_LIMITS[action]) if r.per == per]
    return min(r.amount * 60 / r.duration for r in rates)


def test_spraying_one_password_over_many_accounts_is_stopped(settings):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "address_of_strangers": "10/10m/key"}
    assert attack(12, email="person{n}@example.org") == [200] * 10 + [429] * 2
    assert attempt(BELA, PASSWORD, address="198.51.100.7") == 302


def test_a_right_password_is_not_counted():
    for _ in range(8):
        assert attempt(AMINA, PASSWORD) == 302
    assert attempt(AMINA) == 200


def test_letters_for_a_new_password_are_few_for_one_account_many_for_an_address():
    asked = [Client().post("/account/password/reset/", {"email": AMINA}) for _ in range(5)]
    assert [each.status_code for each in asked] == [302] * 4 + [429]
    assert "Wait a few minutes" in plain(asked[-1])
    assert asked[-1]["Retry-After"] == "60"
    assert Client().post("/account/password/reset/", {"email": BELA}).status_code == 302
    assert len(mail.outbox) == 5


# -- whose address counts


def heard(settings, proxies, **headers):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    return get_ip(RequestFactory().post("/account/login/", REMOTE_ADDR="10.0.0.1", **headers))


def test_without_a_proxy_the_header_is_ignored(settings):
    assert heard(settings, 0, HTTP_X_FORWARDED_FOR="198.51.100.9") == "10.0.0.1"


def test_with_one_proxy_its_own_hop_counts_whatever_was_claimed_before(settings):
    assert heard(settings, 1, HTTP_X_FORWARDED_FOR="198.51.100.9") == "198.51.100.9"
    spoofed = "1.1.1.1, 2.2.2.2, 198.51.100.9"
    assert heard(settings, 1, HTTP_X_FORWARDED_FOR=spoofed) == "198.51.100.9"


def test_with_two_proxies_the_hop_before_the_last(settings):
    chain = "1.1.1.1, 198.51.100.9, 10.0.0.2"
    assert heard(settings, 2, HTTP_X_FORWARDED_FOR=chain) == "198.51.100.9"


def test_a_network_of_addresses_counts_as_one(settings):
    one, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"
    assert heard(settings, 1, HTTP_X_FORWARDED_FOR=one) == heard(
        settings, 1, HTTP_X_FORWARDED_FOR=other
    )


def test_a_spoofed_header_does_not_buy_more_guesses():
    typed = {"login": AMINA, "password": WRONG}
    told = [
        Client().post("/account/login/", typed, HTTP_X_FORWARDED_FOR=f"1.1.1.{n}") for n in range(6)
    ]
    assert "Too many wrong tries" in plain(told[-1])


def test_the_setting_of_the_environment_is_allauths(settings):
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.TRUSTED_PROXY_COUNT


# -- counters are shared by all processes


def test_counters_lie_in_a_table_that_a_migration_made():
    attempt()
    assert CacheEntry.objects.filter(cache_key__contains="account_and_source").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "itinera_app"

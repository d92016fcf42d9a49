"""Strong doors ask for a second factor; setting one up and giving one opens them."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.sign_in import record, sign_in
from tests.web.desks import COORDINATOR, OFFICER, REVIEWER, plain, text_of

PASSWORD = "railway-map-of-europe"
OFFICE = "/emat/office/"


@pytest.fixture(autouse=True)
def _commits_at_once(clock, monkeypatch):
    """allauth tells of a new factor when its transaction commits, which a test's never does."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_: act())


def code(secret, *, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def chiara(world):
    """Coordinates; has a password and a confirmed address."""
    user = world.user(COORDINATOR)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=COORDINATOR, verified=True, primary=True)
    return user


@pytest.fixture
def secret(chiara):
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    TOTP.activate(chiara, secret)
    return secret


def enter(client, address=COORDINATOR):
    typed = {"login": address, "password": PASSWORD}
    return client.post("/account/login/", typed)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("email", "door"),
    [
        (OFFICER, OFFICE),
        (REVIEWER, "/emat/review/"),
        ("partner-lju@emat.example", "/emat/partner/"),
    ],
)
def test_a_password_alone_opens_no_strong_door(world, browse, email, door, method):
    weak = sign_in(Client(), world.user(email), strong=False)
    there = getattr(weak, method)(door, headers={"referer": f"http://testserver{door}"})
    assert there.status_code == 302
    assert there.url == f"/account/second-factor/?next={door.replace('/', '%2F')}"
    if method == "get":
        assert browse(email).get(door).status_code == 200


def test_the_api_says_what_is_lacking_and_what_to_do(world, browse):
    address = "/api/v1/emat/office/dossiers/"
    weak = sign_in(Client(), world.user(OFFICER), strong=False)
    there = weak.get(address)
    assert there.status_code == 403
    told = there.json()["error"]
    assert told["code"] == "second_factor_needed"
    assert "second factor" in told["next_step"]
    assert browse(OFFICER).get(address).status_code == 200


def test_htmx_is_led_there_as_a_whole_page(world):
    weak = sign_in(Client(), world.user(OFFICER), strong=False)
    there = weak.get(OFFICE, headers={"hx-request": "true"})
    assert there["HX-Redirect"].startswith("/account/second-factor/?next=")


def test_an_applicant_needs_none(world, call):
    assert (
        sign_in(Client(), world.user("amina@example.org"), strong=False)
        .get("/emat/apply/")
        .status_code
        == 200
    )


def test_an_operator_needs_one(world, browse):
    user = world.user("stranger2@example.org")
    user.is_operator = True
    user.save()
    weak = sign_in(Client(), user, strong=False)
    assert weak.get("/operator/").url.startswith("/account/second-factor/")
    assert browse(user.email).get("/operator/").status_code == 200


def test_from_the_closed_door_through_an_app_and_back(chiara, call):
    client = Client()
    enter(client)
    asked = client.get(OFFICE)
    page = client.get(asked.url)
    assert "Set up a second factor now" in plain(page)
    setting_up = client.get("/account/factors/totp/activate/")
    secret = re.search(r'<code class="code">([A-Z2-7]{32})</code>', text_of(setting_up))[1]
    before = client.session.session_key
    wrong = client.post("/account/factors/totp/activate/", {"code": "000000"})
    assert "This code is not right" in plain(wrong)
    done = client.post("/account/factors/totp/activate/", {"code": code(secret)}, follow=True)
    assert client.session.session_key != before
    assert len(re.findall(r"<li><code>\d{8}</code></li>", text_of(done))) == 10
    assert "Go on to where you wanted to go" in plain(done)
    assert client.get("/account/second-factor/").url == OFFICE
    assert client.get(OFFICE).status_code == 200
    assert "An app with codes was set up" in [each.subject for each in mail.outbox]


def test_signing_in_asks_for_the_code_and_takes_it_once(chiara, secret, call):
    client, again = Client(), Client()
    assert enter(client).url == "/account/factors/authenticate/"
    assert client.get(OFFICE).url.startswith("/account/login/")
    typed = {"code": code(secret)}
    assert client.post("/account/factors/authenticate/", typed).status_code == 302
    assert client.get(OFFICE).status_code == 200

    enter(again)
    answer = again.post("/account/factors/authenticate/", typed)
    assert "or it was used already" in plain(answer)
    assert again.get(OFFICE).url.startswith("/account/login/")
    later = {"code": code(secret, ahead=1)}
    assert again.post("/account/factors/authenticate/", later).status_code == 302


@pytest.mark.parametrize("ahead", [-2, 2])
def test_a_code_of_another_minute_is_refused(chiara, secret, ahead):
    client = Client()
    enter(client)
    answer = client.post("/account/factors/authenticate/", {"code": code(secret, ahead=ahead)})
    assert "This code is not right" in plain(answer)


def test_a_weak_session_becomes_strong_by_a_code_and_gets_a_new_id(chiara, secret, call):
    client = sign_in(Client(), chiara, strong=False)
    asked = client.get(OFFICE)
    assert "Use a code" in plain(client.get(asked.url))
    before = client.session.session_key
    back = client.post(
        "/account/factors/reauthenticate/?next=/account/second-factor/", {"code": code(secret)}
    )
    assert client.session.session_key != before
    assert client.get(back.url).url == OFFICE
    assert client.get(OFFICE).status_code == 200


def test_a_recovery_code_opens_once(chiara, secret, call):
    client = sign_in(Client(), chiara)
    client.post("/account/factors/recovery-codes/generate/")
    row = Authenticator.objects.get(user=chiara, type="recovery_codes")
    one = row.wrap().get_unused_codes()[0]
    for expected in (True, False):
        fresh = Client()
        enter(fresh)
        fresh.post("/account/factors/authenticate/", {"code": one})
        assert (fresh.get(OFFICE).status_code == 200) is expected


def test_a_factor_that_is_removed_proves_nothing_any_more(chiara, secret, call):
    here, there = Client(), Client()
    for client, ahead in ((here, 0), (there, 1)):
        enter(client)
        client.post("/account/factors/authenticate/", {"code": code(secret, ahead=ahead)})
        assert client.get(OFFICE).status_code == 200
    here.post("/account/factors/totp/deactivate/")
    assert not Authenticator.objects.filter(user=chiara).exists()
    assert here.get(OFFICE).url.startswith("/account/second-factor/")
    assert there.get(OFFICE).url.startswith("/account/login/")
    assert "An app with codes was removed" in [each.subject for each in mail.outbox]


def test_an_operator_takes_lost_factors_away_and_the_owner_is_told(chiara, secret, capsys):
    client = Client()
    enter(client)
    client.post("/account/factors/authenticate/", {"code": code(secret)})
    assert client.get(OFFICE).status_code == 200
    call_command("forget_factors", COORDINATOR)
    assert not Authenticator.objects.filter(user=chiara).exists()
    assert client.get(OFFICE).url.startswith("/account/login/")
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        [COORDINATOR],
        "Your second factors were taken away",
    )
    fresh = Client()
    assert enter(fresh).url == "/"
    assert fresh.get(OFFICE).url.startswith("/account/second-factor/")
    with pytest.raises(CommandError):
        call_command("forget_factors", "nobody@example.org")


def test_secrets_lie_encrypted(chiara, settings):
    Authenticator.objects.filter(user=chiara).delete()
    client = sign_in(Client(), chiara)
    page = client.get("/account/factors/totp/activate/")
    secret = re.search(r'<code class="code">([A-Z2-7]{32})</code>', text_of(page))[1]
    client.post("/account/factors/totp/activate/", {"code": code(secret)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert secret not in stored
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    row = Authenticator.objects.get(user=chiara, type="totp")
    assert row.wrap().validate_code(code(secret, ahead=1))


def test_wrong_codes_are_counted_per_account_not_per_address(chiara, secret, world):
    client = Client()
    enter(client)
    for _ in range(5):
        client.post("/account/factors/authenticate/", {"code": "000000"})
    blocked = client.post("/account/factors/authenticate/", {"code": code(secret)})
    assert "Too many wrong tries" in plain(blocked)
    assert client.get(OFFICE).url.startswith("/account/login/")

    other = world.user(OFFICER)
    other.set_password(PASSWORD)
    other.save()
    other.emailaddress_set.create(email=OFFICER, verified=True, primary=True)
    TOTP.activate(other, secret)
    colleague = Client()
    enter(colleague, OFFICER)
    colleague.post("/account/factors/authenticate/", {"code": code(secret)})
    assert colleague.get(OFFICE).status_code == 200


def test_the_mark_of_the_demonstration_counts_for_nothing_outside_it(world, settings, call):
    client = sign_in(Client(), world.user(COORDINATOR), strong=False, ago=1200)
    record(client, world.user(COORDINATOR), "demo")
    assert settings.DEMO is False
    assert client.get(OFFICE).url.startswith("/account/second-factor/")
    assert client.get("/account/tokens/new/").url.startswith("/account/second-factor/")
    settings.DEMO = True
    assert client.get(OFFICE).status_code == 200
    assert client.get("/account/tokens/new/").status_code == 200  # it counts as recent, too


@pytest.mark.parametrize(
    "address",
    [
        "/account/factors/",
        "/account/factors/totp/activate/",
        "/account/factors/totp/deactivate/",
        "/account/factors/webauthn/",
        "/account/factors/webauthn/add/",
        "/account/factors/recovery-codes/",
        "/account/factors/recovery-codes/generate/",
        "/account/factors/reauthenticate/",
        "/account/reauthenticate/",
        "/account/second-factor/",
        "/account/sessions/",
        "/account/tokens/",
        "/account/university/",
    ],
)
def test_pages_of_the_account_are_ours_and_stay_nowhere(chiara, secret, address):
    client = sign_in(Client(), chiara)
    client.post("/account/factors/recovery-codes/generate/")
    page = client.get(address, follow=True)
    text = text_of(page)
    assert page.status_code == 200
    assert "brand__mark" in text
    assert "no-store" in page["Cache-Control"]
    assert (
        re.findall(r'<script(?! src="/static/)(?![^>]* type="application/json")[^>]*>', text) == []
    )
    assert "style=" not in text
    assert "script-src 'self'" in page["Content-Security-Policy"]

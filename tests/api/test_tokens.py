"""What a token opens: its own consortium's strong doors, within scope and rights; nothing else."""

from datetime import timedelta

import pytest
import structlog
from django.test import Client

from api.admissions import office as api_office
from consortium.access import acting
from consortium.domain import tokens
from consortium.domain.memberships import Post, appoint, dismiss
from consortium.models import ApiToken, Membership
from consortium.roles import Role
from tests.admission_world import open_call_world
from tests.sign_in import sign_in
from tests.world import NOON

COORDINATOR, REVIEWER = "coordinator@emat.example", "reviewer-lju@emat.example"
DOSSIERS = "/api/v1/emat/office/dossiers/"


@pytest.fixture
def calls(world, monkeypatch):
    monkeypatch.setattr("consortium.clock.now", lambda: NOON)
    return open_call_world(world)


@pytest.fixture
def bearer(world, calls):
    """Headers with a new token."""

    def made(email=COORDINATOR, slug="emat", scope="write", **facts):
        asked = {"name": f"{email} {scope}", "days": 90, "at": NOON, **facts}
        _token, secret = tokens.issue(
            world.user(email), world.consortia[slug], scope=ApiToken.Scope(scope), **asked
        )
        return {"authorization": f"Bearer {secret}"}

    return made


def get(address, headers):
    return Client().get(address, headers=headers).status_code


def test_it_opens_what_its_owner_may_open(bearer):
    assert get(DOSSIERS, bearer()) == 200
    assert get("/api/v1/emat/review/assignments/", bearer(REVIEWER)) == 200
    assert get(DOSSIERS, bearer(REVIEWER, name="again")) == 404


def test_it_writes_without_a_session(bearer, calls):
    """And without a token against forged forms: nothing a browser sends by itself is believed."""
    address = f"/api/v1/emat/office/calls/{calls['emat'].call().slug}/closing/"
    done = Client(enforce_csrf_checks=True).post(address, headers=bearer())
    assert done.status_code == 409  # the call's own rule: its window is open
    assert done.json()["error"]["code"] in {"window_closed", "wrong_state", "refused"}


def test_one_that_may_only_read_writes_nothing(bearer, calls):
    address = f"/api/v1/emat/office/calls/{calls['emat'].call().slug}/closing/"
    there = Client().post(address, headers=bearer(scope="read"))
    assert there.status_code == 403
    assert there.json()["error"]["rule"] == "This token may only read."
    assert get(DOSSIERS, bearer(scope="read", name="again")) == 200


def test_another_consortium_is_not_there(bearer, world):
    headers = bearer()
    assert get("/api/v1/arts/office/dossiers/", headers) == 404
    assert get("/api/v1/arts/calls/", headers) == 200  # what is public, as for anybody


def test_a_role_there_does_not_help_a_token_from_here(bearer, world):
    there = world.system("arts")
    appoint(world.user(COORDINATOR), actor=there, at=NOON, post=Post(Role.OFFICER), name="Both")
    assert get("/api/v1/arts/office/dossiers/", bearer()) == 404


def test_the_owners_own_dossiers_are_not_for_programs(bearer):
    assert get("/api/v1/emat/apply/dossiers/", bearer()) == 401


def test_it_opens_no_page(bearer):
    there = Client().get("/emat/office/", headers=bearer())
    assert there.url.startswith("/account/login/")


def test_acts_for_which_one_proves_oneself_again_are_not_for_programs(bearer, calls, monkeypatch):
    monkeypatch.setattr(api_office.CloseCall, "needs_recent_sign_in", True)
    address = f"/api/v1/emat/office/calls/{calls['emat'].call().slug}/closing/"
    there = Client().post(address, headers=bearer())
    assert there.status_code == 403
    assert there.json()["error"]["code"] == "reauthentication_needed"


def test_it_ends_with_the_role(bearer, world):
    headers = bearer()
    with acting(world.system()):
        member = Membership.objects.get(person_email=COORDINATOR)
    dismiss(member.pk, actor=world.system(), at=NOON)
    there = Client().get(DOSSIERS, headers=headers)
    assert there.status_code == 401
    assert "no role here any more" in there.json()["error"]["rule"]


def test_it_ends_with_its_term(bearer, monkeypatch):
    headers = bearer()
    monkeypatch.setattr("consortium.clock.now", lambda: NOON + timedelta(days=90))
    there = Client().get(DOSSIERS, headers=headers)
    assert there.status_code == 401
    assert there["WWW-Authenticate"] == 'Bearer realm="Itinera"'
    assert "has ended" in there.json()["error"]["rule"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer wrong", "Bearer itn_\xff", "bearer a b c"]
)
def test_a_wrong_one_is_refused_even_beside_a_good_session(world, calls, header):
    client = sign_in(Client(), world.user(COORDINATOR))
    assert client.get(DOSSIERS).status_code == 200
    assert client.get(DOSSIERS, headers={"authorization": header}).status_code == 401


def test_beside_a_session_the_token_alone_counts(bearer, world):
    """The stronger of the two must not lend the weaker its rights."""
    client = sign_in(Client(), world.user(COORDINATOR))
    assert client.get(DOSSIERS, headers=bearer(REVIEWER)).status_code == 404
    weak = sign_in(Client(), world.user("amina@example.org"), strong=False)
    assert weak.get(DOSSIERS, headers=bearer()).status_code == 200


def test_other_schemes_are_somebody_elses(bearer):
    assert get(DOSSIERS, {"authorization": "Basic YTpi"}) == 401
    secret = bearer()["authorization"].removeprefix("Bearer ")
    assert get(DOSSIERS, {"authorization": f"Token {secret}"}) == 401
    assert get(f"{DOSSIERS}?token={secret}", {}) == 401


def test_so_many_requests_a_minute(bearer, settings, monkeypatch):
    settings.API_TOKEN_PER_MINUTE = 2
    headers, other = bearer(), bearer(REVIEWER)
    assert [get(DOSSIERS, headers) for _ in range(3)] == [200, 200, 429]
    told = Client().get(DOSSIERS, headers=headers)
    assert told["Retry-After"] == "60"
    assert told.json()["error"]["code"] == "throttled"
    assert get("/api/v1/emat/review/assignments/", other) == 200
    monkeypatch.setattr("consortium.clock.now", lambda: NOON + timedelta(minutes=1))
    assert get(DOSSIERS, headers) == 200


def test_nobody_is_somebody_without_one(calls):
    assert get(DOSSIERS, {}) == 401


def test_the_openapi_document_names_it(world):
    document = Client().get("/api/v1/schema/").json()
    assert document["components"]["securitySchemes"]["apiToken"]["scheme"] == "bearer"
    listing = document["paths"]["/api/v1/{consortium}/office/dossiers/"]["get"]
    assert {"apiToken": []} in listing["security"]


def test_the_log_names_the_token_by_its_beginning(bearer):
    headers = bearer()
    get(DOSSIERS, headers)
    bound = structlog.contextvars.get_contextvars()
    assert bound["token"] == headers["authorization"].removeprefix("Bearer ")[:10]

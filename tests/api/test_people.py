"""People, departments, delegations and funding through the REST API, as on the pages."""

import pytest
from rest_framework.test import APIClient

from consortium.access import acting
from consortium.models import Delegation, Membership
from tests.sign_in import sign_in
from tests.world import NOON

PERSON = {"name": "Nadia Petrov", "email": "nadia@example.org", "reason": "Needed"}
COORDINATOR, OFFICER = "coordinator@emat.example", "officer@emat.example"
PARTNER, WAW = "partner-lju@emat.example", "partner-waw@emat.example"


@pytest.fixture
def call(calls):
    return calls["emat"]


@pytest.fixture
def ask(world, monkeypatch):
    """Ask a resource of emat as somebody; returns (status, body)."""
    monkeypatch.setattr("consortium.clock.now", lambda: NOON)

    def asked(email, path, body=None):
        client = APIClient()
        sign_in(client, world.user(email))
        address = f"/api/v1/emat/{path}"
        sent = client.get(address) if body is None else client.post(address, body, format="json")
        return sent.status_code, sent.json()

    return asked


def emails(answer):
    return [row["email"] for row in answer[1]["results"]]


def test_people_are_listed_and_filtered(world, ask):
    assert len(emails(ask(OFFICER, "office/people/"))) == 12
    assert emails(ask(OFFICER, "office/people/?role=officer")) == [OFFICER]
    found = emails(ask(OFFICER, "office/people/?party=LJU&role=reviewer"))
    assert found == ["reviewer-lju@emat.example"]
    assert ask("one-call@emat.example", "office/people/")[0] == 404


def test_appoint_and_dismiss(world, call, ask):
    body = {**PERSON, "role": "committee", "call": "class-1", "until": "2027-06-30T00:00:00Z"}
    status, made = ask(COORDINATOR, "office/people/appointment/", body)
    assert (status, made["call"], made["ends_at"]) == (
        201,
        "Call for class 1 verdigris",
        "2027-06-30T00:00:00Z",
    )
    assert made["appointed_by_name"] == "coordinator verdigris"
    address = f"office/people/{made['id']}/dismissal/"
    assert ask(COORDINATOR, address, {})[0] == 400
    assert ask(COORDINATOR, address, {"reason": "Over"})[1]["ends_at"] == "2027-01-15T12:00:00Z"
    assert ask(COORDINATOR, address, {"reason": "Again"})[0] == 409
    assert ask(OFFICER, address, {"reason": "x"})[0] == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"role": "observer"}, 422),
        ({"role": "reviewer"}, 422),
        ({"role": "reviewer", "party": "XXX"}, 404),
        ({"role": "committee", "call": "nothing"}, 404),
        ({"role": "king"}, 400),
        ({"role": "officer", "email": COORDINATOR}, 403),
    ],
)
def test_refused_appointments_write_nothing(world, call, ask, changed, status):
    assert ask(COORDINATOR, "office/people/appointment/", {**PERSON, **changed})[0] == status
    with acting(world.system()):
        assert not Membership.objects.filter(person_name="Nadia Petrov").exists()


def test_roles_say_what_one_can_grant(ask):
    _status, answer = ask(OFFICER, "office/roles/")
    by_role = {row["role"]: row for row in answer["results"]}
    assert "Invite, appoint and dismiss people" in by_role["coordinator"]["lacking"]
    assert by_role["reviewer"]["rights"] == ["Review the dossiers assigned to it"]
    assert by_role["observer"]["condition"] == "Until a day that is set, within a year."


def test_a_partners_people(world, ask):
    found = ask(PARTNER, "partner/people/")
    assert set(emails(found)) == {
        "partner-lju@emat.example",
        "reviewer-lju@emat.example",
        "delegate-lju@emat.example",
    }
    work = {row["email"]: row["work"] for row in found[1]["results"]}
    none = {"assigned": 0, "submitted": 0, "overdue": 0}
    assert work["reviewer-lju@emat.example"] == none
    assert work["delegate-lju@emat.example"] is None
    status, made = ask(PARTNER, "partner/people/appointment/", {**PERSON, "role": "reviewer"})
    assert (status, made["party"]) == (201, "LJU")
    address = f"partner/people/{made['id']}/dismissal/"
    assert ask(WAW, address, {"reason": "x"})[0] == 404
    assert ask(PARTNER, address, {"reason": "Left"})[0] == 200
    body = {**PERSON, "role": "reviewer", "party": "WAW"}
    assert ask(PARTNER, "partner/people/appointment/", body)[0] in {403, 404}
    assert ask(PARTNER, "partner/people/appointment/", {**PERSON, "role": "officer"})[0] == 400


def test_departments_and_delegations(world, call, ask):
    status, lab = ask(PARTNER, "partner/departments/opening/", {"name": "Chemistry"})
    assert (status, lab["party"], lab["name"]) == (201, "LJU", "Chemistry")
    assert ask(PARTNER, "partner/departments/opening/", {"name": "chemistry"})[0] == 409
    assert ask(WAW, "partner/departments/")[1]["results"] == []
    body = {
        "department": lab["id"],
        "rights": ["host_students"],
        "container": "offering",
        "container_id": str(call.offerings["s3-lju"]),
        "reason": "They run it",
    }
    status, made = ask(PARTNER, "partner/delegations/handing-on/", body)
    assert (status, made["to"], made["container_name"]) == (
        201,
        "Chemistry",
        "Semester 3: s3 in LJU verdigris",
    )
    assert ask(PARTNER, "partner/delegations/handing-on/", body)[0] == 409
    assert ask(WAW, "partner/delegations/")[1]["results"] == []
    address = f"partner/delegations/{made['id']}/taking-back/"
    assert ask(WAW, address, {"reason": "x"})[0] == 404
    assert ask(PARTNER, address, {"reason": "Over"})[1]["ends_at"] == "2027-01-15T12:00:00Z"
    listed = ask(PARTNER, "partner/delegations/")[1]["results"]
    assert [row["id"] for row in listed] == [made["id"]]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"department": None}, 422),
        ({"container": "party"}, 422),
        ({"container_id": None}, 404),
        ({"container": "call"}, 400),
        ({"rights": ["delegate_rights"]}, 422),
        ({"rights": []}, 422),
        ({"until": "2027-01-01T00:00:00Z"}, 422),
        ({"party": "WAW"}, 403),
    ],
)
def test_refused_delegations_write_nothing(world, call, ask, changed, status):
    lab = ask(PARTNER, "partner/departments/opening/", {"name": "Chemistry"})[1]
    body = {
        "department": lab["id"],
        "rights": ["host_students"],
        "container": "offering",
        "container_id": str(call.offerings["s3-lju"]),
        "reason": "They run it",
    }
    assert ask(PARTNER, "partner/delegations/handing-on/", {**body, **changed})[0] == status
    with acting(world.system()):
        assert not Delegation.objects.exists()


def test_what_a_partner_was_granted(ask):
    (row,) = ask(PARTNER, "partner/rights/")[1]["results"]
    assert (row["party"], row["receives_personal"]) == ("LJU", True)
    assert "review_dossiers" in row["rights"]


def test_the_schema_names_them(client):
    text = client.get("/api/v1/schema/").content.decode()
    for name in ("people_Appoint_post", "partner_Members_get", "delegations_HandOn_post"):
        assert name in text

"""Appointing from the office: terms, single calls, history, and grants that strayed."""

from datetime import timedelta

import pytest

from consortium.access import acting
from consortium.domain.memberships import dismiss
from consortium.models import ConsortiumUserGrant, Membership, User
from tests.web.desks import COORDINATOR, OFFICER, plain, text_of
from tests.world import NOON

PEOPLE = "/emat/office/people/"
APPOINT = f"{PEOPLE}appointment/"
NEW = {
    "name": "Nadia Petrov",
    "email": "nadia@example.org",
    "role": "officer",
    "party": "",
    "call": "",
    "until": "",
    "reason": "The office grows",
}


@pytest.fixture
def coordinator(browse):
    return browse(COORDINATOR)


def record(world, email="nadia@example.org"):
    with acting(world.system()):
        return Membership.objects.get(person_email=email)


def names(client, query):
    return [row.person_name for row in client.get(f"{PEOPLE}?{query}").context["page"].rows]


def test_from_until_by_whom_and_why(world, coordinator):
    coordinator.post(APPOINT, {**NEW, "until": "2027-06-30"})
    row = record(world)
    assert row.ends_at.isoformat() == "2027-06-30T21:59:00+00:00"
    words = plain(coordinator.get(PEOPLE))
    assert "15 Jan 2027 30 Jun 2027 coordinator verdigris The office grows" in words


def test_an_observer_looks_until_a_day_within_a_year(world, coordinator, browse):
    form = {**NEW, "role": "observer"}
    without = coordinator.post(APPOINT, form)
    assert without.status_code == 422
    assert "The role Observer ends within a year." in plain(without)
    late = coordinator.post(APPOINT, {**form, "until": "2028-02-01"})
    assert late.status_code == 422
    assert "Choose a day before 2028-01-16." in plain(late)
    assert 'value="2028-02-01"' in text_of(late)
    assert coordinator.post(APPOINT, {**form, "until": "2028-01-15"}).url == PEOPLE
    assert browse("nadia@example.org").get("/emat/office/journal/").status_code == 200


def test_a_committee_of_one_call(world, call, coordinator, browse):
    form = {**NEW, "role": "committee", "call": str(call.call_id)}
    assert coordinator.post(APPOINT, form).url == PEOPLE
    assert record(world).call_title == "Call for class 1 verdigris"
    assert "Selection committee member Call for class 1 verdigris" in plain(coordinator.get(PEOPLE))
    client = browse("nadia@example.org")
    assert client.get("/emat/office/dossiers/").status_code == 200
    assert client.get("/emat/office/students/").status_code == 404


def test_only_a_committee_is_of_one_call(world, call, coordinator):
    response = coordinator.post(APPOINT, {**NEW, "call": str(call.call_id)})
    assert response.status_code == 422
    assert "Only a committee is appointed for one call." in plain(response)
    assert not User.objects.filter(email="nadia@example.org").exists()


def test_a_call_of_another_consortium_is_no_choice(calls, coordinator):
    form = {**NEW, "role": "committee", "call": str(calls["arts"].call_id)}
    assert coordinator.post(APPOINT, form).status_code == 422


def test_a_reason_is_needed(world, coordinator):
    response = coordinator.post(APPOINT, {**NEW, "reason": " "})
    assert response.status_code == 422
    assert "Reason: This field is required." in plain(response)


def test_nobody_appoints_themselves(coordinator):
    response = coordinator.post(APPOINT, {**NEW, "email": COORDINATOR, "role": "finance"})
    assert response.status_code == 403
    assert "Nobody appoints themselves." in plain(response)


def test_people_by_role_partner_name_and_standing(world, coordinator, clock):
    assert names(coordinator, "role=officer") == ["officer verdigris"]
    assert names(coordinator, "party=LJU&sort=name") == [
        "delegate LJU verdigris",
        "partner LJU verdigris",
        "reviewer LJU verdigris",
    ]
    assert names(coordinator, "party=LJU&role=reviewer") == ["reviewer LJU verdigris"]
    assert names(coordinator, "q=WAW&role=partner") == ["partner WAW verdigris"]
    assert names(coordinator, "role=nonsense&party=XXX") == names(coordinator, "")
    assert "Nobody matches" in plain(coordinator.get(f"{PEOPLE}?q=nobody"))
    clock(NOON + timedelta(days=400))
    assert "observer verdigris" not in names(coordinator, "")
    assert names(coordinator, "standing=ended") == ["observer verdigris"]


def test_ended_roles_are_history_and_end_once(world, coordinator):
    row = record(world, OFFICER)
    dismiss(row.pk, actor=world.staff(), at=NOON, reason="Moved on")
    assert "officer verdigris" not in names(coordinator, "")
    response = coordinator.get(f"{PEOPLE}?standing=ended")
    assert "officer verdigris officer@emat.example Office officer 15 Jan 2027" in plain(response)
    assert f"{PEOPLE}{row.pk}/dismissal/" not in text_of(response)
    everybody = names(coordinator, "standing=")
    assert {"officer verdigris", "committee verdigris"} <= set(everybody)


def test_what_each_role_may_do_is_told_from_the_table(coordinator):
    words = plain(coordinator.get(PEOPLE))
    assert "Observer Until a day that is set, within a year." in words
    assert "Appointed for a single call: Work in the consortium office" in words
    assert "Department delegate As far as the partner handed it on." in words
    assert "Inclusion officer Read answers on individual needs" in words


def test_grants_that_strayed_are_told_to_who_manages_people(world, coordinator, browse):
    assert "differs from the records" not in plain(coordinator.get(PEOPLE))
    officer = world.user(OFFICER).pk
    with acting(world.system()):
        ConsortiumUserGrant.objects.filter(user_id=officer).first().delete()
    assert "1 grant differs from the records" in plain(coordinator.get(PEOPLE))
    assert "differs from the records" not in plain(browse(OFFICER).get(PEOPLE))


def test_a_role_that_has_ended_is_no_drift(world, coordinator, clock):
    clock(NOON + timedelta(days=400))
    assert "differ" not in plain(coordinator.get(PEOPLE))

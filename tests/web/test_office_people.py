"""People, journal and messages: who may appoint whom, and what can be read back."""

import pytest

from consortium.access import acting
from consortium.models import Membership, OutboxMessage
from tests.admissions.cases import complete
from tests.web.desks import COORDINATOR, OFFICER, plain, queries, text_of

PEOPLE, JOURNAL, MESSAGES = (f"/emat/office/{page}/" for page in ("people", "journal", "messages"))
NEW = {
    "name": "Nadia Petrov",
    "email": "nadia@example.org",
    "role": "officer",
    "party": "",
    "reason": "The office grows",
}


@pytest.fixture
def coordinator(browse):
    return browse(COORDINATOR)


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


def roles(world, email):
    with acting(world.system()):
        rows = Membership.objects.filter(consortium_id=world.system().tenant, person_email=email)
        return [(m.role, m.ends_at is None) for m in rows]


def test_appoint_a_person(world, coordinator, browse):
    assert coordinator.post(f"{PEOPLE}appointment/", NEW).url == PEOPLE
    assert roles(world, "nadia@example.org") == [("officer", True)]
    assert browse("nadia@example.org").get("/emat/office/").status_code == 200
    assert browse("nadia@example.org").get("/arts/office/").status_code == 404


def test_a_reviewer_needs_a_partner(world, coordinator):
    response = coordinator.post(f"{PEOPLE}appointment/", {**NEW, "role": "reviewer"})
    assert response.status_code == 422
    assert "Choose the partner." in plain(response)
    assert 'value="Nadia Petrov"' in text_of(response)
    lju = str(world.partnership("LJU").pk)
    assert coordinator.post(f"{PEOPLE}appointment/", {**NEW, "role": "reviewer", "party": lju})
    assert roles(world, "nadia@example.org") == [("reviewer", True)]


def test_a_partner_of_another_consortium_is_no_choice(world, coordinator):
    foreign = str(world.partnership("LJU", "arts").pk)
    form = {**NEW, "role": "reviewer", "party": foreign}
    assert coordinator.post(f"{PEOPLE}appointment/", form).status_code == 422
    assert roles(world, "nadia@example.org") == []


def test_a_role_is_held_once(world, coordinator):
    coordinator.post(f"{PEOPLE}appointment/", NEW)
    response = coordinator.post(f"{PEOPLE}appointment/", NEW)
    assert response.status_code == 409
    assert "A person holds a role once." in plain(response)


def test_nobody_grants_what_they_lack(world, officer):
    words = plain(officer.get(PEOPLE))
    assert "you cannot grant it" in words
    assert "Invite, appoint and dismiss people" in words
    assert "Appoint the person" not in words
    assert officer.post(f"{PEOPLE}appointment/", NEW).status_code == 404
    assert roles(world, "nadia@example.org") == []


def test_dismiss_takes_the_rights_at_once(world, coordinator, browse):
    with acting(world.system()):
        row = Membership.objects.get(person_email=OFFICER)
    address = f"{PEOPLE}{row.pk}/dismissal/"
    assert coordinator.post(address, {}).status_code == 422
    assert coordinator.post(address, {"reason": "Moved on"}).url == PEOPLE
    assert browse(OFFICER).get("/emat/office/").status_code == 404
    assert "officer verdigris" not in plain(coordinator.get(PEOPLE))


def test_nobody_is_dismissed_across_consortia(world, coordinator):
    with acting(world.system("arts")):
        row = Membership.objects.get(person_email="officer@arts.example")
    response = coordinator.post(f"{PEOPLE}{row.pk}/dismissal/", {"reason": "x"})
    assert response.status_code == 404


def test_queries_of_the_people_do_not_grow(emat, coordinator):
    few = queries(coordinator, PEOPLE)
    for n in range(30):
        emat.appoint(f"more{n}", "WAW")
    assert queries(coordinator, PEOPLE) == few


# -- messages


def test_a_message_is_read_without_the_keys_in_it(call, world, at, officer):
    complete(world, call, at)
    with acting(world.system()):
        mail = OutboxMessage.objects.filter(key__startswith="reference.request").first()
    token = mail.body.split("/reference/")[1].split("/")[0]
    text = text_of(officer.get(MESSAGES))
    assert mail.subject in text
    assert "named you as a referee" in text
    assert token not in text


@pytest.mark.parametrize(
    ("standing", "found"), [("waiting", 1), ("failing", 1), ("sent", 1), ("", 3)]
)
def test_messages_by_where_they_stand(world, at, officer, standing, found):
    system = world.system()
    with acting(system):
        for n, facts in enumerate(({}, {"attempts": 2, "last_error": "refused"}, {"sent_at": at})):
            OutboxMessage.objects.create(
                consortium_id=system.tenant,
                key=f"k{n}",
                to=f"to{n}@example.org",
                subject="Hello",
                body="Text",
                created_at=at,
                due_at=at,
                **facts,
            )
    response = officer.get(f"{MESSAGES}?standing={standing}")
    assert len(response.context["page"].rows) == found


def test_an_empty_outbox_says_so(world, officer):
    assert "No messages yet" in plain(officer.get(MESSAGES))

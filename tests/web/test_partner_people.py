"""A partner's own people: appointed, counted, dismissed; nobody of another partner's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from admissions.domain.assignments import assign
from admissions.domain.review_work import Work, work_of
from admissions.models import Assignment, Review
from consortium.access import acting
from consortium.actor import Wall
from consortium.domain.memberships import Post, appoint
from consortium.models import (
    Department,
    JournalEntry,
    Membership,
    Party,
    PartyGroupGrant,
    User,
)
from consortium.roles import Role
from tests.admissions.selection_world import AFTER
from tests.web.desks import PARTNER, REVIEWER, plain, queries, text_of
from tests.world import NOON

DESK = "/emat/partner/"
PEOPLE = f"{DESK}people/"
WAW = "partner-waw@emat.example"
NEW = {
    "name": "Nadia Petrov",
    "email": "nadia@example.org",
    "role": "reviewer",
    "department": "",
    "until": "",
    "reason": "Knows electrodes",
}


@pytest.fixture
def lju(browse):
    return browse(PARTNER)


def held(world, email):
    with acting(world.system()):
        rows = Membership.objects.filter(person_email=email).order_by("starts_at")
        return [(row.role, row.party.code if row.party else "", row.ends_at) for row in rows]


def test_a_partner_sees_its_own_people_alone(world, lju):
    words = plain(lju.get(PEOPLE))
    for name in ("reviewer LJU verdigris", "delegate LJU verdigris", "partner LJU verdigris"):
        assert name in words
    assert "WAW" not in words
    assert "heliotrope" not in words
    assert "officer" not in words


def test_appoint_a_reviewer(world, lju, browse):
    assert lju.post(f"{PEOPLE}appointment/", NEW).url == PEOPLE
    assert held(world, "nadia@example.org") == [("reviewer", "LJU", None)]
    words = plain(lju.get(PEOPLE))
    assert "Nadia Petrov nadia@example.org 0 0 0 15 Jan 2027 partner LJU verdigris" in words
    assert "Knows electrodes" in words
    assert browse("nadia@example.org").get("/emat/review/").status_code == 200
    assert browse("nadia@example.org").get(PEOPLE).status_code == 404


def test_an_end_is_the_end_of_its_day_in_the_consortiums_zone(world, lju):
    lju.post(f"{PEOPLE}appointment/", {**NEW, "until": "2027-02-01"})
    ((_role, _party, ends_at),) = held(world, "nadia@example.org")
    assert ends_at.isoformat() == "2027-02-01T22:59:00+00:00"
    assert "1 Feb 2027" in plain(lju.get(PEOPLE))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": ""}, "Reason: This field is required."),
        ({"until": "2027-01-14"}, "Choose a day to come."),
        ({"until": "9999-12-31"}, None),
        ({"role": "partner"}, "Select a valid choice."),
        ({"role": "officer"}, "Select a valid choice."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"department": "nonsense"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(world, lju, changed, told):
    response = lju.post(f"{PEOPLE}appointment/", {**NEW, **changed})
    if told is None:
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert told in plain(response)
    assert 'value="Nadia Petrov"' in text_of(response)
    assert held(world, "nadia@example.org") == []


def test_a_refused_appointment_leaves_no_account_behind(world, lju):
    with acting(world.system()):
        PartyGroupGrant.objects.filter(
            content_object__code="LJU", permission__codename="review_dossiers"
        ).delete()
    response = lju.post(f"{PEOPLE}appointment/", NEW)
    assert response.status_code == 403
    assert "Nobody can grant what they do not hold." in plain(response)
    assert not User.objects.filter(email="nadia@example.org").exists()


def test_nobody_appoints_themselves(world, lju):
    response = lju.post(f"{PEOPLE}appointment/", {**NEW, "email": PARTNER})
    assert response.status_code == 403
    assert "Nobody appoints themselves." in plain(response)


def test_a_department_and_its_delegate(world, lju):
    assert lju.post(f"{PEOPLE}department/", {"name": "Chemistry"}).url == PEOPLE
    again = lju.post(f"{PEOPLE}department/", {"name": "chemistry"})
    assert again.status_code == 409
    assert "chemistry is there already" in plain(again)
    with acting(world.system()):
        lab = Department.objects.get(party__code="LJU")
    lju.post(f"{PEOPLE}appointment/", {**NEW, "role": "delegate", "department": str(lab.pk)})
    words = plain(lju.get(PEOPLE))
    assert "Nadia Petrov nadia@example.org Chemistry nothing yet" in words
    assert "Chemistry 1 nothing yet" in words
    wrong = lju.post(f"{PEOPLE}appointment/", {**NEW, "department": str(lab.pk)})
    assert wrong.status_code == 422
    assert "A department is a delegate" in plain(wrong)


def test_a_department_of_another_partner_is_no_choice(world, lju, browse):
    browse(WAW).post(f"{PEOPLE}department/", {"name": "Physics"})
    with acting(world.system()):
        foreign = Department.objects.get(party__code="WAW")
    form = {**NEW, "role": "delegate", "department": str(foreign.pk)}
    assert lju.post(f"{PEOPLE}appointment/", form).status_code == 422
    assert "Physics" not in plain(lju.get(PEOPLE))


def test_dismiss_a_reviewer_and_find_them_in_the_history(world, lju, browse):
    with acting(world.system()):
        row = Membership.objects.get(person_email=REVIEWER)
    address = f"{PEOPLE}{row.pk}/dismissal/"
    assert lju.post(address, {}).status_code == 422
    assert lju.post(address, {"reason": "Retired"}).url == PEOPLE
    assert browse(REVIEWER).get("/emat/review/").status_code == 404
    words = plain(lju.get(PEOPLE))
    assert "1 role that has ended" in words
    assert "No reviewer yet" in words
    assert lju.post(address, {"reason": "Again"}).status_code == 409
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="membership.dismiss")
    assert (entry.reason, entry.wall) == ("Retired", "partner")


@pytest.mark.parametrize(
    "email", ["reviewer-waw@emat.example", "officer@emat.example", "reviewer-lju@arts.example"]
)
def test_nobody_elses_people_are_dismissed(world, lju, email):
    slug = "arts" if "arts" in email else "emat"
    with acting(world.system(slug)):
        row = Membership.objects.get(person_email=email)
    address = f"{PEOPLE}{row.pk}/dismissal/"
    assert lju.post(address, {"reason": "x"}).status_code == 404
    with acting(world.system(slug)):
        assert Membership.objects.get(pk=row.pk).ends_at is None


def test_a_colleague_coordinator_is_the_offices_to_dismiss(world, lju):
    with acting(world.system()):
        row = Membership.objects.get(person_email=PARTNER)
    assert lju.post(f"{PEOPLE}{row.pk}/dismissal/", {"reason": "x"}).status_code == 403


# -- how far reviewers are


def test_work_is_counted_and_nothing_else_is_told(emat, lju, clock):
    emat.reviewed({"anna": (5, 5), "boris": (4, 2)})
    (cyra,) = emat.eligible("cyra")
    ids = [emat.member(code).pk for code in ("waw", "lju")]
    assign(cyra.pk, actor=emat.officer, at=AFTER, membership_ids=ids, due_at=AFTER)
    clock(AFTER + timedelta(days=1))
    response = lju.get(PEOPLE)
    assert "reviewer LJU verdigris reviewer-lju@emat.example 3 2 1" in plain(response)
    for secret in ("ANNA", "Anna", "CYRA", "fine"):
        assert secret not in text_of(response)


def test_the_partners_database_role_reads_how_much_and_no_name(emat, world):
    emat.reviewed({"anna": (5, 5)})
    partner = world.partner("lju")
    with acting(partner):
        assert list(work_of(partner.parties, actor=partner, at=NOON).values()) == [Work(1, 1, 0)]
        assert not Assignment.objects.values("id").exists()
        assert not Review.objects.values("id").exists()
    for secret in ("reviewer_id", "reviewer_name", "conflict_reason", "due_at"):
        with pytest.raises(Exception, match="permission denied"), acting(partner):
            list(Assignment.objects.values_list(secret, flat=True))


def test_the_counts_are_for_the_partners_own_door(emat, world):
    emat.reviewed({"anna": (5, 5)})
    parties = world.partner("lju").parties
    for actor in (world.partner("waw"), world.partner("lju", "arts")):
        with acting(actor):
            assert work_of(parties, actor=actor, at=NOON) == {}
    reviewer = replace(world.partner("lju"), wall=Wall.REVIEWER)
    with acting(reviewer):
        assert work_of(parties, actor=reviewer, at=NOON) == {}


def test_queries_do_not_grow(emat, world, lju):
    few = queries(lju, PEOPLE)
    for n in range(20):
        emat.appoint(f"more{n}", "LJU")
    assert queries(lju, PEOPLE) == few


# -- who coordinates several partners


def test_several_partners_each_on_its_own(world, browse):
    with acting(world.system()):
        party = Party.objects.get(code="WAW", consortium__slug="emat")
    both = world.user(PARTNER)
    post = Post(Role.PARTNER, party)
    appoint(both, actor=world.system(), at=NOON, post=post, name="partner LJU verdigris")
    client = browse(PARTNER)
    first, second = client.get(PEOPLE), client.get(f"{PEOPLE}?partner=WAW")
    assert "reviewer LJU verdigris" in plain(first)
    assert "reviewer LJU verdigris" not in plain(second)
    assert "reviewer WAW verdigris" in plain(second)
    assert client.get(f"{PEOPLE}?partner=AMI").status_code == 404
    response = client.post(f"{PEOPLE}appointment/?partner=WAW", NEW)
    assert response.url == f"{PEOPLE}?partner=WAW"
    assert held(world, "nadia@example.org") == [("reviewer", "WAW", None)]

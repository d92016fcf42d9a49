"""Who sees what: the tables of the walls as a page and as resources, and what one person holds."""

import pytest
from rest_framework.test import APIClient

from admissions.visibility import DOSSIERS
from consortium.access import acting
from consortium.actor import Wall
from consortium.models import Membership, PartyGroupGrant
from consortium.roles import Container
from mobility_tracks.domain.delegation import What
from tests.contracts import sights
from tests.partners.moving import move
from tests.sign_in import sign_in
from tests.web.desks import OFFICER, PARTNER, plain, queries
from tests.world import NOON

PAGE = "/emat/office/rights/"


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


@pytest.fixture
def resource(world, clock):
    client = sign_in(APIClient(), world.user(OFFICER))
    return lambda path: client.get(f"/api/v1/emat/office/{path}")


def membership(world, email):
    with acting(world.system()):
        return Membership.objects.get(person_email=email, consortium=world.consortia["emat"])


def held(page):
    """(words of a right, what it lacks) of everything that the person on the page holds."""
    return {
        (right["words"], bool(right["lack"]))
        for row in page.context["holdings"]
        for right in row["rights"]
    }


def test_every_audience_of_both_tables_stands_there(officer):
    tables = officer.get(PAGE).context["tables"]
    assert [table["key"] for table in tables] == ["dossier", "student"]
    assert [len(table["bodies"]) for table in tables] == [len(Wall)] * 2


def test_every_cell_says_its_condition_in_words(officer):
    page = officer.get(PAGE)
    for table in page.context["tables"]:
        for body in table["bodies"]:
            for line in body["lines"]:
                assert sum(cell["span"] for cell in line["cells"]) == len(table["stages"])
                assert bool(line["condition"]) == any(cell["open"] for cell in line["cells"])
    words = plain(page)
    for sight in DOSSIERS.sights:
        assert str(sight.condition) in words


def test_one_role_and_one_class_by_address(officer):
    page = officer.get(f"{PAGE}?role=reviewer&kind=sensitive")
    found = {
        (table["key"], str(body["label"]))
        for table in page.context["tables"]
        for body in table["bodies"]
    }
    assert {label for _, label in found} == {"Reviewers"}
    classes = {
        str(kind)
        for table in page.context["tables"]
        for body in table["bodies"]
        for line in body["lines"]
        for kind in line["classes"]
    }
    assert "sensitive" in classes
    assert page.context["clear_url"] == PAGE


def test_what_cannot_be_is_as_if_not_given(officer):
    page = officer.get(f"{PAGE}?role=king&kind=secret&person=nobody")
    assert page.status_code == 200
    assert page.context["person"] is None
    assert len(page.context["tables"]) == 2


def test_an_officer_holds_what_the_role_gives_since_when_and_by_whom(world, officer):
    member = membership(world, OFFICER)
    page = officer.get(f"{PAGE}?person={member.pk}")
    assert ("Rank the dossiers", False) not in held(page)
    assert not any(lack for _, lack in held(page))
    (row,) = page.context["holdings"]
    assert row["holding"].record.starts_at == NOON
    assert "officer verdigris" in plain(page)


def test_a_right_without_its_grant_does_not_count(world, officer):
    member = membership(world, PARTNER)
    words = "See and receive the students placed with it"
    assert (words, False) in held(officer.get(f"{PAGE}?person={member.pk}"))
    with acting(world.system()):
        PartyGroupGrant.objects.filter(
            content_object=member.party_id, permission__codename="host_students"
        ).delete()
    page = officer.get(f"{PAGE}?person={member.pk}")
    assert (words, True) in held(page)
    assert "the partner does not hold it itself" in plain(page)


def test_a_right_of_a_partner_without_a_basis_does_not_count(world, officer):
    member = membership(world, PARTNER)
    move(world)
    page = officer.get(f"{PAGE}?person={member.pk}")
    assert ("See and receive the students placed with it", True) in held(page)
    assert ("Confirm its seats per period", False) in held(page)
    assert "no basis for personal data to go to the partner" in plain(page)


def test_what_was_handed_on_stands_beside_the_role(world, call, officer):
    rights = frozenset({"host_students"})
    world.hand_on(What(rights, Container.OFFERING, call.offerings["s4-lju"]))
    member = membership(world, "delegate-lju@emat.example")
    page = officer.get(f"{PAGE}?person={member.pk}")
    assert held(page) == {("See and receive the students of this offering", False)}
    assert "s4 in LJU verdigris" in plain(page)
    assert "They run it" in plain(page)


def test_a_person_of_another_consortium_is_nobody_here(world, officer):
    with acting(world.system("arts")):
        foreign = Membership.objects.get(person_email="officer@arts.example")
    page = officer.get(f"{PAGE}?person={foreign.pk}")
    assert page.context["person"] is None
    assert "heliotrope" not in plain(page)


def test_queries_do_not_grow_with_people_or_what_they_hold(world, call, officer):
    member = membership(world, "delegate-lju@emat.example")
    address = f"{PAGE}?person={member.pk}"
    rights = frozenset({"host_students"})
    world.hand_on(What(rights, Container.OFFERING, call.offerings["s4-lju"]))
    before = queries(officer, address)
    world.hand_on(What(rights, Container.OFFERING, call.offerings["s3-lju"]))
    assert queries(officer, address) == before


def test_partners_have_no_such_page(browse):
    assert browse(PARTNER).get(PAGE).status_code == 404


def test_the_same_as_resources(world, resource):
    rows = resource("rights/?role=finance").json()
    assert {row["role"] for row in rows} == {"finance"}
    (funding,) = (
        row
        for row in rows
        if row["subject"] == "dossier"
        and {"number", "standing", "funding"} == {g["key"] for g in row["groups"]}
    )
    open_ = {state for run in funding["stages"] if run["readable"] for state in run["states"]}
    assert open_ == DOSSIERS.sight(Wall.FINANCE, "funding").states
    assert resource("rights/?role=king").status_code == 400
    member = membership(world, PARTNER)
    (found,) = resource(f"people/{member.pk}/rights/").json()
    assert {right["name"] for right in found["rights"]} >= {"host_students", "confirm_seats"}
    with acting(world.system("arts")):
        foreign = Membership.objects.get(person_email="officer@arts.example")
    assert resource(f"people/{foreign.pk}/rights/").status_code == 404


def test_the_page_and_the_resource_are_the_tables(resource):
    """Cell by cell, not a copy that somebody keeps by hand."""
    told = {
        (row["role"], group["key"], state): run["readable"]
        for row in resource("rights/").json()
        if row["subject"] == "dossier" and row["role"] != "partner"
        for group in row["groups"]
        for run in row["stages"]
        for state in run["states"]
    }
    assert told == {
        (wall.value, group.key, state): DOSSIERS.reads(wall, group.key, state)
        for wall in Wall
        if wall is not Wall.PARTNER
        for group in DOSSIERS.groups
        for stage in DOSSIERS.stages
        for state in stage.states
    }
    assert sights.OF_DOSSIER.keys() <= {key for _, key, _ in told}

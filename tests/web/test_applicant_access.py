"""Who has looked at my file, as a page and as a resource."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from admissions.domain import assignments, eligibility
from admissions.domain.documents import open_document
from admissions.domain.letters import open_letter
from admissions.models import Dossier, ReferenceLetter
from consortium import journal
from consortium.access import acting
from consortium.roles import Role
from tests.admissions.cases import complete
from tests.admissions.selection_world import AFTER, MET
from tests.sign_in import sign_in
from tests.web.desks import plain, queries
from tests.world import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def dossier(world, call, emat):
    """Amina's, submitted and assigned to LJU's reviewer."""
    made = complete(world, call, NOON)
    with acting(emat.system):
        Dossier.objects.filter(pk=made.pk).update(state="submitted", submitted_at=NOON)
    eligibility.rule(made.pk, actor=emat.officer, at=AFTER, findings=MET)
    assignments.assign(
        made.pk, actor=emat.officer, at=AFTER, membership_ids=[emat.member("lju").pk]
    )
    return emat.again(made)


@pytest.fixture
def amina(browse):
    return browse("amina@example.org")


def page(dossier):
    return f"/emat/apply/{dossier.reference}/access/"


def resource(world, dossier, email="amina@example.org"):
    client = APIClient()
    sign_in(client, world.user(email))
    return client.get(f"/api/v1/emat/apply/dossiers/{dossier.reference}/access/")


def look(dossier, actor, at, many=1):
    with acting(actor):
        journal.read("dossier", [dossier] * many, actor=actor, at=at)


def looked(world, dossier, emat):
    """Office, reviewer and system look at the dossier, a document and a letter."""
    with acting(emat.system):
        paper = dossier.documents.get(requirement__code="transcript")
        letter = ReferenceLetter.objects.create(
            consortium_id=emat.system.tenant,
            request=dossier.references.first(),
            dossier=dossier,
            text="Bright.",
            received_at=NOON,
        )
    look(dossier, emat.officer, AFTER)
    open_document(paper.pk, actor=emat.reviewer("lju"), at=AFTER + MINUTE)
    open_letter(letter.pk, actor=emat.coordinator, at=AFTER + 2 * MINUTE)


def test_looks_are_told_the_latest_first(world, dossier, emat, amina):
    looked(world, dossier, emat)
    rows = amina.get(page(dossier)).context["looks"]
    assert [(row["at"], row["who"], row["role"], row["what"]) for row in rows] == [
        (AFTER + 2 * MINUTE, "coordinator verdigris", "consortium office", "A letter of reference"),
        (AFTER + MINUTE, "A reviewer", "University LJU", "Transcript of records"),
        (AFTER, "officer verdigris", "consortium office", "Your dossier"),
    ]


def test_the_resource_says_the_same(world, dossier, emat):
    looked(world, dossier, emat)
    answer = resource(world, dossier)
    assert [
        (row["door"], row["name"], row["institutions"], row["kind"], row["title"])
        for row in answer.json()["results"]
    ] == [
        ("staff", "coordinator verdigris", [], "letter", ""),
        ("reviewer", "", ["University LJU"], "document", "Transcript of records"),
        ("staff", "officer verdigris", [], "dossier", ""),
    ]


def test_a_reviewers_name_is_nowhere(world, dossier, emat, amina):
    looked(world, dossier, emat)
    for response in (amina.get(page(dossier)), resource(world, dossier)):
        assert "reviewer LJU" not in response.content.decode()


def test_partners_are_told_by_name_and_institution(world, dossier, amina):
    look(dossier, world.partner("lju"), AFTER)
    (row,) = amina.get(page(dossier)).context["looks"]
    assert (row["who"], row["role"]) == ("partner LJU verdigris", "University LJU")


def test_ones_own_looks_and_other_acts_are_no_looks(dossier, amina, world):
    home = f"/emat/apply/{dossier.reference}/"
    for address in (home, f"{home}check/", f"{home}documents/"):
        assert amina.get(address).status_code == 200
    assert amina.get(page(dossier)).context["looks"] == []
    assert "Nobody but you has opened it yet" in plain(amina.get(page(dossier)))
    assert resource(world, dossier).json()["results"] == []


def test_looks_at_other_peoples_files_are_theirs(world, dossier, emat, amina, browse):
    (other,) = emat.submitted("bela")
    look(other, emat.officer, AFTER)
    assert amina.get(page(dossier)).context["looks"] == []
    assert amina.get(page(other)).status_code == 404
    assert browse("officer@emat.example").get(page(dossier)).status_code == 404
    assert resource(world, dossier, "bela@example.org").status_code == 404


def test_looks_at_another_dossier_of_mine_stand_under_that_one(world, dossier, emat, amina):
    with acting(emat.system):
        second = Dossier.objects.create(
            consortium_id=emat.system.tenant,
            call_id=dossier.call_id,
            applicant_id=dossier.applicant_id,
            reference="SECOND",
            state="withdrawn",
            started_at=NOON,
            saved_at=NOON,
        )
    look(second, emat.officer, AFTER)
    assert amina.get(page(dossier)).context["looks"] == []


def test_the_dossier_leads_there(dossier, amina, world, call):
    assert page(dossier) in amina.get(f"/emat/apply/{dossier.reference}/").content.decode()


def test_many_looks_come_in_pages_in_as_many_queries_as_one(world, dossier, emat, amina):
    looked(world, dossier, emat)
    few = queries(amina, page(dossier))
    look(dossier, emat.reviewer("lju"), AFTER - MINUTE, many=118)
    assert queries(amina, page(dossier)) == few
    first = amina.get(page(dossier))
    assert len(first.context["looks"]) == 50
    second = amina.get(page(dossier) + first.context["page"].pager["next_url"])
    assert len(second.context["looks"]) == 50
    assert "50 on this page of 121" in plain(second)


def test_the_resource_is_paged_in_as_many_queries_as_one(world, dossier, emat):
    looked(world, dossier, emat)
    client = APIClient()
    sign_in(client, world.user("amina@example.org"))
    address = f"/api/v1/emat/apply/dossiers/{dossier.reference}/access/"
    client.get(address)
    few = queries(client, address)
    look(dossier, emat.reviewer("lju"), AFTER, many=60)
    assert queries(client, address) <= few
    assert client.get(address).json()["next"]


def test_a_committee_member_looks_through_the_office(world, dossier, amina):
    look(dossier, world.staff(Role.COMMITTEE), AFTER)
    (row,) = amina.get(page(dossier)).context["looks"]
    assert (row["who"], row["role"]) == ("committee verdigris", "consortium office")


def test_who_looked_through_a_reviewers_eyes_is_told_by_their_own_name(
    world, dossier, emat, amina, browse
):
    chief = browse("coordinator@emat.example")
    chief.post(f"/emat/office/people/{emat.member('lju').pk}/look/", {"reason": "She is stuck."})
    with acting(emat.system):
        row = dossier.assignments.get()
        dossier.assignments.update(state="in_progress")
    assert chief.get(f"/emat/review/{row.pk}/").status_code == 200
    (look,) = amina.get(page(dossier)).context["looks"]
    assert (look["who"], look["role"]) == ("coordinator verdigris", "consortium office")

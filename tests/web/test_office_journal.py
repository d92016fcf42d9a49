"""The office's journal: found by act, person and whom it was for; looks apart; what vouches for it."""

from datetime import timedelta

import pytest
from django.db import connection
from rest_framework.test import APIClient

from consortium import journal
from consortium.access import acting
from consortium.models import JournalEntry, JournalLink, Membership
from tests.sign_in import sign_in
from tests.web.desks import OFFICER, plain, queries, text_of
from tests.world import NOON

JOURNAL = "/emat/office/journal/"


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


@pytest.fixture
def resource(world, clock):
    client = APIClient()
    sign_in(client, world.user(OFFICER))
    return lambda path: client.get(f"/api/v1/emat/office/journal/{path}").json()


def entries(world, many, act="test.act"):
    system = world.system()
    with acting(system):
        JournalEntry.objects.bulk_create(
            JournalEntry(
                consortium_id=system.tenant,
                act=act,
                subject="x",
                subject_id="1",
                by_name=f"Person {n % 2}",
                wall="staff",
                at=NOON,
            )
            for n in range(many)
        )


def acts(response):
    return [row.act for row in response.context["page"].rows]


def test_the_journal_by_act_and_person(call, world, officer):
    entries(world, 4)
    assert acts(officer.get(f"{JOURNAL}?act=test")) == ["test.act"] * 4
    assert acts(officer.get(f"{JOURNAL}?act=test&by=person+1")) == ["test.act"] * 2
    assert acts(officer.get(f"{JOURNAL}?act=nothing")) == []
    assert "Nothing happened that matches" in plain(officer.get(f"{JOURNAL}?act=nothing"))
    assert "call.open" in acts(officer.get(f"{JOURNAL}?since=2027-01-15"))
    assert acts(officer.get(f"{JOURNAL}?since=2027-01-16")) == []
    assert acts(officer.get(f"{JOURNAL}?subject_id=nonsense")) != []


def test_the_journal_in_pages(world, officer):
    entries(world, 120)
    first = officer.get(f"{JOURNAL}?act=test")
    second = officer.get(JOURNAL + first.context["page"].pager["next_url"])
    third = officer.get(JOURNAL + second.context["page"].pager["next_url"])
    assert [len(acts(page)) for page in (first, second, third)] == [50, 50, 20]
    ids = {row.pk for page in (first, second, third) for row in page.context["page"].rows}
    assert len(ids) == 120
    assert third.context["page"].pager["next_url"] == ""


def test_queries_of_the_journal_do_not_grow(world, officer):
    entries(world, 1)
    one = queries(officer, JOURNAL)
    entries(world, 30)
    assert queries(officer, JOURNAL) == one


# -- whom for


def test_whom_an_act_was_for_is_named_and_leads_to_all_about_them(emat, officer):
    one, other = emat.submitted("anna", "boris")
    with acting(emat.officer):
        for dossier in (one, other):
            journal.record("dossier.greet", dossier, actor=emat.officer, at=NOON)
    address = f"{JOURNAL}?for_id={one.applicant_id}&looks=with"
    listed = text_of(officer.get(JOURNAL))
    assert (
        f'<a class="clip" href="?for_id={one.applicant_id}&looks=with"><bdi>Anna verdigris'
        in listed
    )
    assert acts(officer.get(address)) == ["dossier.greet"]
    assert acts(officer.get(f"{JOURNAL}?case_id={other.pk}")) == ["dossier.greet"]
    assert len(acts(officer.get(f"{JOURNAL}?for_id=nonsense"))) > 1


def test_members_are_named_too_and_nobody_of_the_other_consortium(world, officer):
    words = plain(officer.get(f"{JOURNAL}?act=membership.appoint"))
    assert "reviewer LJU verdigris" in words
    assert "heliotrope" not in words


# -- looks


@pytest.fixture
def looked(emat):
    """One act and two looks."""
    (dossier,) = emat.submitted("anna")
    with acting(emat.officer):
        journal.record("dossier.greet", dossier, actor=emat.officer, at=NOON)
        journal.read("dossier", [dossier] * 2, actor=emat.officer, at=NOON)
    return dossier


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"dossier.greet": 1}),
        ("looks=only&", {"dossier.read": 2}),
        ("looks=with&", {"dossier.greet": 1, "dossier.read": 2}),
        ("looks=nonsense&", {"dossier.greet": 1}),
    ],
)
def test_looks_are_left_out_unless_they_are_asked_for(looked, officer, resource, query, found):
    listed = acts(officer.get(f"{JOURNAL}?{query}act=dossier"))
    assert {act: listed.count(act) for act in listed} == found
    if "nonsense" not in query:
        told = [row["act"] for row in resource(f"?{query}act=dossier")["results"]]
        assert sorted(told) == sorted(listed)


def test_the_resource_says_for_whom(looked, resource):
    (row,) = resource("?act=dossier.greet")["results"]
    assert (row["for_id"], row["case_id"]) == (looked.applicant_id, str(looked.pk))


def test_who_looks_at_much_stands_out(emat, officer):
    (dossier,) = emat.submitted("anna")
    assert "Nobody opened a dossier, a document or a letter." in plain(officer.get(JOURNAL))
    for actor, many, ago in (
        (emat.officer, 40, 0),
        (emat.officer, 2, 3),
        (emat.coordinator, 5, 0),
    ):
        at = NOON - timedelta(days=ago, minutes=5)
        with acting(actor):
            journal.read("dossier", [dossier] * many, actor=actor, at=at)
    words = plain(officer.get(JOURNAL))
    assert "officer verdigris 40 2 unusually many" in words
    assert "coordinator verdigris 5 –" in words
    assert words.count("unusually many") == 1


# -- the head


def commit():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_page_and_the_resource_tell_the_head(emat, looked, officer, resource):
    commit()
    with acting(emat.system):
        head = JournalLink.objects.head()
    assert f"manage.py verify_journal --consortium emat --head {head}" in plain(
        officer.get(JOURNAL)
    )
    assert resource("head/") == {
        "sequence": head.sequence,
        "hash": bytes(head.hash).hex(),
        "head": f"{head.sequence}:{bytes(head.hash).hex()}",
    }


def test_one_consortiums_head_is_not_the_others(world, officer):
    with acting(world.system("arts")):
        foreign = JournalLink.objects.head()
    assert bytes(foreign.hash).hex() not in text_of(officer.get(JOURNAL))


def test_queries_do_not_grow_with_people_and_looks(emat, officer):
    def happen(*names):
        for dossier in emat.submitted(*names):
            with acting(emat.officer):
                journal.record("dossier.greet", dossier, actor=emat.officer, at=NOON)
                journal.read("dossier", [dossier], actor=emat.officer, at=NOON)

    happen("anna")
    one = queries(officer, JOURNAL)
    happen(*[f"more{n}" for n in range(20)])
    with acting(emat.system):
        assert Membership.objects.count() > 1
    assert queries(officer, JOURNAL) == one


def test_a_dossier_leads_to_all_about_it(looked, officer, browse):
    address = f"{JOURNAL}?case_id={looked.pk}&looks=with"
    assert address in text_of(officer.get(f"/emat/office/dossiers/{looked.reference}/"))
    assert sorted(acts(officer.get(address))) == ["dossier.greet", *["dossier.read"] * 3]
    committee = browse("committee@emat.example")
    assert address not in text_of(committee.get(f"/emat/office/dossiers/{looked.reference}/"))

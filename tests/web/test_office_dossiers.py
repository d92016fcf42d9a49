"""The list of dossiers: filters in the address, pages by key, many assigned at once after a preview."""

import pytest
from django.urls import reverse

from admissions.filters import DossierFilter
from admissions.models import Assignment, Dossier
from consortium.access import acting
from tests.web.desks import (
    COMMITTEE,
    NAMES,
    OFFICER,
    plain,
    queries,
    text_of,
)

LIST = "/emat/office/dossiers/"
BULK = "/emat/office/dossiers/assignment/"


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


def shown(response) -> list[str]:
    """References on the page, in their order."""
    return [row.reference for row in response.context["page"].rows]


def test_an_empty_call_says_so(call, officer):
    assert "No dossiers yet" in plain(officer.get(LIST))


def test_a_row_shows_what_one_decides_by(emat, officer):
    emat.submitted("amina", degree_institution="Dakar", score=4.25)
    words = plain(officer.get(LIST))
    for fact in ("Amina verdigris", "AMINA", "submitted", "Norway", "Dakar", "0 / 2", "4.25"):
        assert fact in words


def test_the_newest_call_is_shown_unless_another_is_asked_for(emat, officer):
    emat.submitted("amina")
    assert shown(officer.get(LIST)) == ["AMINA"]
    assert shown(officer.get(f"{LIST}?call=class-1")) == ["AMINA"]
    assert officer.get(f"{LIST}?call=class-2").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=submitted", ["ANNA", "BORIS"]),
        ("state=eligible", ["CLARA"]),
        ("nationality=NO", ["ANNA", "CLARA"]),
        ("q=ann", ["ANNA"]),
        ("q=bor", ["BORIS"]),
        ("q=verdigris+clara", ["CLARA"]),
        ("q=nobody", []),
        ("missing=reviewers", ["CLARA"]),
        ("missing=reviews", ["CLARA"]),
        ("missing=letters", ["ANNA", "BORIS", "CLARA"]),
        ("state=nonsense", ["ANNA", "BORIS", "CLARA"]),
        ("nationality=XX&missing=bogus", ["ANNA", "BORIS", "CLARA"]),
    ],
)
def test_filters(emat, officer, query, found):
    emat.submitted("anna", sort_name="anna")
    emat.submitted("boris", sort_name="boris", nationality="BR")
    emat.eligible("clara")
    with acting(emat.system):
        Dossier.objects.filter(reference="CLARA").update(sort_name="clara")
    assert shown(officer.get(f"{LIST}?{query}")) == found


def test_the_committee_cannot_ask_about_assignments_it_does_not_see(emat, browse):
    assert DossierFilter.base_filters["missing"].field  # as the API's description leaves it
    emat.reviewed({"anna": (4, 4)})
    emat.eligible("boris")
    assert shown(browse(OFFICER).get(f"{LIST}?missing=reviewers")) == ["BORIS"]
    committee = browse(COMMITTEE)
    assert "a reviewer is missing" not in plain(committee.get(LIST))
    assert sorted(shown(committee.get(f"{LIST}?missing=reviewers"))) == ["ANNA", "BORIS"]


def test_sorts(emat, officer):
    emat.submitted("anna", sort_name="b", score=2.0)
    emat.submitted("boris", sort_name="a", score=4.0)
    emat.submitted("clara", sort_name="c", score=None)
    assert shown(officer.get(f"{LIST}?sort=name")) == ["BORIS", "ANNA", "CLARA"]
    assert shown(officer.get(f"{LIST}?sort=-name")) == ["CLARA", "ANNA", "BORIS"]
    assert shown(officer.get(f"{LIST}?sort=-score")) == ["BORIS", "ANNA", "CLARA"]
    assert shown(officer.get(f"{LIST}?sort=nonsense")) == ["BORIS", "ANNA", "CLARA"]
    assert len(shown(officer.get(f"{LIST}?sort=-submitted"))) == 3


def test_pages_of_fifty_by_key(emat, officer):
    emat.submitted(*NAMES)
    with acting(emat.system):
        for dossier in Dossier.objects.all():
            dossier.sort_name = dossier.reference.lower()
            dossier.save()
    first = officer.get(LIST)
    second = officer.get(LIST + first.context["page"].pager["next_url"])
    assert [len(shown(first)), len(shown(second))] == [50, 10]
    assert shown(first) + shown(second) == [name.upper() for name in NAMES]
    again = officer.get(LIST + second.context["page"].pager["previous_url"])
    assert shown(again) == shown(first)
    assert "50 on this page of 60" in plain(first)


def test_the_filter_stays_in_the_addresses_of_pages_and_heads(emat, officer):
    emat.submitted(*NAMES)
    page = officer.get(f"{LIST}?nationality=NO").context["page"]
    assert "nationality=NO" in page.pager["next_url"]
    assert "nationality=NO" in page.heads["name"].sort_url


def test_queries_do_not_grow_with_rows(emat, officer):
    emat.submitted(NAMES[0])
    one = queries(officer, LIST)
    emat.submitted(*NAMES[1:30])
    assert queries(officer, LIST) == one


def test_htmx_gets_the_list_alone(emat, officer):
    emat.submitted("amina")
    text = text_of(officer.get(LIST, headers={"HX-Request": "true"}))
    assert "AMINA" in text
    assert "<html" not in text


def test_dossiers_of_another_consortium_are_not_in_any_list(emat, arts, officer):
    arts.submitted("cora")
    assert shown(officer.get(LIST)) == []
    assert shown(officer.get(f"{LIST}?q=cora")) == []


# -- many at once


def test_choosing_all_works_by_address(emat, officer):
    emat.submitted("anna", "boris")
    assert text_of(officer.get(f"{LIST}?choose=page")).count(" checked ") == 2
    assert text_of(officer.get(LIST)).count(" checked ") == 0


def ids(emat):
    return [str(emat.member(code).pk) for code in ("waw", "lju")]


def test_nothing_is_assigned_by_a_preview(emat, officer):
    emat.eligible("anna")
    emat.submitted("boris")
    chosen = {"chosen": ["ANNA", "BORIS"]}
    blank = officer.post(BULK, chosen)
    assert "Make" not in plain(blank)
    told = plain(officer.post(BULK, {**chosen, "membership_ids": ids(emat), "step": "preview"}))
    assert "not eligible for review in its state" in told
    assert "Make 2 assignments" in told
    with acting(emat.system):
        assert Assignment.objects.count() == 0


def test_what_was_shown_is_done(emat, officer):
    emat.eligible("anna", "clara")
    form = {"chosen": ["ANNA", "CLARA"], "membership_ids": ids(emat), "step": "do"}
    response = officer.post(BULK, form)
    assert response.url == LIST
    assert "4 assignments made." in plain(officer.get(LIST))
    with acting(emat.system):
        assert Assignment.objects.count() == 4


def test_what_could_not_be_done_is_told_line_by_line(emat, officer):
    emat.eligible("anna")
    emat.submitted("boris")
    form = {"chosen": ["ANNA", "BORIS"], "membership_ids": ids(emat), "step": "do"}
    response = officer.post(BULK, form)
    assert response.status_code == 409
    assert "2 assignments made." in plain(response)
    assert "not eligible for review in its state" in plain(response)


def test_reviewers_of_one_partner_alone_are_refused_in_the_preview(emat, officer):
    emat.eligible("anna")
    other = emat.appoint("second", "LJU")
    pair = [str(other.pk), ids(emat)[1]]
    form = {"chosen": ["ANNA"], "membership_ids": pair, "step": "preview"}
    assert "all reviewers would be of one partner" in plain(officer.post(BULK, form))


def test_nobody_chosen_leads_back_with_a_word(emat, officer):
    assert officer.post(BULK, {}).url == LIST
    assert "Choose at least one dossier first." in plain(officer.get(LIST))


def test_no_reviewer_chosen_is_said_beside_the_field(emat, officer):
    emat.eligible("anna")
    response = officer.post(BULK, {"chosen": ["ANNA"], "step": "do"})
    assert response.status_code == 422
    assert "Choose at least one reviewer." in plain(response)


def test_foreign_references_and_memberships_are_not_there(emat, arts, officer):
    arts.eligible("cora")
    emat.eligible("anna")
    form = {
        "chosen": ["ANNA", "CORA"],
        "membership_ids": [str(arts.member("waw").pk)],
        "step": "do",
    }
    response = officer.post(BULK, form)
    assert response.status_code == 422
    assert "Cora" not in plain(response)


def test_the_committee_has_no_bulk_bar(emat, browse):
    emat.submitted("anna")
    client = browse(COMMITTEE)
    assert 'name="chosen"' not in text_of(client.get(LIST))
    assert client.post(reverse("office:bulk-assignment", args=["emat"])).status_code == 404

"""From eligible dossiers to offers, through the office's pages."""

import pytest

from admissions.domain import assignments, offers, reviews
from admissions.models import Assignment, Offer, RankingRun
from consortium.access import acting
from consortium.models import Membership, OutboxMessage
from tests.admissions.selection_world import AFTER
from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, plain, queries, text_of

CALL = "/emat/office/calls/class-1/"
ASSIGNMENTS, RANKING, OFFERS = (f"{CALL}{part}/" for part in ("assignments", "ranking", "offers"))
MARKS = {
    "anna": (5, 5),
    "boris": (4, 4),
    "clara": (3, 3),
    "dan": (2, 2),
    "eva": (2, 1),
    "finn": (1, 1),
}


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


@pytest.fixture
def coordinator(browse):
    return browse(COORDINATOR)


# -- assignments


def test_every_reviewer_in_office_has_a_line_with_their_load(emat, officer):
    emat.reviewed({"anna": (4, 4)})
    emat.appoint("idle", "WAW")
    words = plain(officer.get(ASSIGNMENTS))
    assert "reviewer WAW verdigris WAW 1 0 0 1 0 0" in words
    assert "idle WAW 0 0 0 0 0 0" in words
    assert "LJU 1 , WAW 1" in words or "LJU 1, WAW 1" in words


def test_distribution_gives_every_dossier_its_reviewers(emat, officer):
    emat.eligible("anna", "boris", "clara")
    response = officer.post(f"{CALL}distribution/", {"seed": "first"})
    assert response.url == ASSIGNMENTS
    assert "6 assignments made." in plain(officer.get(ASSIGNMENTS))
    with acting(emat.system):
        assert Assignment.objects.count() == 6


def test_dossiers_that_nobody_is_left_for_are_named(emat, officer):
    emat.eligible("anna")
    with acting(emat.system):
        Membership.objects.filter(person_email="reviewer-waw@emat.example").update(
            ends_at=emat.call.call().opens_at
        )
    officer.post(f"{CALL}distribution/", {"seed": "first"})
    assert "Nobody is left for 1 dossiers: ANNA." in plain(officer.get(ASSIGNMENTS))


def test_a_seed_is_needed(emat, officer):
    response = officer.post(f"{CALL}distribution/", {"seed": ""})
    assert response.status_code == 422


def test_replacements_that_are_needed_are_listed(emat, officer):
    (anna,) = emat.eligible("anna")
    ids = [emat.member(code).pk for code in ("waw", "lju")]
    rows = assignments.assign(anna.pk, actor=emat.officer, at=AFTER, membership_ids=ids)
    row = next(row for row in rows if row.reviewer_id == emat.member("waw").user_id)
    reviews.recuse(row.pk, actor=emat.reviewer("waw"), at=AFTER, reason="My student")
    words = plain(officer.get(ASSIGNMENTS))
    assert "1 dossier lacks a reviewer" in words
    assert "ANNA 1 1" in words


def test_queries_of_the_load_table_do_not_grow(emat, officer):
    emat.appoint("one", "WAW")
    few = queries(officer, ASSIGNMENTS)
    for n in range(30):
        emat.appoint(f"more{n}", "WAW" if n % 2 else "LJU")
    assert queries(officer, ASSIGNMENTS) == few


# -- ranking


def test_a_ranking_shows_lists_places_and_reasons(emat, officer):
    emat.reviewed(MARKS)
    assert officer.post(f"{RANKING}computation/", {"seed": ""}).url == RANKING
    words = plain(officer.get(RANKING))
    assert "Main list 3" in words
    assert "Reserve list 2" in words
    assert "Not selected 1" in words
    assert words.index("Anna verdigris") < words.index(
        "Reserve list 2", words.index("Why this place")
    )
    with acting(emat.system):
        place = RankingRun.objects.get().places.get(position=1)
    assert place.explanation in words


def test_missing_reviews_are_named_on_the_page(emat, officer):
    emat.eligible("anna")
    response = officer.post(f"{RANKING}computation/", {"seed": "abc"})
    assert response.status_code == 422
    assert "ANNA" in plain(response)
    assert 'value="abc"' in text_of(response)


def test_approval_names_count_and_effect_and_asks_to_have_looked(emat, browse, clock):
    emat.reviewed(MARKS)
    browse(OFFICER).post(f"{RANKING}computation/", {})
    clock(AFTER)
    client = browse(COMMITTEE)
    words = plain(client.get(RANKING))
    assert "6 dossiers become decisions: 3 selected, 2 in reserve, 1 not selected." in words
    assert "Approve the ranking of 6 dossiers" in words
    with acting(emat.system):
        run = RankingRun.objects.get()
    address = f"{RANKING}{run.pk}/approval/"
    unread = client.post(address, {})
    assert unread.status_code == 422
    assert "Read the lists, then say so." in plain(unread)
    assert emat.dossier("anna").state == "ranked"
    assert client.post(address, {"looked": "on"}).url == RANKING
    assert [emat.dossier(n).state for n in MARKS] == [
        *["selected"] * 3,
        *["reserve"] * 2,
        "not_selected",
    ]
    assert "Approve the ranking" not in plain(client.get(RANKING))


def test_approval_before_the_deadline_is_refused_on_the_page(emat, browse):
    emat.reviewed(MARKS)
    browse(OFFICER).post(f"{RANKING}computation/", {})
    with acting(emat.system):
        run = RankingRun.objects.get()
    response = browse(COMMITTEE).post(f"{RANKING}{run.pk}/approval/", {"looked": "on"})
    assert response.status_code == 409
    assert "A ranking is approved after the deadline of its call." in plain(response)


def test_an_officer_computes_and_does_not_approve(emat, officer):
    emat.reviewed(MARKS)
    officer.post(f"{RANKING}computation/", {})
    assert "Approve the ranking" not in plain(officer.get(RANKING))
    with acting(emat.system):
        run = RankingRun.objects.get()
    assert officer.post(f"{RANKING}{run.pk}/approval/", {"looked": "on"}).status_code == 404


def test_a_ranking_is_computed_again_and_compared(emat, officer):
    emat.reviewed(MARKS)
    officer.post(f"{RANKING}computation/", {})
    with acting(emat.system):
        run = RankingRun.objects.get()
    response = officer.post(f"{RANKING}{run.pk}/replay/")
    assert response.url == f"{RANKING}?run={run.pk}"
    assert "the same places to the byte" in plain(officer.get(response.url))


def test_a_run_of_another_consortium_is_not_found(emat, arts, officer, browse):
    arts.reviewed({"cora": (3, 3)})
    browse("officer@arts.example").post("/arts/office/calls/class-1/ranking/computation/", {})
    with acting(arts.system):
        run = RankingRun.objects.get()
    assert officer.post(f"{RANKING}{run.pk}/replay/").status_code == 404
    assert (
        browse(COMMITTEE).post(f"{RANKING}{run.pk}/approval/", {"looked": "on"}).status_code == 404
    )


def test_queries_of_the_ranking_do_not_grow(emat, officer):
    emat.reviewed({"anna": (5, 5)})
    officer.post(f"{RANKING}computation/", {})
    one = queries(officer, RANKING)
    emat.reviewed({f"more{n}": (n % 6, 3) for n in range(12)})
    officer.post(f"{RANKING}computation/", {})
    assert queries(officer, RANKING) == one


# -- offers


def test_offers_are_prepared_for_exactly_those_selected(emat, coordinator):
    emat.approved(MARKS)
    assert "Prepare 3 offers" in plain(coordinator.get(OFFERS))
    form = {"track": "", "route": "self-funded", "conditions": "Certified copies"}
    assert coordinator.post(f"{OFFERS}preparation/", form).url == OFFERS
    with acting(emat.system):
        rows = Offer.objects.order_by("dossier__reference")
        assert list(rows.values_list("dossier__reference", "conditions", "state")) == [
            (name, "Certified copies", "prepared") for name in ("ANNA", "BORIS", "CLARA")
        ]
    assert "Prepare 3 offers" not in plain(coordinator.get(OFFERS))


def prepared(emat, *names):
    for name in names:
        offers.prepare(emat.dossier(name).pk, actor=emat.coordinator, at=AFTER)


def test_the_preview_shows_every_recipient_and_every_word_and_sends_nothing(
    emat, coordinator, clock
):
    emat.approved(MARKS)
    clock(AFTER)
    prepared(emat, "anna", "boris", "clara")
    response = coordinator.post(f"{OFFERS}sending/", {"chosen": ["ANNA", "BORIS"]})
    assert response.status_code == 200
    words = plain(response)
    assert "2 offers, to exactly these people" in words
    assert "anna@example.org" in words
    assert "clara@example.org" not in words
    with acting(emat.system):
        assert set(Offer.objects.values_list("state", flat=True)) == {"prepared"}
        before = OutboxMessage.objects.filter(key__startswith="offer:").count()
    assert before == 0
    coordinator.post(f"{OFFERS}sending/", {"chosen": ["ANNA", "BORIS"], "step": "do"})
    with acting(emat.system):
        sent = OutboxMessage.objects.filter(key__startswith="offer:").order_by("to")
        assert [m.to for m in sent] == ["anna@example.org", "boris@example.org"]
        assert all(" ".join(m.body.split()) in words for m in sent)
        states = dict(Offer.objects.values_list("dossier__reference", "state"))
    assert states == {"ANNA": "sent", "BORIS": "sent", "CLARA": "prepared"}


def test_nobody_chosen_is_refused_on_the_page(emat, coordinator):
    emat.approved(MARKS)
    prepared(emat, "anna")
    response = coordinator.post(f"{OFFERS}sending/", {})
    assert response.status_code == 422
    assert "Choose at least one offer." in plain(response)


def test_an_offer_is_taken_back_before_it_is_sent(emat, coordinator):
    emat.approved(MARKS)
    prepared(emat, "anna")
    address = f"{OFFERS}{emat.offer('anna').pk}/withdrawal/"
    assert coordinator.post(address, {}).status_code == 422
    assert coordinator.post(address, {"reason": "Wrong track"}).url == OFFERS
    assert emat.offer("anna").state == "withdrawn"


def test_an_officer_reads_offers_and_sends_none(emat, officer):
    emat.approved(MARKS)
    prepared(emat, "anna")
    assert "Preview and send" not in plain(officer.get(OFFERS))
    assert officer.post(f"{OFFERS}sending/", {"chosen": ["ANNA"], "step": "do"}).status_code == 404
    assert officer.post(f"{OFFERS}preparation/", {}).status_code == 404
    assert emat.offer("anna").state == "prepared"


def test_queries_of_the_offers_do_not_grow(emat, coordinator):
    emat.approved(MARKS)
    prepared(emat, "anna")
    one = queries(coordinator, OFFERS)
    prepared(emat, "boris")
    assert queries(coordinator, OFFERS) == one


# -- cockpit


def test_the_cockpit_says_what_waits_for_whom(emat, officer, browse):
    emat.submitted("anna")
    emat.eligible("boris")
    words = plain(officer.get("/emat/office/"))
    assert "Rule on 1 dossier" in words
    assert "Assign reviewers to 1 dossier" in words
    assert "2 dossiers without their letters" in words
    assert "Rule on" not in plain(browse(COMMITTEE).get("/emat/office/"))


def test_the_cockpit_of_a_quiet_call(call, officer):
    words = plain(officer.get("/emat/office/"))
    assert "Nothing waits for you." in words
    assert "no bounced referee, no overdue review, no missing letter" in words


def test_the_cockpit_without_any_call(world, officer):
    assert "No call yet" in plain(officer.get("/emat/office/"))


def test_queries_of_the_cockpit_do_not_grow(emat, officer):
    emat.submitted("anna")
    one = queries(officer, "/emat/office/")
    emat.submitted(*[f"more{n}" for n in range(30)])
    assert queries(officer, "/emat/office/") == one

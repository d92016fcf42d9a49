"""The page of what-if: a question in the address, who would move, an answer adopted or not."""

import pytest

from tests.mobility_tracks.round_case import decided_with_room
from tests.web.desks import COMMITTEE, COORDINATOR, OFFICER, plain, text_of


@pytest.fixture
def decided(world, at, clock):
    round_ = decided_with_room(world, at)
    clock(round_.closes)
    return round_


def address(round_) -> str:
    return f"/emat/office/rounds/{round_.pk}/what-if/"


def test_the_answer_names_who_moves_and_every_figure(browse, decided):
    client = browse(COORDINATOR)
    assert "Ask what would follow" in plain(client.get(address(decided)))
    page = plain(client.get(address(decided), {"most-s3-ami": "3", "way": "fewest"}))
    assert "1 student moves" in page
    assert "University AMI 4 3 -1" in page
    assert "Adopt this plan" in page


def test_an_answer_is_adopted_with_a_reason(browse, decided):
    client = browse(COORDINATOR)
    asked = f"{address(decided)}?most-s3-ami=3&way=fewest"
    seen = client.get(asked).context["answer"].digest
    adoption = asked.replace("what-if/", "what-if/adoption/")
    missing = client.post(adoption, {"seen": seen, "reason": ""})
    assert missing.status_code == 422
    assert "1 student moves" in plain(missing)
    done = client.post(adoption, {"seen": seen, "reason": "A laboratory is rebuilt."})
    assert done.url == f"/emat/office/rounds/{decided.pk}/"
    assert decided.result()["digest"] == seen
    stale = client.post(adoption, {"seen": "old", "reason": "Again."})
    assert stale.status_code == 409
    assert "What is adopted is what was shown." in text_of(stale)


def test_what_was_frozen_is_tried_and_not_adopted(browse, decided):
    page = plain(browse(COORDINATOR).get(address(decided), {"policy": "least_dissatisfaction"}))
    assert "it can be tried, not adopted" in page
    assert "Adopt this plan" not in page


def test_a_mistake_stands_at_its_field_and_an_impossible_question_is_explained(browse, decided):
    client = browse(COORDINATOR)
    wrong = plain(client.get(address(decided), {"least-s3-ami": "9", "most-s3-ami": "2"}))
    assert "The least is at most the most." in wrong
    asked = {"most-s3-ami": "1", "most-s3-lju": "1", "most-s3-bil": "1"}
    answer = client.get(address(decided), asked)
    assert answer.status_code == 409
    assert "no plan meets everything" in text_of(answer)
    assert 'name="most-s3-ami" value="1"' in text_of(answer)


def test_before_the_decision_there_is_nothing_to_ask(browse, decided):
    kept = decided.pk
    other = decided.draft(title="Another").pk
    decided.pk = kept
    page = plain(browse(COORDINATOR).get(f"/emat/office/rounds/{other}/what-if/"))
    assert "There is no plan to ask about yet" in page
    adoption = f"/emat/office/rounds/{other}/what-if/adoption/"
    refused = browse(COORDINATOR).post(adoption, {"seen": "x", "reason": "Why not."})
    assert refused.status_code == 409
    assert "This one has no plan yet." in text_of(refused)


def test_an_address_that_asks_nothing_adopts_nothing_new(browse, decided):
    before = decided.result()
    client, adoption = browse(COORDINATOR), f"{address(decided)}adoption/"
    answer = client.post(adoption, {"seen": before["digest"], "reason": "As it is."})
    assert answer.status_code == 302
    assert decided.result()["digest"] == before["digest"]


def test_who_runs_rounds_asks_and_others_do_not(browse, decided):
    assert browse(OFFICER).get(address(decided)).status_code == 200
    assert browse(COMMITTEE).get(address(decided)).status_code == 404


def test_the_api_asks_and_adopts(browse, decided):
    client = browse(COORDINATOR)
    base = f"/api/v1/emat/office/rounds/{decided.pk}"
    body = {
        "seats": [{"offering": "s3-ami", "least": 0, "most": 3}],
        "fewest_moves": True,
    }
    asked = client.post(f"{base}/what-if/", body, content_type="application/json").json()
    (move,) = asked["moves"]
    assert (move["before"], asked["after"]["sizes"]["s3-ami"]) == ("s3-ami", 3)
    adoption = {**body, "seen": asked["digest"], "reason": "A laboratory is rebuilt."}
    done = client.post(f"{base}/adoption/", adoption, content_type="application/json")
    assert done.status_code == 200
    assert decided.result()["digest"] == asked["digest"]
    frozen = {"policy": "least_dissatisfaction", "seen": "x", "reason": "y"}
    refused = client.post(f"{base}/adoption/", frozen, content_type="application/json")
    assert refused.status_code == 409
    assert "frozen" in refused.json()["error"]["fact"]


def test_hosts_read_why_so_many_come_once_it_is_published(browse, decided):
    partner = browse("partner-lju@emat.example")
    assert "Why that many" not in plain(partner.get("/emat/partner/seats/"))
    decided.act("publish", at=decided.closes)
    page = plain(partner.get("/emat/partner/seats/"))
    assert "Why that many University LJU: 4 students on 4 seats" in page
    delegate = plain(browse("delegate-lju@emat.example").get("/emat/partner/seats/"))
    assert "Why that many" not in delegate

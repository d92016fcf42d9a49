"""The demonstration's own pages: chooser, mailbox, clock, and the help of the others."""

import pytest

from tests.demo.conftest import Demonstration

pytestmark = pytest.mark.slow
ITO = "y.ito@sendai-institute.example"


def test_every_door_leads_to_a_page_as_that_person(demonstration: Demonstration):
    found = demonstration.walk("doors")
    doors = found["doors"]
    assert {key: (url, email) for key, (url, email, _) in doors.items() if key in CAST} == CAST
    assert set(doors) == {*CAST, "ito", "student", "chooser", "offered"}
    assert doors["ito"][0] == f"/demo/mail/?to={ITO}"
    assert doors["student"][0] == "/i-mesc/study/"
    assert doors["chooser"][0] == "/travessia/study/"
    assert doors["offered"][0] == "/travessia/apply/"
    assert {key: status for key, (_, _, status) in doors.items()} == dict.fromkeys(doors, 200)
    assert found["refused"] == [405, 404]


CAST = {
    "amina": ("/i-mesc/apply/", "amina.belhadi@students.example"),
    "lena": ("/i-mesc/review/", "lena@ljubljana.example"),
    "bruno": ("/i-mesc/partner/", "bruno@toulouse.example"),
    "chiara": ("/i-mesc/office/", "chiara@amiens.example"),
    "tomi": ("/operator/", "tomi@itinera.example"),
    "noemie": ("/i-mesc/inclusion/", "noemie@amiens.example"),
    "ines": ("/travessia/office/", "ines@porto.example"),
    "solveig": ("/i-mesc/office/", "solveig@bureau.example"),
    "radek": ("/i-mesc/office/", "radek@warsaw.example"),
    "fanny": ("/i-mesc/partner/", "fanny@toulouse.example"),
    "graca": ("/travessia/finance/", "graca@porto.example"),
}


def test_each_card_says_what_is_waiting(demonstration: Demonstration):
    text = demonstration.walk("doors")["text"]
    for sentence in (
        "The dossier lacks 2 things and has not been sent. The call closes in 6 days.",
        "3 applicants wait for a letter.",
        "6 students have not arrived yet. 1 proposal of another partner waits for an answer.",
        "8 dossiers to rule on",
        "2 consortia to keep running",
        "4 people ask for support, and nobody else knows.",
        "A round of places is open, and no wishes have been given.",
        "A round of tracks is open, and no wishes have been given.",
        "A place is offered; the offer ends in 4 days.",
        "Everything may be read until 22 June 2027, and nothing be changed.",
        "dossiers were sent to the one call that is theirs",
        "handed on to their department: 6 students have yet to arrive.",
        "12 students on 2 lines",
    ):
        assert sentence in text


def test_links_in_the_mail_lead_to_the_requests(demonstration: Demonstration):
    found = demonstration.walk("mailbox")
    assert found["letters"] == 3
    assert found["links"] == [1, 1, 1]
    assert found["answers"] == [200, 200, 200]
    assert found["everybody"] > 50
    assert found["absent"] == 404
    assert found["kept"] == 0


def test_what_warsaw_lets_toulouse_see_until_it_revokes(copy: Demonstration):
    found = copy.walk("sharing")
    assert found["statuses"] == [200, 302, 404]
    assert "What Warsaw University of Technology lets us see" in found["page"]
    assert "Transcripts of records" in found["page"]
    assert "Agreement, version 2" in found["page"]
    assert "A reviewer of WAW" not in found["page"]
    assert "Ask Warsaw University of Technology for more" in found["again"]


def test_the_others_finish_and_the_ranking_can_be_computed(copy: Demonstration):
    found = copy.walk("selection")
    assert "needs 2 reviews of every eligible dossier" in found["refused"]
    assert found["replaced"] == 3
    assert found["ranked"] == found["places"] > 200


def test_the_clock_jumps_over_the_deadline_and_what_was_due_is_done(copy: Demonstration):
    found = copy.walk("jumps")
    assert found["first"][0].startswith("2027-02-22T08:")
    assert found["first"][1] is True
    assert found["before"] == ["2027-02-28T22:54+00:00", True, "draft", True]
    assert found["after"] == ["2027-02-28T22:59+00:00", True, "draft", False]
    assert found["week"] == ["2027-03-07T22:59+00:00", False, "lapsed", None]
    assert found["back"] == ["2027-02-22T08:00+00:00", False, "lapsed", None]
    assert found["unknown"] == 404
    assert "Mon 22 Feb 2027, 08:00 UTC" in found["page"]

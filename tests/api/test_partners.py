"""Agreements through the REST API, from proposal to revocation, and what they open of a student."""

import pytest
from rest_framework.test import APIClient

from tests.sharing_world import Sharing, sharing_world
from tests.sign_in import sign_in
from tests.world import NOON

LJU, WAW, OFFICE = (f"{name}@emat.example" for name in ("partner-lju", "partner-waw", "officer"))
ITEMS = ["transcripts", "letters", "reviews", "path"]


@pytest.fixture
def here(world, calls, monkeypatch) -> Sharing:
    monkeypatch.setattr("consortium.clock.now", lambda: NOON)
    return sharing_world(world, calls)


@pytest.fixture
def ask(here, world):
    """Call a resource of the house as somebody; the body as JSON, or as bytes of a file."""

    def call(email, method, path, body=None, expect=200):
        client = APIClient()
        sign_in(client, world.user(email))
        answer = getattr(client, method)(f"/api/v1/emat/{path}", body, format="json")
        assert answer.status_code == expect, getattr(answer, "content", "")
        if answer.streaming:
            return b"".join(answer.streaming_content)
        return answer.json()

    return call


def proposal(**changed):
    return {"giver": "WAW", "receiver": "LJU", "items": ITEMS, **changed}


def test_from_proposal_to_revocation(ask):
    made = ask(WAW, "post", "partner/agreements/proposal/", proposal(), 201)
    assert (made["state"], made["standing"], made["version"]) == ("proposed", "proposed", 1)
    address = f"partner/agreements/{made['id']}/"
    ask(WAW, "post", f"{address}acceptance/", expect=403)
    assert ask(LJU, "get", "partner/students/ANNA/")["papers"] == []
    agreed = ask(LJU, "post", f"{address}acceptance/")
    assert (agreed["standing"], agreed["answered_by_name"]) == ("in_force", "partner LJU verdigris")
    told = ask(LJU, "get", "partner/agreements/")["results"]
    assert [each["id"] for each in told] == [made["id"]]
    over = ask(WAW, "post", f"{address}revocation/", {"reason": "Enough"})
    assert (over["state"], over["reason"]) == ("revoked", "Enough")
    assert ask(LJU, "get", "partner/students/ANNA/")["papers"] == []


def test_what_is_shared_says_under_which_agreement(here, ask):
    agreed = here.agreed(frozenset(ITEMS))
    seen = ask(LJU, "get", "partner/students/ANNA/")
    under = {"agreement": str(agreed.pk), "giver": "WAW", "version": 1}
    [paper], [letter], [review] = seen["papers"], seen["letters"], seen["reviews"]
    assert (paper["item"], paper["name"], paper["under"]) == (
        "transcripts",
        "transcript-ANNA.pdf",
        under,
    )
    assert (letter["referee"], letter["under"]) == ("Professor Ito", under)
    assert (review["comment"], review["under"]) == ("WAW on ANNA verdigris", under)
    assert [(mark["points"], mark["most"]) for mark in review["marks"]] == [(4, 5)]
    assert [stay["host"] for stay in seen["here"]] == ["LJU"]
    assert [stay["host"] for stay in seen["elsewhere"]] == ["WAW"]
    assert b"%PDF" in ask(LJU, "get", f"partner/documents/{paper['id']}/")
    assert ask(LJU, "get", f"partner/letters/{letter['id']}/") == b"Letter on ANNA verdigris"
    ask("partner-lju@arts.example", "get", f"partner/documents/{paper['id']}/", expect=404)


def test_who_sends_sees_its_own(here, ask):
    sent = ask(WAW, "get", "partner/sent/")["results"]
    assert {(stay["reference"], stay["host"]) for stay in sent} == {
        ("ANNA", "LJU"),
        ("DARIA", "LJU"),
        ("EMMA", "AMI"),
    }
    seen = ask(WAW, "get", "partner/students/EMMA/")
    assert {paper["item"] for paper in seen["papers"]} == {"transcripts", "diplomas", "language"}
    assert {paper["under"] for paper in seen["papers"]} == {None}
    assert seen["letters"] == seen["reviews"] == []
    hosted = ask(LJU, "get", "partner/placements/")["results"]
    assert {stay["host"] for stay in hosted} == {"LJU"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"items": ["medical"]}, 400),
        ({"items": []}, 422),
        ({"receiver": "XXX"}, 404),
        ({"giver": "AMI"}, 422),
        ({"receiver": "WAW"}, 422),
        ({"receiver": "LAB"}, 422),
        ({"ends_at": "2020-01-01T00:00:00Z"}, 422),
    ],
)
def test_proposals_that_cannot_be(ask, changed, status):
    ask(WAW, "post", "partner/agreements/proposal/", proposal(**changed), status)
    assert ask(WAW, "get", "partner/agreements/")["results"] == []


def test_refusal_and_withdrawal(ask):
    first = ask(WAW, "post", "partner/agreements/proposal/", proposal(), 201)
    declined = ask(
        LJU, "post", f"partner/agreements/{first['id']}/refusal/", {"reason": "Too much"}
    )
    assert (declined["state"], declined["reason"]) == ("declined", "Too much")
    second = ask(WAW, "post", "partner/agreements/proposal/", proposal(items=["path"]), 201)
    withdrawn = ask(WAW, "post", f"partner/agreements/{second['id']}/withdrawal/")
    assert withdrawn["state"] == "withdrawn"
    ask(LJU, "post", f"partner/agreements/{second['id']}/acceptance/", expect=409)
    long = {"reason": "x" * 301}
    ask(LJU, "post", f"partner/agreements/{second['id']}/refusal/", long, 422)


def test_the_office_reads_all_of_its_consortium(here, ask):
    here.agreed()
    Sharing(here.world, "arts").agreed()
    [told] = ask(OFFICE, "get", "office/agreements/")["results"]
    assert (told["giver"], told["receiver"], told["standing"]) == ("WAW", "LJU", "in_force")
    ask(LJU, "get", "office/agreements/", expect=404)

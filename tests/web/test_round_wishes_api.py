"""Wishes in a round over the API: equals, reasons, and the same sentences as on the page."""

import pytest

from tests.mobility_tracks.round_case import email, nine_students
from tests.web.desks import plain

WHY = "My lease ends in June."


@pytest.fixture
def nine(world, at, clock):
    case = nine_students(world, at)
    case.draft()
    case.act("open_round")
    clock(case.opens)
    return case


@pytest.fixture
def student(nine, browse):
    return browse(email(2))


def address(case):
    return f"/api/v1/emat/study/rounds/{case.pk}/wishes/"


def send(client, case, body):
    return client.post(address(case), body, content_type="application/json")


def test_a_flat_list_and_lists_of_equals(nine, student):
    flat = send(student, nine, {"offerings": ["s3-lju", "s3-bil"]})
    assert flat.json()["offerings"] == [["s3-lju"], ["s3-bil"]]
    equal = send(student, nine, {"offerings": [["s3-lju", "s3-bil"]]})
    assert equal.json()["offerings"] == [["s3-lju", "s3-bil"]]
    mixed = send(student, nine, {"offerings": ["s3-bil"], "impossible": {"s3-lju": WHY}})
    assert mixed.json()["impossible"] == {"s3-lju": WHY}
    assert student.get(address(nine)).json() == mixed.json()


def test_what_is_closed_stands_beside_with_rule_fact_source_and_remedy(nine, student, browse):
    closed = student.get(address(nine)).json()["closed"]
    assert list(closed) == ["s3-ami"]
    assert closed["s3-ami"]["rule"].startswith("Study periods in two countries")
    assert closed["s3-ami"]["source"] == "the guide"
    assert "France is the country of residence" in closed["s3-ami"]["fact"]
    assert closed["s3-ami"]["remedy"] == "1 more period, in a new country"
    assert browse(email(3)).get(address(nine)).json()["closed"] == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"offerings": ["s3-ami"]}, 422),
        ({"offerings": ["s3-lju", "s3-lju"]}, 422),
        ({"offerings": [["s3-lju", "s3-lju"]]}, 422),
        ({"offerings": ["s3-bil"], "impossible": {"s3-bil": WHY}}, 422),
        ({"offerings": [], "impossible": {"s3-bil": "no"}}, 422),
        ({"offerings": [], "impossible": {"s3-bil": WHY, "s3-lju": WHY}}, 409),
        ({"offerings": ["moon"]}, 422),
    ],
)
def test_a_refusal_is_the_sentence_of_the_page(nine, student, body, status):
    send(student, nine, {"offerings": ["s3-lju"]})
    refused = send(student, nine, body)
    assert refused.status_code == status
    error = refused.json()["error"]
    assert error["rule"]
    assert error["fact"]
    assert error["next_step"]
    assert student.get(address(nine)).json()["offerings"] == [["s3-lju"]]
    classes = [[each] if isinstance(each, str) else each for each in body["offerings"]]
    page = student.post(
        f"/emat/study/rounds/{nine.pk}/",
        {
            "order": [code for codes in classes for code in codes],
            "tied": [code for codes in classes for code in codes[1:]],
            **{f"because-{code}": why for code, why in body.get("impossible", {}).items()},
        },
    )
    assert page.status_code == status
    for sentence in ("rule", "fact", "next_step"):
        assert error[sentence] in plain(page)


@pytest.mark.parametrize("rank", [7, None, {"a": 1}, ["s3-lju", 7], "x" * 61, ["s3-lju"] * 101])
def test_what_is_no_rank_is_refused_by_form(nine, student, rank):
    refused = send(student, nine, {"offerings": [rank]})
    assert refused.status_code == 400
    assert "offerings" in refused.json()["error"]["fields"]


def test_students_read_what_the_round_promises(nine, student):
    (round_,) = student.get("/api/v1/emat/study/rounds/").json()["results"]
    assert round_["properties"]["silence"].startswith("Whoever ranks nothing finds every host")


def test_wishes_of_a_round_of_others_are_not_there(nine, browse):
    assert browse("bela@example.org").get(address(nine)).status_code == 404

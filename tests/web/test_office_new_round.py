"""A round drafted, drafted anew, and refused for want of seats, on pages and in the API."""

import pytest

from tests.mobility_tracks.curricula import S3
from tests.mobility_tracks.round_case import nine_students
from tests.web.desks import OFFICER, plain, text_of

NEW = "/emat/office/rounds/new/"


@pytest.fixture
def nine(world, at):
    return nine_students(world, at)


@pytest.fixture
def officer(browse):
    return browse(OFFICER)


def test_each_procedure_says_what_it_promises_before_one_is_chosen(nine, officer):
    words = plain(officer.get(f"{NEW}?period=s3"))
    for promise in ("As many students as possible get a first choice", "The sum over all students"):
        assert promise in words
    assert "Students are served in order of merit" in words


def test_merit_without_a_basis_is_refused_with_what_was_typed(nine, officer):
    seats = {f"{side}-{code}": n for code in S3 for side, n in (("least", 0), ("most", 3))}
    typed = {
        "title": "Third, with merit",
        "opens_at": "2027-01-25T13:00",
        "closes_at": "2027-02-04T13:00",
        "policy": "merit_respected",
        "seed": "class-1",
    }
    response = officer.post(f"{NEW}?period=s3", typed | seats)
    assert response.status_code == 422
    assert "Say what merit is" in plain(response)
    assert 'value="Third, with merit"' in text_of(response)


def test_more_students_than_seats_names_both_on_page_and_api(nine, officer, clock):
    nine.draft(seats=dict.fromkeys(S3, (1, 2)), title="Too small")
    clock(nine.opens)
    page = f"/emat/office/rounds/{nine.pk}/"
    said = "A round has a seat for every student. There are 9 students and 6 seats. Ask the hosts"
    assert said in plain(officer.get(page))
    refused = officer.post(f"{page}opening/")
    assert refused.status_code == 409
    assert "There are 9 students and 6 seats." in plain(refused)
    answer = officer.post(f"/api/v1/emat/office/rounds/{nine.pk}/opening/")
    assert answer.status_code == 409
    error = answer.json()["error"]
    assert error["fact"] == "There are 9 students and 6 seats."
    assert (error["rule"], error["next_step"][:13]) == (
        "A round has a seat for every student.",
        "Ask the hosts",
    )
    assert nine.row().state == "draft"


def test_a_draft_is_drafted_anew_with_all_that_was_typed(nine, officer):
    nine.draft(seats={"s3-lju": (1, 2), "s3-bil": (0, 2)}, title="Too small")
    link = f"?intake={nine.students[0].intake_id}&period=s3&of={nine.pk}"
    assert link in text_of(officer.get(f"/emat/office/rounds/{nine.pk}/"))
    text = text_of(officer.get(NEW + link))
    for typed in ('value="Too small"', 'value="2027-01-25T13:00"', 'value="class-1"'):
        assert typed in text
    assert 'name="most-s3-lju" value="2"' in text
    assert 'name="least-s3-lju" value="1"' in text
    assert 'name="most-s3-ami" value=' not in text


@pytest.mark.parametrize("asked", ["moon", "00000000-0000-0000-0000-000000000000"])
def test_a_draft_that_is_not_there_is_an_empty_form(nine, officer, asked):
    assert officer.get(f"{NEW}?period=s3&of={asked}").status_code == 200


def test_merits_are_given_by_the_api_too(nine, officer, clock):
    nine.draft(policy="merit_respected", merit_basis="The mean mark")
    clock(nine.opens)
    address = f"/api/v1/emat/office/rounds/{nine.pk}/opening/"
    kind = "application/json"
    refused = officer.post(address, {"merits": {"STU-0001": 3}}, content_type=kind)
    assert refused.status_code == 422
    assert "8 students have none" in refused.json()["error"]["fact"]
    merits = {student.reference: n for n, student in enumerate(nine.students)}
    opened = officer.post(address, {"merits": merits}, content_type=kind)
    assert opened.status_code == 200
    assert opened.json()["merit_basis"] == "The mean mark"
    assert opened.json()["properties"]["merit"].startswith("The mean mark. It is fixed")

"""A round drafted, changed, thrown away, and refused for want of seats, on pages and in the API."""

import pytest

from consortium.access import acting
from mobility_tracks.models import RoundSeats
from tests.mobility_tracks.curricula import S3
from tests.mobility_tracks.round_case import nine_students
from tests.web.desks import OFFICER, plain, text_of

NEW = "/emat/office/rounds/new/"
FORM = {
    "title": "Third",
    "opens_at": "2027-01-25T13:00",
    "closes_at": "2027-02-04T13:00",
    "policy": "rank_maximal",
    "seed": "class-1",
    **{f"{side}-{code}": n for code in S3 for side, n in (("least", 0), ("most", 3))},
}


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
    typed = {**FORM, "title": "Third, with merit", "policy": "merit_respected"}
    response = officer.post(f"{NEW}?period=s3", typed)
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


def test_a_draft_is_changed_on_the_form_it_was_written_on(nine, officer):
    nine.draft(seats={"s3-lju": (1, 2), "s3-bil": (0, 2)}, title="Too small")
    page = f"/emat/office/rounds/{nine.pk}/"
    assert f"{page}draft/" in text_of(officer.get(page))
    text = text_of(officer.get(f"{page}draft/"))
    for typed in ('value="Too small"', 'value="2027-01-25T13:00"', 'value="class-1"'):
        assert typed in text
    assert 'name="most-s3-lju" value="2"' in text
    assert 'name="least-s3-lju" value="1"' in text
    assert 'name="most-s3-ami" value=' not in text
    wrong = officer.post(f"{page}draft/", {**FORM, "title": "Larger", "least-s3-ami": 4})
    assert wrong.status_code == 422
    assert 'value="Larger"' in text_of(wrong)
    assert nine.row().title == "Too small"
    assert officer.post(f"{page}draft/", {**FORM, "title": "Larger"}).url == page
    assert "Larger" in plain(officer.get(page))
    with acting(nine.world.system()):
        assert RoundSeats.objects.filter(round_id=nine.pk).count() == 3


def test_a_draft_that_no_new_round_would_be_about_is_changed_as_it_is(nine, officer):
    """Semester 1 has one host, and a room there is in no form of a new round."""
    nine.draft(period="s1", seats={"s1-waw": (0, 9)}, zone="Europe/Warsaw")
    form = officer.get(f"/emat/office/rounds/{nine.pk}/draft/")
    assert "Seats in Semester 1" in plain(form)
    assert "Opens, in Europe/Warsaw" in plain(form)
    rooms = {"s3-ami": (0, 3), "s1-waw": (0, 9)}
    nine.draft(period="", seats={"stay": (0, 9)}, rooms=rooms)
    page = f"/emat/office/rounds/{nine.pk}/draft/"
    assert 'name="room-most-s1-waw" value="9"' in text_of(officer.get(page))
    typed = {name: FORM[name] for name in ("opens_at", "closes_at", "policy", "seed")}
    typed |= {"title": "Tracks", "most-stay": 8, "room-most-s3-ami": 3, "room-most-s1-waw": 9}
    assert officer.post(page, typed).status_code == 302
    with acting(nine.world.system()):
        rows = RoundSeats.objects.filter(round_id=nine.pk).select_related("offering", "track")
        assert {row.code: row.most for row in rows} == {"stay": 8, "s3-ami": 3, "s1-waw": 9}


def test_an_open_round_is_not_changed_and_nothing_typed_is_lost(nine, officer, clock):
    nine.draft()
    clock(nine.opens)
    nine.act("open_round")
    page = f"/emat/office/rounds/{nine.pk}/"
    assert officer.get(f"{page}draft/").status_code == 409
    late = officer.post(f"{page}draft/", {**FORM, "title": "Too late"})
    assert late.status_code == 409
    assert "A round changes until it opens" in plain(late)
    assert 'value="Too late"' in text_of(late)
    refused = officer.post(f"{page}discard/")
    assert refused.status_code == 409
    assert nine.row().state == "open"


def test_a_draft_is_thrown_away(nine, officer):
    nine.draft()
    assert officer.post(f"/emat/office/rounds/{nine.pk}/discard/").url == "/emat/office/rounds/"
    assert "No rounds yet" in plain(officer.get("/emat/office/rounds/"))


def test_programs_draft_change_and_throw_away(nine, officer):
    rounds = "/api/v1/emat/office/rounds/"
    body = {
        "intake": str(nine.students[0].intake_id),
        "title": "Tracks",
        "opens_at": nine.opens.isoformat(),
        "closes_at": nine.closes.isoformat(),
        "zone": "Europe/Paris",
        "policy": "rank_maximal",
        "seed": "class-1",
        "seats": [{"code": "stay", "most": 9}, {"code": "east", "most": 4}],
        "rooms": [{"code": "s3-lju", "least": 1, "most": 3}],
    }
    made = sent(officer, f"{rounds}draft/", body)
    assert (made.status_code, made.json()["period"]) == (201, None)
    assert {(s["track"], s["offering"], s["least"], s["most"]) for s in made.json()["seats"]} == {
        ("stay", None, 0, 9),
        ("east", None, 0, 4),
        (None, "s3-lju", 1, 3),
    }
    one = f"{rounds}{made.json()['id']}/"
    wrong = sent(officer, f"{one}draft/", {**body, "seats": [{"code": "north", "most": 9}]})
    assert wrong.status_code == 422
    assert "north is none of them" in wrong.json()["error"]["fact"]
    twice = sent(officer, f"{one}draft/", {**body, "seats": [*body["seats"], body["seats"][0]]})
    assert twice.status_code == 422
    assert "stay: given more than once" in twice.json()["error"]["fact"]
    changed = sent(officer, f"{one}draft/", {**body, "title": "Two tracks"})
    assert (changed.status_code, changed.json()["title"]) == (200, "Two tracks")
    assert officer.post(f"{one}discarding/").status_code == 204
    assert officer.get(one).status_code == 404


def sent(client, address, body):
    return client.post(address, body, content_type="application/json")


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

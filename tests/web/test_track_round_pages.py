"""A round for whole tracks on the pages of office and student, from the form to the plan."""

import pytest

from consortium.access import acting
from mobility_tracks.models import AllocationRound, Enrolment, Preference, Track
from tests.mobility_tracks.round_case import email, nine_students
from tests.web.desks import COORDINATOR, OFFICER, plain, queries, text_of

ROUNDS = "/emat/office/rounds/"
FORM = {
    "title": "Tracks of class 1",
    "opens_at": "2027-01-25T13:00",
    "closes_at": "2027-02-04T13:00",
    "policy": "rank_maximal",
    "seed": "class-1",
    **{f"most-{track}": 4 for track in ("stay", "east", "south")},
    **{f"room-most-{code}": 3 for code in ("s3-ami", "s3-lju", "s3-bil")},
    "room-most-s4-lab": "",
}


@pytest.fixture
def nine(world, at):
    return nine_students(world, at, ("tolerance: 1", "tolerance: 3"))


@pytest.fixture
def open_(nine, clock):
    seats = dict.fromkeys(("stay", "east", "south"), (0, 4))
    nine.draft(period="", title="Tracks", seats=seats, rooms={"s3-lju": (0, 3)})
    nine.act("open_round")
    clock(nine.opens)
    return nine


def page_of(round_):
    return f"/emat/study/rounds/{round_.pk}/"


def test_a_round_for_tracks_is_drafted_with_the_seats_of_tracks_and_of_hosts(nine, browse):
    officer = browse(OFFICER)
    text = text_of(officer.get(f"{ROUNDS}new/?period=*"))
    assert '<option value="*" selected>whole tracks</option>' in text
    # As many as the smallest host on its way: the laboratory takes one.
    assert 'name="most-south" value="1"' in text
    assert 'name="most-east" value="3"' in text
    assert 'name="room-most-s3-lju" value="3"' in text
    assert "room-most-s1-waw" not in text  # nobody chooses where all go
    response = officer.post(f"{ROUNDS}new/?period=*", FORM)
    with acting(nine.world.system()):
        made = AllocationRound.objects.get()
        seats = {row.code: row.most for row in made.seats.all()}
    assert response.url == f"{ROUNDS}{made.pk}/"
    assert made.period_id is None
    assert seats == {"stay": 4, "east": 4, "south": 4, "s3-ami": 3, "s3-lju": 3, "s3-bil": 3}
    words = plain(officer.get(response.url))
    assert "Class 1 (2027-2029), whole tracks." in words
    assert "Hosts on the way, for all tracks together" in words
    assert "What a track leaves open is chosen later" in words
    assert "whole tracks" in plain(officer.get(ROUNDS))


def test_mistakes_in_seats_stand_at_their_fields_by_name(nine, browse):
    typed = {**FORM, "least-east": 5, "most-south": "", "room-most-s3-bil": 3}
    response = browse(OFFICER).post(f"{ROUNDS}new/?period=*", typed)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert errors == {
        "least-east": ["The least is at most the most, which is 4."],
        "room-most-s3-bil": ["No track that takes part leads here: leave “most” empty."],
    }
    assert text_of(response).count("which is 4.") == 2  # in the summary, and beside the field


def test_a_student_ranks_tracks_by_buttons_and_sees_where_they_lead(open_, browse):
    student, page = browse(email(3)), page_of(open_)
    words = plain(student.get(page))
    assert "Rank the tracks before" in words
    assert "finds every track equally good" in words
    assert "4 seats" in words
    assert "Kept for all together The three groups are of equal size." in words
    text = text_of(student.get(page))
    assert text.count('<ol class="line">') == 3
    student.post(page, {"move": "add:east"})
    student.post(page, {"order": ["east"], "move": "add:south"})
    student.post(
        page, {"order": ["east", "south"], "because-stay": "No grant.", "move": "close:stay"}
    )
    with acting(open_.world.system()):
        rows = Preference.objects.order_by("rank")
        told = [*rows.values_list("track__code", "rank", "because")]
    assert told == [("east", 1, ""), ("south", 2, ""), ("stay", None, "No grant.")]


def test_a_closed_track_is_shown_with_its_rule(open_, browse):
    words = plain(browse(email(1)).get(page_of(open_)))
    assert "Not open to you" in words
    assert "Amiens twice" in words[words.index("Not open to you") :]


def test_who_has_a_track_reads_it_in_place_of_a_form(open_, browse):
    with acting(open_.world.system()):
        Enrolment.objects.filter(reference="STU-0003").update(track=Track.objects.get(code="east"))
    response = browse(email(3)).get(page_of(open_))
    words = plain(response)
    assert "Your track By Ljubljana" in words
    assert "This round is for students who have no track yet" in words
    assert 'name="move"' not in text_of(response)


def test_the_pages_take_as_many_queries_for_many_tracks_as_for_few(open_, browse):
    student = browse(email(3))
    many = queries(student, page_of(open_))
    with acting(open_.world.system()):
        open_.row().seats.filter(track__code="stay").delete()
    assert queries(student, page_of(open_)) == many


def test_the_plan_is_read_asked_about_and_published(open_, browse, clock):
    for number in range(3, 10):
        open_.wish(number, "south", "east", "stay")
    open_.act("close_round", at=open_.closes)
    open_.act("decide", at=open_.closes)
    clock(open_.closes)
    office, here = browse(COORDINATOR), f"{ROUNDS}{open_.pk}/"
    words = plain(office.get(here))
    assert "By Bilbao" in words
    assert "proven" in words
    asked = f"{here}what-if/?most-s3-lju=2&way=fewest"
    page = office.get(asked)
    assert "1 student moves" in plain(page)
    assert "University LJU (Semester 3) 3 2 -1" in plain(page)
    assert office.post(f"{here}publication/").url == here
    mine = plain(browse(email(3)).get(page_of(open_)))
    assert "Your track" in mine
    assert "Semester 3: " in mine
    assert "Why this one" in mine


def test_programs_rank_tracks_and_read_them(open_, browse):
    student = browse(email(3))
    address = f"/api/v1/emat/study/rounds/{open_.pk}/wishes/"
    body = {"offerings": [["east", "south"], "stay"]}
    answer = student.post(address, body, content_type="application/json")
    assert answer.json()["offerings"] == [["east", "south"], ["stay"]]
    assert answer.json()["together"] == ["The three groups are of equal size."]
    listed = student.get("/api/v1/emat/study/rounds/").json()["results"]
    assert [(row["title"], row["period"]) for row in listed] == [("Tracks", None)]
    refused = student.post(address, {"offerings": ["s3-lju"]}, content_type="application/json")
    assert refused.status_code == 422
    assert "s3-lju is not on offer" in refused.json()["error"]["fact"]

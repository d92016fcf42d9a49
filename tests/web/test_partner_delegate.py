"""A delegate at the partner's door: what was handed on, and nothing else of the partner."""

from datetime import UTC, date, datetime

import pytest

from consortium.access import acting
from consortium.domain.memberships import Post, appoint
from consortium.models import JournalEntry, Party
from consortium.roles import Container, Role
from mobility_tracks.domain.delegation import What, take_back
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Offering, Placement, Track
from tests.mobility_tracks.curricula import enrolled, loaded
from tests.web.desks import plain, text_of
from tests.world import NOON

DESK = "/emat/partner/"
HOME, STUDENTS, SEATS = (f"{DESK}{page}" for page in ("", "students/", "seats/"))
API = "/api/v1/emat/partner/placements/"
DELEGATE = "delegate-lju@emat.example"
HOST, CONFIRM = frozenset({"host_students"}), frozenset({"confirm_seats"})
LINE = "s4-ami: {period: s4, host: ami}"
S4 = (LINE, f"{LINE}\n      s4-lju: {{period: s4, host: lju}}")


@pytest.fixture
def students(world, at):
    """Student 1 at LJU for the third semester, student 2 for the fourth; both at WAW before."""
    loaded(at, S4)
    made = [
        enrolled(world, at, email=email, number=n)
        for n, email in enumerate(("amina@example.org", "bela@example.org"), 1)
    ]
    for row, code in zip(made, ("s3-lju", "s4-lju"), strict=True):
        place(row.pk, actor=world.staff(), at=at, offering_id=offering(world, code), reason="So")
    return made


def offering(world, code):
    with acting(world.system()):
        return Offering.objects.get(code=code).pk


def stay(world, code):
    with acting(world.system()):
        return Placement.objects.get(offering__code=code)


def lines(client):
    """Offerings on the page of seats, with how many come."""
    return [
        (line["standing"].offering.code, line["students"])
        for each in client.get(SEATS).context["intakes"]
        for line in each["lines"]
    ]


@pytest.fixture
def delegate(world, students, browse):
    """Receives the students of the third semester."""
    world.hand_on(What(HOST, Container.OFFERING, offering(world, "s3-lju")))
    return browse(DELEGATE)


def test_every_page_shows_what_was_handed_on(delegate):
    for page in (HOME, STUDENTS, SEATS):
        words = plain(delegate.get(page))
        assert "Student 2" not in words, page
        assert "WAW" not in words, page
    assert "Student 1" in plain(delegate.get(STUDENTS))
    assert "1 expected" in plain(delegate.get(HOME)).replace("expected 1", "1 expected")
    assert lines(delegate) == [("s3-lju", 1)]


def test_seats_of_other_offerings_are_not_shown(delegate):
    assert [code for code, _students in lines(delegate)] == ["s3-lju"]


def test_the_resource_lists_the_same(delegate):
    rows = delegate.get(API).json()["results"]
    assert [row["student"] for row in rows] == ["Student 1"]


def test_filters_ask_of_nothing_hidden(delegate):
    for query in ("q=student", "state=announced", "sort=name", "q=student+2"):
        words = plain(delegate.get(f"{STUDENTS}?{query}"))
        assert "Student 2" not in words.replace("student 2", ""), query


def test_arrival_of_a_student_handed_on(delegate, world, clock):
    clock(datetime(2028, 9, 2, 12, tzinfo=UTC))
    mine, other = stay(world, "s3-lju"), stay(world, "s4-lju")
    assert "1 student whose stay has begun" in plain(delegate.get(HOME))
    assert delegate.post(f"{STUDENTS}{mine.pk}/arrival/").url == STUDENTS
    assert stay(world, "s3-lju").state == "arrived"
    assert delegate.post(f"{STUDENTS}{other.pk}/arrival/").status_code == 404
    assert delegate.get(f"{STUDENTS}{other.pk}/arrival/").status_code == 404
    assert delegate.post(f"{API}{other.pk}/arrival/").status_code == 404
    assert delegate.post(f"{API}{mine.pk}/arrival/").status_code == 409
    assert stay(world, "s4-lju").state == "announced"
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="placement.arrive")
    assert (entry.wall, entry.by_name) == ("delegate", "delegate LJU verdigris")


def test_people_and_rights_are_the_coordinators(delegate):
    text = text_of(delegate.get(HOME))
    for page in ("people/", "rights/"):
        assert delegate.get(DESK + page).status_code == 404
        assert DESK + page not in text


def test_a_track_opens_its_students_at_this_partner(world, students, browse):
    with acting(world.system()):
        track = Track.objects.filter(version__code="v1").first() or Track.objects.first()
        students[1].track = track
        students[1].save(update_fields=["track"])
    world.hand_on(What(HOST, Container.TRACK, track.pk))
    client = browse(DELEGATE)
    assert "Student 2" in plain(client.get(STUDENTS))
    assert "Student 1" not in plain(client.get(STUDENTS))
    assert [code for code, _students in lines(client)] == ["s4-lju"]


def test_seats_alone_show_no_student(world, students, browse):
    world.hand_on(What(CONFIRM, Container.OFFERING, offering(world, "s3-lju")))
    client = browse(DELEGATE)
    assert client.get(HOME).status_code == 200
    assert "Nobody is announced yet" in plain(client.get(HOME))
    assert client.get(STUDENTS).status_code == 404
    assert lines(client) == [("s3-lju", 0)]
    assert client.get(API).status_code == 404


def test_seats_of_everything_and_students_of_one_offering(world, students, browse):
    world.hand_on(What(CONFIRM))
    world.hand_on(What(HOST, Container.OFFERING, offering(world, "s3-lju")))
    client = browse(DELEGATE)
    assert "Student 1" in plain(client.get(STUDENTS))
    assert "Student 2" not in plain(client.get(STUDENTS))
    assert {code for code, _students in lines(client)} == {"s3-lju", "s4-lju"}


def test_a_delegate_who_reviews_is_a_delegate_at_this_door(world, delegate):
    with acting(world.system()):
        party = Party.objects.get(code="LJU", consortium__slug="emat")
    post = Post(Role.REVIEWER, party)
    person = world.user(DELEGATE)
    appoint(person, actor=world.system(), at=NOON, post=post, name="delegate LJU verdigris")
    assert "Student 1" in plain(delegate.get(STUDENTS))
    assert "Student 2" not in plain(delegate.get(STUDENTS))
    assert world.delegate().wall.value == "delegate"


def test_everything_is_gone_when_it_is_taken_back(world, students, browse):
    row = world.hand_on(What(HOST, Container.OFFERING, offering(world, "s3-lju")))
    client = browse(DELEGATE)
    assert client.get(HOME).status_code == 200
    take_back(row.pk, actor=world.partner("lju"), at=NOON, reason="Moved")
    for page in (HOME, STUDENTS, SEATS):
        assert client.get(page).status_code == 404
    assert stay(world, "s3-lju").starts_on == date(2028, 9, 1)

"""A partner's desk: its own students and seats, and nothing of other partners."""

from datetime import UTC, date, datetime

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from mobility_tracks.domain.placements import place
from mobility_tracks.models import Offering, Placement
from tests.mobility_tracks.curricula import enrolled, loaded
from tests.web.desks import OFFICER, PARTNER, REVIEWER, plain, queries, text_of

HOME, STUDENTS, SEATS = (f"/emat/partner/{page}" for page in ("", "students/", "seats/"))
WAW = "partner-waw@emat.example"


@pytest.fixture
def students(world, at):
    """Two students at WAW and AMI by the programme; the second at LJU by hand."""
    loaded(at)
    made = [
        enrolled(world, at, email=email, number=n)
        for n, email in enumerate(("amina@example.org", "bela@example.org"), 1)
    ]
    with acting(world.system()):
        lju = Offering.objects.get(code="s3-lju").pk
    place(made[1].pk, actor=world.staff(), at=at, offering_id=lju, reason="By hand")
    return made


def stay(world, code="LJU"):
    with acting(world.system()):
        return Placement.objects.get(host__code=code, enrolment__reference="STU-0002")


def test_nobody_is_announced_yet(world, browse):
    client = browse(PARTNER)
    assert "Nobody is announced yet" in plain(client.get(HOME))
    assert "Nobody is announced yet" in plain(client.get(STUDENTS))
    assert "You offer nothing yet" in plain(client.get(SEATS))


def test_each_partner_sees_its_own(students, browse):
    lju, waw = browse(PARTNER), browse(WAW)
    assert "Student 2" in plain(lju.get(STUDENTS))
    assert "Student 1" not in plain(lju.get(STUDENTS))
    assert "Student 1" in plain(waw.get(STUDENTS))
    assert "WAW" not in plain(lju.get(STUDENTS))
    for page in (HOME, STUDENTS, SEATS):
        words = plain(lju.get(page))
        assert "University WAW" not in words
        assert "s1-waw" not in words


def test_arrivals_by_period(students, browse):
    words = plain(browse(WAW).get(HOME))
    assert "2 expected" in words.replace("expected 2", "2 expected")
    assert "15 Sep 2027 Semester 1 Class 1 (2027-2029) 2 0 2" in words


def test_arrival(students, world, browse, clock):
    clock(datetime(2028, 9, 2, 12, tzinfo=UTC))
    client = browse(PARTNER)
    assert "1 student whose stay has begun is not marked as arrived." in plain(client.get(HOME))
    response = client.post(f"{STUDENTS}{stay(world).pk}/arrival/?sort=name")
    assert response.url == f"{STUDENTS}?sort=name"
    assert stay(world).state == "arrived"
    assert "Arrived. The office sees it too." in plain(client.get(STUDENTS))
    again = client.post(f"{STUDENTS}{stay(world).pk}/arrival/")
    assert again.status_code == 409
    assert "This was not done" in plain(again)
    assert "every student whose stay has begun is here" in plain(client.get(HOME))


def test_a_student_elsewhere_cannot_be_received(students, world, browse):
    other = stay(world, "WAW")
    assert browse(PARTNER).post(f"{STUDENTS}{other.pk}/arrival/").status_code == 404
    assert stay(world, "WAW").state == "announced"


@pytest.mark.parametrize(
    "email", [OFFICER, REVIEWER, "amina@example.org", "partner-lju@arts.example"]
)
def test_nobody_else_has_this_desk(students, world, browse, email):
    client = browse(email)
    assert [client.get(page).status_code for page in (HOME, STUDENTS, SEATS)] == [404] * 3
    assert client.post(f"{STUDENTS}{stay(world).pk}/arrival/").status_code == 404


def test_the_partner_of_another_consortium_sees_nothing_of_this_one(students, browse):
    client = browse("partner-lju@arts.example")
    for page in ("", "students/", "seats/"):
        assert "Student" not in plain(client.get(f"/arts/partner/{page}")).replace("Students", "")


def test_filters(students, world, browse):
    client = browse(WAW)
    with acting(world.system()):
        s1 = Placement.objects.filter(host__code="WAW").first().period_id

    def count(query):
        return len(client.get(f"{STUDENTS}?{query}").context["page"].rows)

    assert count("") == 2
    assert count("q=student+1") == 1
    assert count(f"period={s1}") == 2
    assert count("state=arrived") == 0
    assert count("state=nonsense") == 2


def test_seats_with_counts(students, browse):
    response = browse(PARTNER).get(SEATS)
    assert "Class 1 (2027-2029)" in plain(response)
    line = response.context["intakes"][0]["lines"][0]
    assert str(line["standing"].offering.period) == "s3 Semester 3"
    assert (line["students"], line["standing"].most) == (1, 3)


def test_queries_do_not_grow(students, world, at, browse):
    client = browse(WAW)
    few = [queries(client, page) for page in (HOME, STUDENTS, SEATS)]
    for number in range(3, 31):
        account_for(f"s{number}@example.org")
        enrolled(world, at, email=f"s{number}@example.org", number=number)
    assert [queries(client, page) for page in (HOME, STUDENTS, SEATS)] == few


def test_dates_of_a_stay_are_shown(students, world, browse):
    assert stay(world).starts_on == date(2028, 9, 1)
    assert "1 Sep 2028" in text_of(browse(PARTNER).get(STUDENTS))

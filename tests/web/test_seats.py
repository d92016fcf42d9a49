"""Seats through the pages: a host confirms, the office sees it, the next round proposes it."""

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.roles import Container
from mobility_tracks.domain.delegation import What
from mobility_tracks.domain.placements import place
from mobility_tracks.domain.seats import confirm_seats
from mobility_tracks.models import Offering, Placement, SeatConfirmation
from tests.mobility_tracks.curricula import enrolled, intake_of, loaded
from tests.web.desks import OFFICER, PARTNER, plain, queries, text_of

SEATS, TRACKS = "/emat/partner/seats/", "/emat/office/tracks/"
API = "/api/v1/emat"
DELEGATE = "delegate-lju@emat.example"


@pytest.fixture
def intake(world, at):
    loaded(at)
    return intake_of(world)


@pytest.fixture
def there(world, intake):
    """The ids of the offerings, by code."""
    with acting(world.system()):
        return dict(Offering.objects.values_list("code", "pk"))


@pytest.fixture
def address(intake, there):
    return f"{SEATS}{intake.pk}/{there['s3-lju']}/confirmation/"


def send(world, at, there, *numbers, code="s3-lju"):
    for number in numbers:
        account_for(f"s{number}@example.org")
        student = enrolled(world, at, email=f"s{number}@example.org", number=number)
        place(student.pk, actor=world.staff(), at=at, offering_id=there[code], reason="By hand")


def kept(world):
    with acting(world.system()):
        return list(SeatConfirmation.objects.order_by("id").values_list("least", "most", "note"))


# -- the host


def test_a_host_confirms_and_changes_and_reads_what_it_said_before(address, world, browse):
    client = browse(PARTNER)
    assert "1 number waits for your word." in plain(client.get(SEATS))
    assert client.post(address, {"least": "0", "most": "3", "note": "As agreed"}).url == SEATS
    assert client.post(address, {"least": "1", "most": "5"}).url == SEATS
    assert kept(world) == [(0, 3, "As agreed"), (1, 5, "")]
    words = plain(client.get(SEATS))
    assert "waits for your word" not in words
    assert "1–5 15 Jan 2027 , partner LJU verdigris 1 before 3 15 Jan 2027" in words
    assert "As agreed" in words
    assert 'value="5"' in text_of(client.get(SEATS))


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"least": "4", "most": "3"}, 422, "4 is the least, and there are 3 seats."),
        ({"least": "0", "most": "1"}, 409, "Give at least 2, or ask the consortium office"),
        ({"least": "0", "most": "many"}, 422, "Enter a whole number."),
        ({"least": "0", "most": ""}, 422, "This field is required."),
    ],
)
def test_a_refusal_comes_back_in_its_line(address, world, at, there, browse, typed, status, words):
    send(world, at, there, 1, 2)
    response = browse(PARTNER).post(address, {**typed, "note": "Typed"})
    assert response.status_code == status
    assert words in plain(response)
    assert 'value="Typed"' in text_of(response)
    assert text_of(response).count('<details class="no-print" open>') == 1
    assert kept(world) == []


def test_the_api_refuses_in_the_same_words(intake, there, world, at, browse):
    send(world, at, there, 1, 2)
    client = browse(PARTNER)
    resource = f"{API}/partner/seats/{intake.pk}/{there['s3-lju']}/confirmation/"

    def ask(**body):
        return client.post(resource, body, content_type="application/json")

    low = ask(most=1)
    assert low.status_code == 409
    assert "2 students of Class 1 (2027-2029) are placed at" in low.content.decode()
    assert "Give at least 2, or ask the consortium office" in low.content.decode()
    crossed = ask(least=4, most=3)
    assert crossed.status_code in {400, 422}
    assert "at most the number of seats" in crossed.content.decode()
    assert kept(world) == []
    assert ask(most=4).status_code == 201
    told = client.get(f"{API}/partner/seats/").json()
    mine = next(row for row in told if row["offering_code"] == "s3-lju")
    assert (mine["most"], mine["is_awaited"]) == (4, False)
    assert [row["most"] for row in mine["confirmed"]] == [4]


def test_another_host_s_line_is_not_there(intake, there, world, browse):
    client = browse(PARTNER)
    assert str(there["s3-ami"]) not in text_of(client.get(SEATS))
    other = f"{SEATS}{intake.pk}/{there['s3-ami']}/confirmation/"
    assert client.post(other, {"least": "0", "most": "1"}).status_code == 403
    codes = {row["offering_code"] for row in client.get(f"{API}/partner/seats/").json()}
    assert codes == {"s3-lju"}
    assert kept(world) == []


def test_a_delegate_has_the_form_of_what_was_handed_on(address, there, world, browse):
    world.hand_on(What(frozenset({"confirm_seats"}), Container.OFFERING, there["s3-lju"]))
    client = browse(DELEGATE)
    assert address in text_of(client.get(SEATS))
    assert client.post(address, {"least": "0", "most": "2"}).url == SEATS
    assert kept(world) == [(0, 2, "")]


def test_who_only_receives_students_reads_without_a_form(address, there, world, browse):
    world.hand_on(What(frozenset({"host_students"}), Container.OFFERING, there["s3-lju"]))
    client = browse(DELEGATE)
    assert "Semester 3" in plain(client.get(SEATS))
    assert address not in text_of(client.get(SEATS))
    assert client.post(address, {"least": "0", "most": "2"}).status_code == 404


def test_reloading_a_refusal_leads_back_to_the_list(address, browse):
    assert browse(PARTNER).get(address).url == SEATS


# -- the office


def confirm(world, at, intake, there, code="s3-lju", **numbers):
    host = code.partition("-")[2]
    return confirm_seats(
        there[code], actor=world.partner(host), at=at, intake_id=intake.pk, **numbers
    )


def test_the_office_sees_who_confirmed_what_and_who_did_not(intake, there, world, at, browse):
    confirm(world, at, intake, there, least=1, most=7, note="One more lab")
    confirm(world, at, intake, there, least=1, most=6)
    words = plain(browse(OFFICER).get(TRACKS))
    assert "6 numbers are not confirmed yet, by AMI, BIL, LAB, WAW." in words
    assert "1–6 15 Jan 2027 , partner LJU verdigris 1 before 1–7" in words
    assert "One more lab" in words
    assert "0 of 6 6 free confirmed by the host" in words
    told = browse(OFFICER).get(f"{API}/office/seats/").json()
    assert {row["host"] for row in told if row["is_awaited"]} == {"AMI", "BIL", "LAB", "WAW"}


def test_a_new_round_proposes_what_hosts_confirmed(intake, there, world, at, browse):
    confirm(world, at, intake, there, least=2, most=5)
    text = text_of(browse(OFFICER).get("/emat/office/rounds/new/?period=s3"))
    assert 'name="least-s3-lju" value="2"' in text
    assert 'name="most-s3-lju" value="5"' in text
    assert 'name="most-s3-ami" value="3"' in text


def test_the_board_says_what_is_too_many_and_what_nobody_was_told(intake, there, world, at, browse):
    send(world, at, there, 1, 2)
    with acting(world.system()):
        Placement.objects.filter(host__code="LJU", enrolment__reference="STU-0002").update(
            state="planned"
        )
    confirm(world, at, intake, there, least=0, most=1)
    words = plain(browse(OFFICER).get(TRACKS))
    assert "2 of 1 1 too many 1 not announced confirmed by the host" in words
    assert "2 of 7 6 free, 1 too many 1 not announced" in words
    cells = browse(OFFICER).get(f"{API}/office/board/?intake={intake.pk}").json()
    assert [cell for cell in cells if cell["host"] == "LJU"] == [
        {
            "host": "LJU",
            "period": "s3",
            "taken": 2,
            "planned": 1,
            "offered": 1,
            "free": 0,
            "over": 1,
            "confirmed": True,
        }
    ]


def test_who_may_not_read_stays_sees_seats_and_no_zeros(call, world, browse):
    world.one_call(call.call())
    words = plain(browse("one-call@emat.example").get(TRACKS))
    assert "Seats offered, at each host in each period." in words
    assert "Where seats are left" not in words
    assert "0 seats not counted" not in words
    assert "offers nothing" in words


def test_the_board_of_another_consortium_does_not_exist(intake, browse):
    other = browse("officer@arts.example")
    assert other.get(f"/api/v1/arts/office/board/?intake={intake.pk}").status_code == 404
    assert browse(OFFICER).get(f"{API}/office/board/").status_code in {400, 422}


def test_queries_grow_neither_with_students_nor_with_history(intake, there, world, at, browse):
    office, partner = browse(OFFICER), browse(PARTNER)
    send(world, at, there, 1)
    confirm(world, at, intake, there, least=0, most=9)
    addresses = [
        (office, TRACKS),
        (office, f"{API}/office/board/?intake={intake.pk}"),
        (partner, SEATS),
        (partner, f"{API}/partner/seats/"),
    ]
    few = [queries(*each) for each in addresses]
    send(world, at, there, 2, 3, 4)
    for most in (8, 7, 6):
        confirm(world, at, intake, there, least=0, most=most)
    assert [queries(*each) for each in addresses] == few

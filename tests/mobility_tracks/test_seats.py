"""Seats that a host confirms: by whom, against which refusals, with everything said before kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound, WindowClosed
from consortium.models import JournalEntry, OutboxMessage
from consortium.roles import Container
from mobility_tracks.domain.board import board_of
from mobility_tracks.domain.delegation import What
from mobility_tracks.domain.flows import flows
from mobility_tracks.domain.placements import place
from mobility_tracks.domain.seats import confirm_seats, confirmed, standings
from mobility_tracks.models import Intake, Offering, Placement, SeatConfirmation
from tests.mobility_tracks.curricula import enrolled, intake_of, loaded

SEATS = frozenset({"confirm_seats"})


@pytest.fixture
def intake(world, at):
    loaded(at)
    return intake_of(world)


@pytest.fixture
def lju(intake, world):
    return offering(world, "s3-lju")


@pytest.fixture
def confirm(world, at, intake, lju):
    def say(actor=None, least=0, most=3, **more):
        whole = {"at": at, "intake_id": intake.pk, "least": least, "most": most, **more}
        where = whole.pop("offering", lju)
        return confirm_seats(where.pk, actor=actor or world.partner("lju"), **whole)

    return say


def offering(world, code):
    with acting(world.system()):
        return Offering.objects.select_related("period").get(code=code)


def rows(world):
    with acting(world.system()):
        return list(SeatConfirmation.objects.order_by("id").values_list("least", "most", "note"))


def letters(world):
    with acting(world.system()):
        found = OutboxMessage.objects.filter(key__startswith="seats:")
        return sorted(found.values_list("to", flat=True))


def send(world, at, code, *numbers):
    """Students at an offering, by hand."""
    there = offering(world, code).pk
    for number in numbers:
        account_for(f"s{number}@example.org")
        student = enrolled(world, at, email=f"s{number}@example.org", number=number)
        place(student.pk, actor=world.staff(), at=at, offering_id=there, reason="By hand")


# -- confirming


def test_a_change_is_a_row_more_and_what_was_said_before_stays(confirm, world, at, intake, lju):
    confirm(most=3, note="As agreed")
    confirm(least=1, most=5, at=at + timedelta(days=1))
    assert rows(world) == [(0, 3, "As agreed"), (1, 5, "")]
    told = standings([lju], [intake], actor=world.partner("lju"), at=at)[0]
    assert (told.least, told.most, told.is_awaited) == (1, 5, False)
    assert [(row.most, row.note) for row in told.before] == [(3, "As agreed")]
    assert told.last.confirmed_by_name == "partner LJU verdigris"


def test_it_is_journalled_with_the_numbers_before(confirm, world):
    confirm(most=3)
    confirm(most=2)
    with acting(world.system()):
        found = JournalEntry.objects.filter(act="seats.confirm").order_by("id")
        assert [row.facts for row in found] == [
            {"least": 0, "most": 3, "before": [0, 3]},
            {"least": 0, "most": 2, "before": [0, 3]},
        ]


def test_the_office_is_told_of_another_number_and_of_nothing_else(confirm, world):
    confirm(most=3)  # the programme's
    assert letters(world) == []
    confirm(most=4)
    assert letters(world) == ["coordinator@emat.example", "officer@emat.example"]
    confirm(most=4, note="Still")
    assert len(letters(world)) == 2
    with acting(world.system()):
        bodies = OutboxMessage.objects.filter(key__startswith="seats:").values_list(
            "body", flat=True
        )
        assert all("University LJU has changed how many" in body for body in bodies)


def test_until_somebody_confirms_the_seats_are_the_programme_s(world, at, intake, lju):
    told = standings([lju], [intake], actor=world.staff(), at=at)[0]
    assert (told.least, told.most, told.last, told.is_awaited) == (0, 3, None, True)
    assert confirmed(intake, actor=world.staff()) == {}


# -- refusals


@pytest.mark.parametrize(
    ("numbers", "field", "words"),
    [
        (
            {"least": 4, "most": 3},
            "least",
            "at most the number of seats. 4 is the least, and there",
        ),
        ({"least": -1, "most": 3}, "most", "whole numbers from 0"),
        ({"most": 32_768}, "most", "whole numbers from 0"),
        ({"note": "x" * 301}, "note", "at most 300 characters"),
    ],
)
def test_what_is_no_number_of_seats_is_refused(confirm, world, numbers, field, words):
    with pytest.raises(Invalid, match=words) as refused:
        confirm(**numbers)
    assert field in refused.value.fields
    assert rows(world) == []


def test_seats_are_not_lowered_under_the_students_placed(confirm, world, at):
    send(world, at, "s3-lju", 1, 2)
    confirm(most=2)
    with pytest.raises(Conflict) as refused:
        confirm(most=1)
    told = refused.value
    assert told.rule == "Seats are not lowered under the number of students already placed."
    assert told.fact.startswith("2 students of Class 1 (2027-2029) are placed at ")
    assert told.fact.endswith("1 would be too few.")
    assert told.next_step.startswith("Give at least 2")
    assert rows(world) == [(0, 2, "")]
    assert letters(world) == ["coordinator@emat.example", "officer@emat.example"]


def test_a_plan_that_nobody_was_told_binds_no_host(confirm, world, at):
    send(world, at, "s3-lju", 1)
    with acting(world.system()):
        Placement.objects.filter(host__code="LJU").update(state="planned")
    confirm(most=0)
    assert rows(world) == [(0, 0, "")]


def test_the_same_is_confirmed_once(confirm, world):
    confirm(most=4)
    with pytest.raises(Conflict, match="by partner LJU verdigris"):
        confirm(most=4)
    assert rows(world) == [(0, 4, "")]


def test_nothing_is_confirmed_once_the_period_is_over(confirm, world, at):
    with pytest.raises(WindowClosed, match=r"Semester 3 of Class 1 \(2027-2029\) has ended"):
        confirm(at=at + timedelta(days=3 * 365))
    assert rows(world) == []


def test_an_intake_of_another_version_is_refused(confirm, world, intake):
    with acting(world.system()):
        other = intake.version
        other.pk, other.code = None, "v9"
        other.save(force_insert=True)
        strange = Intake.objects.create(
            consortium_id=intake.consortium_id, version=other, year=2031, name="Class 5"
        )
    with pytest.raises(Invalid, match="Class 5 studies by another one"):
        confirm(intake_id=strange.pk)


# -- by whom


def test_only_who_holds_the_right_for_the_host_confirms(confirm, world):
    for actor in (world.partner("waw"), world.staff(), world.reviewer("lju")):
        with pytest.raises(NotAllowed):
            confirm(actor)
    for actor in (world.delegate(), world.partner("lju", "arts")):
        with pytest.raises(NotFound):
            confirm(actor)
    assert rows(world) == []


def test_a_delegate_confirms_the_offering_that_was_handed_on(confirm, world, lju):
    world.hand_on(What(SEATS, Container.OFFERING, lju.pk))
    confirm(world.delegate(), most=2)
    assert rows(world) == [(0, 2, "")]
    with pytest.raises(DomainError):
        confirm(world.delegate(), offering=offering(world, "s3-ami"))


def test_a_delegate_who_only_receives_students_reads_and_does_not_write(confirm, world, lju):
    world.hand_on(What(frozenset({"host_students"}), Container.OFFERING, lju.pk))
    confirm(most=2)
    delegate = world.delegate()
    with acting(delegate):
        assert SeatConfirmation.objects.for_actor(delegate, "view").count() == 1
    with pytest.raises(NotAllowed):
        confirm(delegate, most=3)


def test_who_else_reads_what_was_confirmed(confirm, world):
    confirm()
    readers = {
        "own": world.partner("lju"),
        "office": world.staff(),
        "other": world.partner("waw"),
        "arts": world.staff(slug="arts"),
        "abroad": world.partner("lju", "arts"),
    }
    found = {}
    for name, actor in readers.items():
        with acting(actor):
            found[name] = SeatConfirmation.objects.for_actor(actor, "view").count()
    assert found == {"own": 1, "office": 1, "other": 0, "arts": 0, "abroad": 0}


# -- the wall, on its own


@pytest.mark.parametrize("who", ["partner", "system"])
def test_nobody_changes_or_takes_back_a_row(confirm, world, who):
    confirm()
    actor = world.partner("lju") if who == "partner" else world.system()
    for act in (lambda rows: rows.update(most=9), lambda rows: rows.delete()):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|append-only"),
            transaction.atomic(),
            acting(actor),
        ):
            act(SeatConfirmation.objects.all())
    assert rows(world) == [(0, 3, "")]


def test_the_wall_keeps_other_hosts_and_the_office_from_writing(confirm, world, intake, lju, at):
    row = {"consortium_id": intake.consortium_id, "offering": lju, "intake": intake}
    confirm()
    for actor in (world.partner("waw"), world.staff(), world.reviewer("lju")):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|row-level security"),
            transaction.atomic(),
            acting(actor),
        ):
            SeatConfirmation.objects.create(**row, most=9, at=at)
    with acting(world.partner("waw")):
        assert not SeatConfirmation.objects.exists()
    with acting(world.partner("lju")):
        assert SeatConfirmation.objects.count() == 1


# -- what it decides


def test_a_place_by_hand_needs_a_seat_that_the_host_gave(confirm, world, at):
    send(world, at, "s3-lju", 1)
    confirm(most=1)
    with pytest.raises(Conflict, match="has 1 seats, and 1 are taken"):
        send(world, at, "s3-lju", 2)
    confirm(most=2)
    there = offering(world, "s3-lju").pk
    with acting(world.system()):
        student = Placement.objects.filter(enrolment__reference="STU-0002").first().enrolment_id
    place(student, actor=world.staff(), at=at, offering_id=there, reason="A seat more")


def test_the_board_counts_taken_offered_and_free(confirm, world, at, intake):
    send(world, at, "s3-lju", 1, 2, 3)
    send(world, at, "s3-bil", 4)
    with acting(world.system()):
        Placement.objects.filter(host__code="LJU", enrolment__reference="STU-0003").update(
            state="planned"
        )
    confirm(most=2)  # two were told; the third of the plan is one too many
    board = board_of(flows(intake, actor=world.staff()))
    third = [column.code for column in board.columns].index("s3")
    cells = {row.stop.code: row.cells[third] for row in board.rows}
    told = {
        code: cell and (cell.taken, cell.planned, cell.offered, cell.free, cell.over)
        for code, cell in cells.items()
    }
    assert told == {
        "WAW": None,
        "AMI": (0, 0, 3, 3, 0),
        "LJU": (3, 1, 2, 0, 1),
        "BIL": (1, 0, 3, 2, 0),
        "LAB": None,
    }
    assert [code for code, cell in cells.items() if cell and cell.confirmed] == ["LJU"]
    total = board.totals[third]
    assert (total.taken, total.offered, total.free, total.over) == (4, 8, 5, 1)
    first = board.totals[0]
    assert (first.uncounted, first.elsewhere, first.counted, first.taken) == (1, 4, 0, 0)

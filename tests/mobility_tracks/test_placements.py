"""Placing by hand, and receiving."""

import pytest

from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry
from consortium.roles import Role
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.placements import place, receive
from mobility_tracks.models import Offering, Placement
from tests.mobility_tracks.curricula import enrolled, loaded, places


@pytest.fixture(autouse=True)
def programme(world, at):
    return loaded(at)


def offering(world, code):
    with acting(world.system()):
        return Offering.objects.get(code=code).pk


def placed(world, at, enrolment, code, actor=None, reason="The board agreed."):
    return place(
        enrolment.pk,
        actor=actor or world.staff(),
        at=at,
        offering_id=offering(world, code),
        reason=reason,
    )


def test_a_thesis_in_the_laboratory_is_announced_with_its_reason(world, at):
    enrolment = enrolled(world, at)
    placement = placed(world, at, enrolment, "s4-lab")
    assert (placement.state, placement.reason) == ("announced", "The board agreed.")
    assert places(world, enrolment)["s4"] == ("LAB", "announced")
    with acting(world.applicant()):
        seen = Placement.objects.for_actor(world.applicant()).get(pk=placement.pk)
        assert seen.reason == "The board agreed."


def test_another_host_takes_the_place_of_the_first(world, at):
    enrolment = enrolled(world, at)
    first = placed(world, at, enrolment, "s4-lab")
    placed(world, at, enrolment, "s4-ami")
    with acting(world.system()):
        rows = Placement.objects.filter(enrolment=enrolment, period__code="s4")
        assert dict(rows.values_list("host__code", "state")) == {
            "LAB": "cancelled",
            "AMI": "announced",
        }
    with pytest.raises(Conflict, match="has this place already"):
        placed(world, at, enrolment, "s4-ami")
    assert placed(world, at, enrolment, "s4-lab").pk != first.pk


def test_a_seat_is_taken_once(world, at):
    placed(world, at, enrolled(world, at), "s4-lab")
    other = enrolled(world, at, email="bela@example.org", number=2)
    with pytest.raises(Conflict, match="1 seats, and 1 are taken"):
        placed(world, at, other, "s4-lab")
    assert "s4" not in places(world, other)


def test_mobility_holds_for_study_periods_by_hand_too(world, at):
    french = enrolled(world, at, residence="FR")
    with pytest.raises(Conflict, match="two countries"):
        placed(world, at, french, "s3-ami")
    assert placed(world, at, french, "s3-bil").state == "announced"
    indian = enrolled(world, at, email="bela@example.org", number=2)
    assert placed(world, at, indian, "s3-ami").state == "announced"


def test_a_place_by_hand_has_a_reason_a_student_and_an_offering_of_the_version(world, at):
    enrolment = enrolled(world, at)
    with pytest.raises(Invalid):
        placed(world, at, enrolment, "s4-lab", reason=" ")
    with pytest.raises(NotFound):
        place(enrolment.pk, actor=world.staff(), at=at, offering_id=enrolment.pk, reason="Why not.")
    withdraw(enrolment.pk, actor=world.staff(), at=at, reason="Ill.")
    with pytest.raises(WrongState):
        placed(world, at, enrolment, "s4-lab")


def test_placing_needs_the_right(world, at):
    enrolment = enrolled(world, at)
    for actor in (world.staff(Role.COMMITTEE), world.applicant(), world.partner("waw")):
        with pytest.raises(NotAllowed):
            placed(world, at, enrolment, "s4-lab", actor=actor)
    for actor in (world.staff(slug="arts"), world.partner("lju"), world.applicant("bela")):
        with pytest.raises(NotFound):
            placed(world, at, enrolment, "s4-lab", actor=actor)


def test_the_host_receives_its_student(world, at):
    enrolment = enrolled(world, at)
    with acting(world.system()):
        first = Placement.objects.get(enrolment=enrolment, period__code="s1")
    for actor in (world.partner("lju"), world.partner("waw", slug="arts")):
        with pytest.raises(NotFound):
            receive(first.pk, actor=actor, at=at)
    for actor in (world.staff(), world.applicant()):
        with pytest.raises(NotAllowed):
            receive(first.pk, actor=actor, at=at)
    assert receive(first.pk, actor=world.partner("waw"), at=at).state == "arrived"
    with pytest.raises(WrongState):
        receive(first.pk, actor=world.partner("waw"), at=at)
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="placement.arrive")
        assert (entry.wall, entry.subject_id) == ("partner", str(first.pk))


def test_a_stay_that_has_begun_is_not_replaced(world, at):
    enrolment = enrolled(world, at)
    with acting(world.system()):
        Placement.objects.filter(enrolment=enrolment, period__code="s1").update(state="departed")
    with pytest.raises(Conflict, match="has this place already"):
        placed(world, at, enrolment, "s1-waw")

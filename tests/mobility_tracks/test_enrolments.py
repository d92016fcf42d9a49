"""Enrolling and withdrawing students."""

from datetime import UTC, date, datetime

import pytest

from consortium.access import acting
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, Transition
from consortium.roles import Role
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.models import Enrolment, Placement, Track
from tests.mobility_tracks.curricula import enrolled, intake_of, loaded, places


@pytest.fixture(autouse=True)
def programme(world, at):
    return loaded(at)


def stays(world, enrolment):
    with acting(world.system()):
        rows = Placement.objects.filter(enrolment=enrolment).order_by("period__position")
        return list(rows.select_related("period", "host", "sending"))


def test_a_student_is_enrolled_and_goes_where_everybody_goes(world, at):
    enrolment = enrolled(world, at)
    assert (enrolment.state, enrolment.enrolled_at) == ("enrolled", at)
    assert [
        (p.period.code, p.host.code, p.sending.code, p.state, str(p.ects), p.starts_on, p.ends_on)
        for p in stays(world, enrolment)
    ] == [
        ("s1", "WAW", "AMI", "announced", "30", date(2027, 9, 15), date(2028, 1, 20)),
        ("s2", "AMI", "WAW", "announced", "30", date(2028, 2, 15), date(2028, 6, 30)),
    ]


def test_every_change_of_state_has_its_row(world, at):
    enrolment = enrolled(world, at)
    with acting(world.system()):
        ids = [str(enrolment.pk), *(str(p.pk) for p in stays(world, enrolment))]
        moves = Transition.objects.filter(subject_id__in=ids).values_list("event", "by_name")
        assert sorted(moves) == [
            ("announce", "coordinator verdigris"),
            ("announce", "coordinator verdigris"),
            ("enrol", "coordinator verdigris"),
        ]
        assert JournalEntry.objects.filter(subject_id__in=ids).count() == 3


def test_the_student_and_the_host_see_it_and_nobody_else_does(world, at):
    enrolment = enrolled(world, at)
    for actor, hosts in (
        (world.applicant(), ["AMI", "WAW"]),
        (world.applicant("bela"), []),
        (world.partner("waw"), ["WAW"]),
        (world.partner("lju"), []),
        (world.staff(slug="arts"), []),
    ):
        with acting(actor):
            rows = Placement.objects.for_actor(actor).filter(enrolment=enrolment)
            assert sorted(rows.values_list("host__code", flat=True)) == hosts


def test_a_person_and_a_reference_are_enrolled_once(world, at):
    enrolled(world, at)
    with pytest.raises(Conflict):
        enrolled(world, at, number=2)
    with pytest.raises(Conflict):
        enrolled(world, at, email="bela@example.org")
    assert enrolled(world, at, email="bela@example.org", number=2).reference == "STU-0002"


@pytest.mark.parametrize("residence", ["", "pl", "Poland", "P1"])
def test_a_country_of_residence_is_needed(world, at, residence):
    with pytest.raises(Invalid) as refused:
        enrolled(world, at, residence=residence)
    assert list(refused.value.fields) == ["residence_country"]
    with acting(world.system()):
        assert not Enrolment.objects.exists()


def test_a_track_belongs_to_the_version(world, at):
    with acting(world.system()):
        track = Track.objects.get(code="south")
    assert enrolled(world, at, track=track).track == track
    stranger = Track(pk=track.pk, version_id=intake_of(world).pk, title="Elsewhere")
    with pytest.raises(Invalid, match="Elsewhere"):
        enrolled(world, at, email="bela@example.org", number=2, track=stranger)


def test_enrolling_needs_the_right_and_the_consortium(world, at):
    from mobility_tracks.domain.enrolments import enrol

    who = {
        "student_id": world.user("bela@example.org").pk,
        "reference": "X",
        "person_name": "B",
        "person_email": "bela@example.org",
        "nationality": "IN",
        "residence_country": "IN",
    }
    intake = intake_of(world)
    for actor in (world.staff(Role.COMMITTEE), world.applicant(), world.partner()):
        with pytest.raises(NotAllowed):
            enrol(intake, actor=actor, at=at, **who)
    with pytest.raises(NotFound):
        enrol(intake, actor=world.staff(slug="arts"), at=at, **who)


def test_withdrawing_cancels_what_has_not_ended(world, at):
    enrolment = enrolled(world, at)
    later = datetime(2028, 2, 1, tzinfo=UTC)
    left = withdraw(enrolment.pk, actor=world.staff(), at=later, reason="Visa refused.")
    assert left.state == "withdrawn"
    assert places(world, enrolment) == {"s1": ("WAW", "announced"), "s2": ("AMI", "cancelled")}
    with pytest.raises(WrongState):
        withdraw(enrolment.pk, actor=world.staff(), at=later, reason="Again.")


def test_withdrawing_needs_reason_and_right(world, at):
    enrolment = enrolled(world, at)
    with pytest.raises(Invalid):
        withdraw(enrolment.pk, actor=world.staff(), at=at, reason="  ")
    with pytest.raises(NotAllowed):
        withdraw(enrolment.pk, actor=world.applicant(), at=at, reason="I go.")
    with pytest.raises(NotFound):
        withdraw(enrolment.pk, actor=world.staff(slug="arts"), at=at, reason="Not mine.")
    assert places(world, enrolment)["s1"] == ("WAW", "announced")

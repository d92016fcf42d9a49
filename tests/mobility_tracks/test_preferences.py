"""Students' wishes: the window, whose they are, and what a list may hold."""

from datetime import timedelta

import pytest

from consortium.access import acting
from consortium.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.intakes import open_intake
from mobility_tracks.models import Preference
from tests.mobility_tracks.curricula import enrolled, intake_of
from tests.mobility_tracks.round_case import WISHES, nine_students


@pytest.fixture
def nine(world, at):
    return nine_students(world, at)


@pytest.fixture
def open_(nine):
    nine.draft()
    nine.act("open_round", at=nine.opens)
    return nine


@pytest.fixture
def closed(open_):
    for number in range(1, 10):
        open_.wish(number, *WISHES)
    open_.act("close_round", at=open_.closes)
    return open_


def test_wishes_replace_those_before(open_):
    open_.wish(3, "s3-ami", "s3-lju")
    open_.wish(3, "s3-bil", "s3-ami", at=open_.opens + timedelta(hours=1))
    with acting(open_.student(3)):
        rows = Preference.objects.for_actor(open_.student(3)).order_by("rank")
        assert list(rows.values_list("rank", "offering__code")) == [(1, "s3-bil"), (2, "s3-ami")]
    with acting(open_.student(4)):
        assert list(Preference.objects.for_actor(open_.student(4))) == []


def test_the_window_is_half_open(open_):
    moment = timedelta(microseconds=1)
    for at in (open_.opens - moment, open_.closes, open_.closes + moment):
        with pytest.raises(WindowClosed):
            open_.wish(3, "s3-ami", at=at)
    for at in (open_.opens, open_.closes - moment):
        assert len(open_.wish(3, "s3-ami", at=at)) == 1


def test_no_wish_after_the_office_closed_the_round(closed):
    with pytest.raises(WindowClosed):
        closed.wish(3, "s3-bil", at=closed.opens)


@pytest.mark.parametrize("codes", [("s3-ami", "s3-ami"), ("s3-ami", "s4-lab"), ("s3-ami", "moon")])
def test_a_list_that_is_wrong_leaves_the_last_one(open_, codes):
    open_.wish(3, "s3-lju")
    with pytest.raises(Invalid) as refused:
        open_.wish(3, *codes)
    assert list(refused.value.fields) == ["offerings"]
    with acting(open_.world.system()):
        assert list(Preference.objects.values_list("offering__code", flat=True)) == ["s3-lju"]


def test_nobody_wishes_for_another(open_):
    world, victim = open_.world, open_.students[2]
    for actor in (open_.student(4), world.applicant("stranger"), world.applicant(slug="arts")):
        with pytest.raises(NotFound):
            open_.wish(3, "s3-ami", actor=actor, enrolment=victim)
    with pytest.raises(NotAllowed):
        open_.wish(3, "s3-ami", actor=world.staff(), enrolment=victim)
    with acting(world.system()):
        assert not Preference.objects.exists()


def test_wishes_are_for_enrolled_students_of_the_intake(open_, at):
    version = intake_of(open_.world).version_id
    other = open_intake(version, actor=open_.world.staff(), at=at, year=2028, name="Class 2")
    later = enrolled(open_.world, at, email="bela@example.org", number=20, intake=other)
    with pytest.raises(Conflict, match="not enrolled in this intake"):
        open_.wish(0, "s3-ami", actor=open_.world.applicant("bela"), enrolment=later)
    withdraw(open_.students[2].pk, actor=open_.world.staff(), at=at, reason="Ill.")
    with pytest.raises(WrongState, match="withdrawn"):
        open_.wish(3, "s3-ami")

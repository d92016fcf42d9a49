"""What equals, reasons and silence do to the plan, and who never reads a reason."""

import json

import pytest

from consortium.access import acting
from consortium.errors import Conflict, Invalid
from consortium.models import OutboxMessage
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.domain.round_words import SILENCE, properties_of
from mobility_tracks.models import AllocationRound, Placement, Preference
from tests.mobility_tracks.curricula import S3
from tests.mobility_tracks.round_case import nine_students

WHY = "My mother is being treated there."


@pytest.fixture
def open_(world, at):
    nine = nine_students(world, at)
    nine.draft()
    nine.act("open_round", at=nine.opens)
    return nine


def decided(round_):
    round_.act("close_round", at=round_.closes)
    round_.act("decide", at=round_.closes)
    return round_.result()


def place_of(result, number):
    return next(p for p in result["places"] if p["reference"] == f"STU-{number:04}")


def test_an_equal_wish_is_met_in_full_by_either(open_):
    """Four want Bilbao, which has three seats; to one of them Ljubljana is as good. Were the class
    read as an order, Bilbao would come first in it and somebody would get a second wish."""
    first = ("s3-lju", "s3-lju", "s3-ami", "s3-ami", "s3-ami", "s3-bil", "s3-bil", "s3-bil")
    for number, code in enumerate(first, 1):
        open_.wish(number, code)
    open_.wish(9, ("s3-bil", "s3-lju"), "s3-ami")
    result = decided(open_)
    assert result["profile"][0] == 9
    assert (place_of(result, 9)["offering"], place_of(result, 9)["rank"]) == ("s3-lju", 1)
    assert place_of(result, 9)["reason"] == "University LJU: wish 1 of 2."


def test_the_same_wishes_one_after_the_other_are_not_equal(open_):
    first = ("s3-lju", "s3-lju", "s3-ami", "s3-ami", "s3-ami", "s3-bil", "s3-bil", "s3-bil")
    for number, code in enumerate(first, 1):
        open_.wish(number, code)
    open_.wish(9, "s3-bil", "s3-lju", "s3-ami")
    assert decided(open_)["profile"][0] == 8


@pytest.mark.parametrize("left", S3)
def test_what_is_not_possible_is_given_to_nobody(open_, left):
    """Whichever host is left, it is the one; the wish of all others for it changes nothing."""
    for number in (4, 5, 6, 7, 8, 9):
        open_.wish(number, left)
    open_.wish(3, impossible={code: WHY for code in S3 if code != left})
    result = decided(open_)
    assert place_of(result, 3)["offering"] == left
    assert result["checked"] == "proved"


def test_reasons_that_leave_no_plan_are_told_without_their_words(open_):
    for number in (3, 4, 5, 6):
        open_.wish(number, impossible={"s3-ami": WHY, "s3-lju": WHY})
    open_.act("close_round", at=open_.closes)
    with pytest.raises(Conflict) as refused:
        open_.act("decide", at=open_.closes)
    assert "Student STU-0003 cannot take" in refused.value.fact
    assert "the student's own reason" in refused.value.fact
    assert WHY not in refused.value.fact


def test_nobody_but_student_and_office_reads_a_reason(open_):
    world = open_.world
    open_.wish(3, "s3-lju", impossible={"s3-bil": WHY})
    result = decided(open_)
    open_.act("publish", at=open_.closes)
    assert WHY not in json.dumps(result)
    assert WHY not in export_round(open_.pk, actor=world.staff(), at=open_.closes)
    with acting(world.system()):
        assert Preference.objects.get(because=WHY).rank is None
        assert not [r for r in Placement.objects.values_list("reason", flat=True) if WHY in r]
        assert not OutboxMessage.objects.filter(body__contains=WHY).exists()
    for actor, number in (
        (open_.student(3), 1),
        (world.staff(), 1),
        (open_.student(4), 0),
        (world.partner("lju"), 0),
        (world.staff(slug="arts"), 0),
    ):
        assert reasons_read_by(actor) == number


def reasons_read_by(actor):
    with acting(actor):
        return Preference.objects.for_actor(actor).filter(because=WHY).count()


def test_silence_is_indifference_and_said_so_in_the_mail(open_):
    with acting(open_.world.system()):
        letters = list(OutboxMessage.objects.filter(key__startswith="round-opened"))
    assert len(letters) == 9
    for letter in letters:
        assert str(SILENCE) in letter.body
        assert "4 Feb 2027, 13:00 Europe/Paris" in letter.body
    result = decided(open_)
    assert result["indifferent"] == 9
    assert "no wish was given" in place_of(result, 3)["reason"]


def test_a_round_says_what_it_promises(world, at):
    nine = nine_students(world, at)
    nine.draft(policy="merit_respected", merit_basis="The mean mark of the first year.")
    with acting(world.system()):
        round_ = AllocationRound.objects.select_related("intake", "period").get(pk=nine.pk)
    told = {each.key: str(each.text) for each in properties_of(round_)}
    assert told["procedure"].startswith("Students are served in order of merit")
    assert told["merit"].startswith("The mean mark of the first year. It is fixed")
    assert told["silence"] == str(SILENCE)
    assert "Class 1 (2027-2029)" in told["participants"]
    assert "class-1" in told["ties"]
    assert "merit" not in {each.key for each in properties_of(_by_wishes(round_))}


def _by_wishes(round_):
    round_.policy, round_.merit_basis = "rank_maximal", ""
    return round_


@pytest.mark.parametrize(
    ("policy", "basis"),
    [("merit_respected", " "), ("merit_respected", "x" * 201), ("rank_maximal", "Marks")],
)
def test_a_basis_of_merit_belongs_to_the_procedure_that_respects_it(world, at, policy, basis):
    nine = nine_students(world, at)
    with pytest.raises(Invalid) as refused:
        nine.draft(policy=policy, merit_basis=basis)
    assert list(refused.value.fields) == ["merit_basis"]

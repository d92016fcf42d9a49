"""Students' wishes: the window, whose they are, and what a list may hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortium.access import acting
from consortium.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.models import JournalEntry
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.allocation.problem import case_of
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.intakes import open_intake
from mobility_tracks.domain.placements import place
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Placement,
    Preference,
)
from mobility_tracks.placement.wishes import open_options
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
    open_.all_wish()
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


def saved(round_, number):
    with acting(round_.world.system()):
        rows = Preference.objects.filter(enrolment=round_.students[number - 1])
        return set(rows.values_list("offering__code", "rank", "because"))


# -- equals, and what is not possible


def test_equals_share_a_rank_and_ranks_have_no_gaps(open_):
    open_.wish(3, ("s3-bil", "s3-lju"), "s3-ami")
    assert saved(open_, 3) == {("s3-bil", 1, ""), ("s3-lju", 1, ""), ("s3-ami", 2, "")}


def test_what_is_not_possible_has_a_reason_and_no_rank(open_):
    open_.wish(3, "s3-lju", impossible={"s3-bil": "  My lease ends. "})
    assert saved(open_, 3) == {("s3-lju", 1, ""), ("s3-bil", None, "My lease ends.")}
    open_.wish(3, "s3-bil")
    assert saved(open_, 3) == {("s3-bil", 1, "")}


def test_the_journal_counts_reasons_and_keeps_none(open_):
    open_.wish(3, "s3-lju", impossible={"s3-bil": "My lease ends."})
    with acting(open_.world.system()):
        (entry,) = JournalEntry.objects.filter(act="preferences.save")
    assert entry.facts == {"round": str(open_.pk), "wishes": 1, "impossible": 1}


@pytest.mark.parametrize(
    ("codes", "impossible", "field"),
    [
        ((), {"s3-bil": "no"}, "impossible.s3-bil"),
        ((), {"s3-bil": "    "}, "impossible.s3-bil"),
        ((), {"s3-bil": "x" * 301}, "impossible.s3-bil"),
        ((), {"moon": "Too far away."}, "offerings"),
        (("s3-bil",), {"s3-bil": "My lease ends."}, "impossible.s3-bil"),
        ((("s3-bil", "s3-bil"),), None, "offerings"),
        (("s3-bil", ("s3-lju", "s3-bil")), None, "offerings"),
        (((),), None, "offerings"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(open_, codes, impossible, field):
    open_.wish(3, "s3-lju", impossible={"s3-ami": "I have been there."})
    before = saved(open_, 3)
    with pytest.raises(Invalid) as refused:
        open_.wish(3, *codes, impossible=impossible)
    assert list(refused.value.fields) == [field]
    assert refused.value.fact
    assert refused.value.next_step
    assert saved(open_, 3) == before


def test_a_round_that_places_everybody_lets_nobody_rule_out_everything(open_):
    everywhere = dict.fromkeys(("s3-ami", "s3-lju", "s3-bil"), "Nowhere, really.")
    with pytest.raises(Conflict) as refused:
        open_.wish(3, impossible=everywhere)
    assert "places every student" in refused.value.rule
    assert "place you by hand" in refused.value.next_step
    assert set(refused.value.fields) == {f"impossible.{code}" for code in everywhere}
    everywhere.pop("s3-bil")
    assert len(open_.wish(3, impossible=everywhere)) == 2


def test_what_the_rules_close_counts_as_not_possible(open_):
    """To student 2, who lives in France, Amiens is closed."""
    rest = dict.fromkeys(("s3-lju", "s3-bil"), "Nowhere, really.")
    with pytest.raises(Conflict, match="the rules do"):
        open_.wish(2, impossible=rest)
    assert len(open_.wish(3, impossible=rest)) == 2


# -- hosts that the rules close


def test_a_closed_host_is_refused_with_rule_fact_and_source(open_):
    open_.wish(2, "s3-lju")
    with pytest.raises(Invalid) as refused:
        open_.wish(2, "s3-ami", "s3-bil")
    assert refused.value.rule == "Study periods in two countries other than that of residence."
    assert "University AMI is not open to you: the counting periods are in" in refused.value.fact
    assert "Source: the guide." in refused.value.fact
    assert "Take it out" in refused.value.next_step
    assert list(refused.value.fields) == ["offerings"]
    assert saved(open_, 2) == {("s3-lju", 1, "")}


def test_what_a_student_is_told_is_what_the_round_decides(open_):
    """For every student and host: closed beforehand is what the solver finds closed."""
    with acting(open_.world.system()):
        round_ = AllocationRound.objects.get(pk=open_.pk)
        problem = case_of(round_).problem
    for number, student in enumerate(problem.students, 1):
        actor = open_.student(number)
        with acting(actor):
            round_ = AllocationRound.objects.reach(actor, pk=open_.pk)
            own = own_ground(round_, Enrolment.objects.for_actor(actor).get())
        closed = {option.id for option in problem.options} - open_options(problem, student)
        assert set(own.closed) == closed
    assert {n for n in range(1, 10) if closed_to(open_, n)} == {1, 2}


def closed_to(round_, number):
    actor = round_.student(number)
    with acting(actor):
        row = AllocationRound.objects.reach(actor, pk=round_.pk)
        return own_ground(row, Enrolment.objects.for_actor(actor).get()).closed


def test_a_path_without_a_track_onward_closes_a_host(world, at):
    """Student 3 goes to the laboratory by hand, where no track by Amiens leads."""
    nine = nine_students(world, at, ("[s3-ami], [s4-ami, s4-lab]", "[s3-ami], [s4-ami]"))
    nine.draft()
    nine.act("open_round", at=nine.opens)
    with acting(nine.world.system()):
        laboratory = Offering.objects.get(code="s4-lab")
    assert "s3-ami" not in closed_to(nine, 3)
    place(
        nine.students[2].pk,
        actor=nine.world.staff(),
        at=at,
        offering_id=laboratory.pk,
        reason="The board agreed.",
    )
    with acting(nine.world.system()):
        Placement.objects.filter(offering=laboratory).update(state="announced")
    verdict = closed_to(nine, 3)["s3-ami"]
    assert verdict.fact == "no track leads there from the path so far"
    with pytest.raises(Invalid, match="by one of the programme's tracks"):
        nine.wish(3, "s3-ami")


def test_as_many_questions_for_many_hosts_as_for_one(nine):
    counts = []
    for seats in ({"s3-lju": (0, 9)}, dict.fromkeys(WISHES, (0, 9))):
        nine.draft(seats=seats)
        with acting(nine.world.system()), CaptureQueriesContext(connection) as asked:
            own_ground(AllocationRound.objects.get(pk=nine.pk), nine.students[0])
        counts.append(len(asked))
    assert counts[0] == counts[1]

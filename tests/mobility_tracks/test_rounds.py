"""Allocation rounds from the draft to the published plan."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.db.utils import ProgrammingError

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.errors import (
    Conflict,
    Incomplete,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.models import JournalEntry, OutboxMessage, Transition
from consortium.roles import Role
from mobility_tracks.domain import rounds
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.placements import place
from mobility_tracks.models import AllocationRound, Offering, Placement, Preference
from tests.mobility_tracks.curricula import S3, enrolled, intake_of, places
from tests.mobility_tracks.round_case import email, nine_students


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


@pytest.fixture
def decided(closed):
    closed.act("decide", at=closed.closes)
    return closed


# -- draft and open


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("zone", "Paris"),
        ("policy", "first_come"),
        ("seed", ""),
        ("seats", {}),
        ("seats", {"s3-ami": (4, 3)}),
        ("seats", {"s2-ami": (0, 3)}),
        ("period", "s9"),
    ],
)
def test_a_draft_names_the_field_to_blame(nine, field, value):
    with pytest.raises(Invalid) as refused:
        nine.draft(**{field: value})
    assert list(refused.value.fields) == [field]
    with acting(nine.world.system()):
        assert not AllocationRound.objects.exists()


def test_a_window_opens_before_it_closes(nine):
    with pytest.raises(Invalid):
        nine.draft(closes_at=nine.opens)


def test_drafting_needs_the_right_and_the_consortium(nine):
    who = {"period": "s3", "title": "T", "opens_at": nine.opens, "closes_at": nine.closes}
    who |= {"zone": "UTC", "policy": "rank_maximal", "seed": "s", "seats": {"s3-ami": (0, 9)}}
    intake = intake_of(nine.world)
    for actor in (nine.world.staff(Role.COMMITTEE), nine.student(1), nine.world.partner()):
        with pytest.raises(NotAllowed):
            rounds.draft_round(intake.pk, actor=actor, at=nine.at, **who)
    with pytest.raises(NotFound):
        rounds.draft_round(intake.pk, actor=nine.world.staff(slug="arts"), at=nine.at, **who)


def test_seats_for_fewer_than_the_students_are_refused_with_the_numbers(nine):
    nine.draft(seats=dict.fromkeys(S3, (0, 2)))
    with pytest.raises(Conflict) as refused:
        nine.act("open_round")
    assert "9 students and 6 seats" in refused.value.fact
    assert nine.row().state == "draft"


def test_least_numbers_beyond_the_students_are_refused(nine):
    nine.draft(seats=dict.fromkeys(S3, (4, 9)))
    with pytest.raises(Conflict, match="9 students, and 12 are needed"):
        nine.act("open_round")


def test_a_round_opens_before_its_deadline_and_alone(nine):
    nine.draft()
    with pytest.raises(WindowClosed):
        nine.act("open_round", at=nine.closes)
    nine.act("open_round", at=nine.opens)
    nine.draft(title="Another")
    with pytest.raises(Conflict, match="Another one"):
        nine.act("open_round", at=nine.opens)


def test_opening_tells_each_student_once(open_):
    with acting(open_.world.system()):
        told = OutboxMessage.objects.filter(key__startswith="round-opened")
        assert sorted(told.values_list("to", flat=True)) == [email(n) for n in range(1, 10)]
        assert "Ljubljana" not in "".join(told.values_list("body", flat=True))


def test_a_student_sees_a_round_from_its_opening_on(nine):
    nine.draft()
    with pytest.raises(NotFound):
        nine.wish(3, "s3-ami")
    nine.act("open_round")
    assert len(nine.wish(3, "s3-ami")) == 1


# -- close and decide


def test_a_round_closes_at_its_deadline_and_is_decided_after(open_):
    with pytest.raises(WindowClosed):
        open_.act("close_round", at=open_.closes - timedelta(seconds=1))
    with pytest.raises(WrongState):
        open_.act("decide", at=open_.closes)
    assert open_.row().state == "open"
    open_.act("close_round", at=open_.closes)
    assert open_.row().state == "closed"


def test_the_plan_keeps_seats_rules_and_wishes(decided):
    hosts = decided.hosts()
    assert sorted(hosts.values()) == sorted(S3 * 3)
    assert hosts["STU-0001"] != "s3-ami" != hosts["STU-0002"]
    result = decided.result()
    # Ranks count open options, so Ljubljana is a first choice for students 1 and 2: with three in
    # Amiens that makes five, one seat in Ljubljana is left, and three take Bilbao as their third.
    assert (result["profile"], result["proven"], result["checked"]) == (
        [5, 1, 3],
        True,
        "proved",
    )
    assert result["objective"] == result["bound"]
    assert (result["policy"], result["seed"]) == ("rank_maximal", "class-1")
    assert decided.row().fingerprint == result["fingerprint"]
    assert rounds.replay(decided.pk, actor=decided.world.staff()) is True


def test_each_place_says_why_in_words(closed):
    """The wish of student 2 for Amiens is from before a rule closed it."""
    with acting(closed.world.system()):
        amiens, student = Offering.objects.get(code="s3-ami"), closed.students[1]
        of = {"consortium_id": student.consortium_id, "round_id": closed.pk, "enrolment": student}
        Preference.objects.filter(enrolment=student).update(rank=F("rank") + 1)
        Preference.objects.create(**of, offering=amiens, rank=1, saved_at=closed.opens)
    decided = closed
    decided.act("decide", at=closed.closes)
    by_reference = {p["reference"]: p for p in decided.result()["places"]}
    french = by_reference["STU-0002"]
    (amiens,) = [a for a in french["alternatives"] if a["offering"] == "s3-ami"]
    assert amiens["binds"] == "rule"
    assert amiens["sentence"].startswith(
        "University AMI: the counting periods are in France and Poland, and France is"
    )
    assert "Source: the guide." in amiens["sentence"]
    lucky = next(p for p in by_reference.values() if p["offering"] == "s3-ami")
    assert (lucky["rank"], lucky["alternatives"]) == (1, [])
    assert lucky["reason"] == "University AMI: wish 1 of 3."


def test_planned_places_are_seen_by_the_office_alone(decided):
    world = decided.world
    with acting(world.system()):
        assert Placement.objects.filter(state="planned", round_id=decided.pk).count() == 9
    for actor in (decided.student(3), world.partner("lju")):
        with acting(actor):
            rows = Placement.objects.filter(period__code="s3")
            assert (rows.count(), rows.for_actor(actor).count()) == (0, 0)
    with pytest.raises(NotFound):
        rounds.outcome(decided.pk, actor=decided.student(3))
    assert rounds.outcome(decided.pk, actor=world.staff())["profile"] == [5, 1, 3]


def test_deciding_again_gives_the_same_and_writes_nothing(decided):
    world, before = decided.world, decided.result()
    with acting(world.system()):
        kept = sorted(Placement.objects.values_list("pk", flat=True))
        moves = Transition.objects.count()
    decided.act("decide", at=decided.closes + timedelta(days=1))
    assert decided.result() == before
    with acting(world.system()):
        assert sorted(Placement.objects.values_list("pk", flat=True)) == kept
        assert Transition.objects.count() == moves


def test_a_plan_is_made_anew_when_somebody_left(decided):
    before = decided.row().fingerprint
    withdraw(decided.students[8].pk, actor=decided.world.staff(), at=decided.closes, reason="Ill.")
    decided.act("decide", at=decided.closes)
    assert decided.row().fingerprint != before
    assert len(decided.hosts()) == 8
    with acting(decided.world.system()):
        assert Placement.objects.filter(round_id=decided.pk).count() == 8


def test_a_plan_is_not_published_past_somebody_who_joined(decided):
    account_for("late@example.org")
    late = enrolled(decided.world, decided.at, email="late@example.org", number=30)
    with pytest.raises(Conflict, match="1 joined and 0 left"):
        decided.act("publish", at=decided.closes)
    assert decided.row().state == "decided"
    withdraw(late.pk, actor=decided.world.staff(), at=decided.closes, reason="A mistake.")
    assert decided.act("publish", at=decided.closes).state == "published"


@pytest.mark.parametrize("policy", ["rank_maximal", "least_dissatisfaction", "merit_respected"])
def test_equal_inputs_give_one_plan_under_every_policy(nine, policy):
    basis = "The mean mark" if policy == "merit_respected" else ""
    nine.draft(policy=policy, merit_basis=basis)
    merits = {s.reference: 100 - n for n, s in enumerate(nine.students)}
    nine.act("open_round", merits=merits)
    nine.all_wish()
    nine.act("close_round", at=nine.closes)
    nine.act("decide", at=nine.closes)
    first = nine.result()
    assert rounds.replay(nine.pk, actor=nine.world.staff()) is True
    if policy == "merit_respected":
        assert [r for r, o in nine.hosts().items() if o == "s3-ami"] == [
            "STU-0003",
            "STU-0004",
            "STU-0005",
        ]
    with acting(nine.world.system()):
        Placement.objects.filter(round_id=nine.pk).delete()
        AllocationRound.objects.filter(pk=nine.pk).update(fingerprint="", state="closed")
    nine.act("decide", at=nine.closes + timedelta(days=1))
    assert nine.result() == first


def test_respecting_merit_needs_a_merit_for_everybody(nine):
    nine.draft(policy="merit_respected", merit_basis="The mean mark")
    with pytest.raises(Incomplete, match="8 students have none"):
        nine.act("open_round", merits={"STU-0001": 1})


def test_a_round_without_a_plan_says_which_demands_clash_and_writes_nothing(nine):
    nine.draft(seats={"s3-ami": (0, 8), "s3-lju": (0, 1)})
    nine.act("open_round")
    nine.act("close_round", at=nine.closes)
    with acting(nine.world.system()):
        before = (
            Transition.objects.count(),
            JournalEntry.objects.count(),
            Placement.objects.count(),
        )
    with pytest.raises(Conflict) as refused:
        nine.act("decide", at=nine.closes)
    assert "cannot all hold" in refused.value.fact
    assert "University LJU has 1 seats." in refused.value.fact
    assert nine.row().state == "closed"
    assert nine.result() == {}
    with acting(nine.world.system()):
        after = (
            Transition.objects.count(),
            JournalEntry.objects.count(),
            Placement.objects.count(),
        )
    assert after == before


def test_who_was_placed_by_hand_keeps_the_seat(closed, at):
    world = closed.world
    with acting(world.system()):
        amiens = Offering.objects.get(code="s3-ami")
    place(
        closed.students[8].pk,
        actor=world.staff(),
        at=at,
        offering_id=amiens.pk,
        reason="The board agreed.",
    )
    closed.act("decide", at=closed.closes)
    hosts = closed.hosts()
    assert "STU-0009" not in hosts
    assert list(hosts.values()).count("s3-ami") == 2


# -- publish


def test_publishing_tells_students_and_hosts_once(decided):
    world = decided.world
    published = decided.act("publish", at=decided.closes)
    assert (published.state, published.published_at) == ("published", decided.closes)
    hosts = decided.hosts()
    for number in (1, 2, 5):
        own = places(world, decided.students[number - 1])["s3"]
        assert own == (hosts[f"STU-{number:04}"].removeprefix("s3-").upper(), "announced")
        actor = decided.student(number)
        with acting(actor):
            seen = Placement.objects.for_actor(actor).get(period__code="s3")
            assert seen.reason != ""
    with acting(world.partner("lju")):
        mine = Placement.objects.for_actor(world.partner("lju")).filter(period__code="s3")
        assert mine.count() == 3
    with acting(world.system()):
        told = OutboxMessage.objects.filter(key__startswith="plan-published")
        assert sorted(told.values_list("to", flat=True)) == [email(n) for n in range(1, 10)]
        bodies = "".join(told.values_list("body", flat=True))
    assert not any(word in bodies for word in ("Ljubljana", "LJU", "Amiens", "Bilbao"))
    for again in ("publish", "decide"):
        with pytest.raises(WrongState):
            decided.act(again, at=decided.closes)


def test_students_read_the_outcome_and_never_the_plan_of_others(decided):
    decided.act("publish", at=decided.closes)
    told = rounds.outcome(decided.pk, actor=decided.student(3))
    assert (told["profile"], told["proven"]) == ([5, 1, 3], True)
    assert "places" not in told
    assert "inputs" not in told
    for actor in (decided.student(3), decided.world.partner("lju")):
        with acting(actor):
            seen = AllocationRound.objects.for_actor(actor).get(pk=decided.pk)
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                _ = seen.result


def test_publishing_needs_its_own_right(decided):
    for actor in (decided.world.staff(Role.OFFICER), decided.student(3)):
        with pytest.raises(NotAllowed):
            decided.act("publish", actor=actor, at=decided.closes)
    with pytest.raises(NotFound):
        decided.act("publish", actor=decided.world.staff(slug="arts"), at=decided.closes)


@pytest.mark.parametrize("name", ["open_round", "close_round", "decide", "publish"])
def test_a_foreign_round_does_not_exist(closed, name):
    with pytest.raises(NotFound):
        closed.act(name, actor=closed.world.staff(slug="arts"), at=closed.closes)

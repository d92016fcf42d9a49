"""What if, over nine students and three hosts: asked without a trace, adopted with a reason."""

from dataclasses import replace

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, OutboxMessage, Transition
from consortium.roles import Role
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.revisions import adopt
from mobility_tracks.domain.round_sizes import sizes_told
from mobility_tracks.domain.what_ifs import Question, ask
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Placement,
    Preference,
    RoundSeats,
)
from mobility_tracks.placement import Rule, canonical, load, verdicts
from tests.mobility_tracks.curricula import enrolled, places
from tests.mobility_tracks.round_case import decided_with_room, email


@pytest.fixture
def decided(world, at):
    return decided_with_room(world, at)


@pytest.fixture
def published(decided):
    decided.act("publish", at=decided.closes)
    return decided


def asked(round_, **question):
    return ask(round_.pk, Question(**question), actor=round_.world.staff())


def adopted(round_, reason="The board", actor=None, seen=None, **question):
    question = Question(**question)
    actor = actor or round_.world.staff()
    seen = seen or ask(round_.pk, question, actor=actor).digest
    return adopt(round_.pk, question, seen=seen, reason=reason, actor=actor, at=round_.closes)


def stays(round_):
    with acting(round_.world.system()):
        rows = Placement.objects.filter(round_id=round_.pk).order_by("enrolment__reference", "pk")
        return [*rows.values_list("enrolment__reference", "offering__code", "state")]


def counted(round_):
    with acting(round_.world.system()):
        return [
            model.objects.count() for model in (JournalEntry, Transition, OutboxMessage, Placement)
        ]


def test_asking_writes_nothing(decided):
    before, result = counted(decided), decided.result()
    answer = asked(decided, seats={"s3-ami": (0, 3)})
    assert answer.what.difference.moves
    assert (counted(decided), decided.result()) == (before, result)


def test_nothing_asked_moves_nobody(decided):
    answer = asked(decided)
    assert answer.what.difference.moves == ()
    assert answer.what.difference.before == answer.what.difference.after
    assert answer.digest == decided.result()["digest"]


def test_fewer_seats_move_exactly_those_over_them(decided):
    answer = asked(decided, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    found = answer.what.difference
    assert (found.before.sizes["s3-ami"], found.after.sizes["s3-ami"]) == (4, 3)
    assert [(move.before, move.is_worse) for move in found.moves] == [("s3-ami", True)]
    assert answer.obstacles == ()


def test_a_host_that_drops_out_and_a_student_who_would_leave(decided):
    with pytest.raises(Conflict) as refused:
        asked(decided, closed=("bil",))
    assert "4" in refused.value.fact  # nine students, eight seats left
    answer = asked(decided, closed=("bil",), gone=("STU-0009",))
    assert set(answer.what.difference.left) == {"STU-0009"}
    assert "s3-bil" not in answer.what.difference.after.sizes
    assert any("own page" in sentence for sentence in answer.obstacles)


def test_rules_and_procedure_can_be_tried_and_not_adopted(decided):
    answer = asked(decided, policy="least_dissatisfaction", groups_off=("equal-groups",))
    assert answer.what.difference.after.first_choices == 4
    assert len(answer.obstacles) == 2
    with pytest.raises(Conflict) as refused:
        adopted(decided, groups_off=("equal-groups",))
    assert "a new version of it" in refused.value.fact


def test_what_is_not_in_the_round_is_refused(decided):
    with pytest.raises(Invalid) as refused:
        asked(decided, closed=("nowhere",))
    assert "Host nowhere is not in this round." in refused.value.fact


def test_it_is_asked_of_a_decided_round_by_who_runs_rounds(world, at, decided):
    other = nine_drafted(decided)
    with pytest.raises(WrongState):
        ask(other, Question(), actor=world.staff())
    with pytest.raises(NotFound):
        ask(decided.pk, Question(), actor=world.staff(Role.COMMITTEE))


def nine_drafted(round_):
    pk = round_.pk
    other = round_.draft(title="Another").pk
    round_.pk = pk
    return other


def test_an_adopted_answer_is_the_plan_with_its_proof(decided):
    answer = asked(decided, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    adopted(decided, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    result = decided.result()
    assert (result["digest"], result["checked"]) == (answer.digest, "proved")
    with acting(decided.world.system()):
        assert RoundSeats.objects.get(round_id=decided.pk, offering__code="s3-ami").most == 3
        last = Transition.objects.filter(subject_id=str(decided.pk)).order_by("at", "pk").last()
        assert (last.event, last.reason) == ("decide", "The board")
    planned = {reference: code for reference, code, _state in stays(decided)}
    assert planned == dict(answer.what.plan.assignment)


def test_what_is_adopted_is_what_was_shown(decided):
    with pytest.raises(Conflict) as refused:
        adopted(decided, seen="another", seats={"s3-ami": (0, 3)})
    assert "Something has changed since" in refused.value.fact
    with pytest.raises(Invalid):
        adopted(decided, reason=" ", seats={"s3-ami": (0, 3)})


def test_a_place_by_hand_keeps_its_reason_and_is_replayed_on_top(decided):
    who = next(s for s, o in decided.hosts().items() if o == "s3-ami")
    adopted(decided, by_hand={who: ("s3-bil", "Her thesis begins there.")}, fewest_moves=True)
    assert decided.hosts()[who] == "s3-bil"
    place = next(p for p in decided.result()["places"] if p["reference"] == who)
    assert "Her thesis begins there." in place["reason"]
    decided.act("decide", at=decided.closes)  # afresh: the place by hand stays
    assert decided.hosts()[who] == "s3-bil"
    with pytest.raises(Invalid):
        adopted(decided, by_hand={who: ("s3-lju", "")})


def test_a_published_plan_is_revised_for_those_alone_who_move(published):
    before = stays(published)
    answer = asked(published, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    (move,) = answer.what.difference.moves
    sent = messages(published)
    adopted(published, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    after = stays(published)
    assert [each for each in after if each[0] != move.student] == [
        each for each in before if each[0] != move.student
    ]
    assert [(code, state) for who, code, state in after if who == move.student] == [
        ("s3-ami", "cancelled"),
        (move.after, "announced"),
    ]
    number = int(move.student.removeprefix("STU-"))
    assert messages(published) - sent == {(email(number), "your place has changed")}
    assert published.row().state == "published"


def messages(round_):
    with acting(round_.world.system()):
        rows = OutboxMessage.objects.values_list("to", "subject")
        return {(to, subject.partition(": ")[2]) for to, subject in rows}


def test_after_a_withdrawal_nobody_moves_and_the_seat_is_free(published, world):
    gone = published.students[8]
    withdraw(gone.pk, actor=world.staff(), at=published.closes, reason="Another master.")
    answer = asked(published, fewest_moves=True)
    assert set(answer.what.difference.left) == {"STU-0009"}
    assert answer.what.difference.moves == ()
    adopted(published, fewest_moves=True)
    assert "STU-0009" not in {p["reference"] for p in published.result()["places"]}


def test_a_newcomer_takes_what_is_free(published, world, at):
    account_for(email(10))
    late = enrolled(world, at, email=email(10), number=10, residence="KE")
    answer = asked(published, fewest_moves=True)
    assert set(answer.what.difference.joined) == {"STU-0010"}
    assert answer.what.difference.moves == ()
    adopted(published, fewest_moves=True)
    assert places(world, late)["s3"][1] == "announced"


def closed_to(answer, reference):
    """By the rules of the answer's round."""
    problem = answer.what.problem
    student = problem.student(reference)
    return {option.id for option in problem.options if [*verdicts(problem, student, option)]}


def test_rules_hold_for_who_comes_later_and_follow_a_corrected_residence(published, world, at):
    account_for(email(10))
    enrolled(world, at, email=email(10), number=10, residence="PL")
    with acting(world.system()):
        Enrolment.objects.filter(reference="STU-0002").update(residence_country="ES")
    answer = asked(published, fewest_moves=True)
    assert closed_to(answer, "STU-0010") == closed_to(answer, "STU-0001") == {"s3-ami"}
    assert closed_to(answer, "STU-0002") == set()
    assert answer.what.difference.joined["STU-0010"] != "s3-ami"
    assert closed_to(asked(published, rules_off=("mandatory-mobility",)), "STU-0001") == set()


def test_a_rule_that_closes_nothing_any_more_is_still_there_to_leave_out(decided):
    with acting(decided.world.system()):
        Enrolment.objects.filter(residence_country__in=("PL", "FR")).update(residence_country="ES")
    (rule,) = asked(decided).what.problem.rules
    assert (rule.id, rule.parameters["students"]) == ("mandatory-mobility", ())
    assert asked(decided, rules_off=("mandatory-mobility",)).what.problem.rules == ()


def test_an_earlier_round_keeps_rules_that_judge_by_themselves(decided, world, at):
    account_for(email(10))
    enrolled(world, at, email=email(10), number=10, residence="PL")
    old = Rule("old", "mandatory_mobility", {"countries": 2, "inside": 1, "later_periods": 0})
    with acting(world.system()):
        row = AllocationRound.objects.get(pk=decided.pk)
        inputs = replace(load(row.result["inputs"]), rules=(old,))
        row.result["inputs"] = canonical(inputs)
        row.save(update_fields=["result"])
    answer = asked(decided)
    assert answer.what.problem.rules == (old,)
    assert closed_to(answer, "STU-0010") == {"s3-ami"}


def test_a_published_plan_is_revised_by_who_publishes(published, world):
    with pytest.raises(NotAllowed):
        adopted(published, actor=world.staff(Role.OFFICER), seats={"s3-ami": (0, 3)})


def test_a_stay_that_has_begun_is_not_moved(published):
    answer = asked(published, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    (move,) = answer.what.difference.moves
    with acting(published.world.system()):
        Placement.objects.filter(enrolment__reference=move.student, round_id=published.pk).update(
            state="arrived"
        )
    before = published.result()
    with pytest.raises(Conflict) as refused:
        adopted(published, seats={"s3-ami": (0, 3)}, fewest_moves=True)
    assert "have begun" in refused.value.fact
    assert published.result() == before


def test_wishes_for_a_host_that_is_gone_are_no_wishes_any_more(decided):
    adopted(decided, closed=("bil",), seats={"s3-ami": (0, 5), "s3-lju": (0, 5)})
    with acting(decided.world.system()):
        assert Preference.objects.filter(offering__code="s3-bil").exists()
    decided.act("decide", at=decided.closes)
    assert set(decided.hosts().values()) == {"s3-ami", "s3-lju"}


def test_hosts_read_why_so_many_come_once_it_is_published(decided, world):
    partner = world.partner("lju")

    def told():
        with acting(partner):
            rows = Offering.objects.for_actor(partner, "view").filter(host__in=partner.parties)
            return sorted(sizes_told(rows, actor=partner).values())

    assert told() == []
    decided.act("publish", at=decided.closes)
    (sentence,) = told()
    assert sentence.startswith("University LJU: 4 students on 4 seats (")
    assert "Every seat is taken." in sentence
    assert "STU-" not in sentence

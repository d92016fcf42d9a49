"""What-if: the exact list of moves and figures, the fewest moves, and places given by hand."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from bench.cohorts import intake
from mobility_tracks.placement import (
    Arrived,
    ByHand,
    Group,
    GroupOff,
    HostOff,
    Infeasible,
    NewGroup,
    NewPolicy,
    NewRule,
    NewSeats,
    Policy,
    PolicyKind,
    ProblemInvalid,
    Rule,
    RuleOff,
    Seats,
    Student,
    Withdrawn,
    certify,
    explain,
    figures,
    fingerprint,
    load,
    solve,
    verify,
    what_if,
)
from mobility_tracks.placement.record import canonical
from tests.mobility_tracks.placement_cases import (
    KINDS,
    YEAR_1,
    cohort,
    imesc,
    option,
    random_problem,
)

SPANISH = Rule("spanish", "requires_language", {"language": "es", "options": ("bilbao",)})


@pytest.fixture(scope="module")
def round_():
    problem = imesc(cohort())
    return problem, solve(problem)


def moved(answer):
    return {m.student: (m.before, m.after) for m in answer.difference.moves}


def differing(one, other):
    return {s: (one[s], other[s]) for s in one if s in other and one[s] != other[s]}


CHANGES = [
    (NewSeats("bilbao", Seats(12)),),
    (NewSeats("bilbao", Seats(4)), NewSeats("ljubljana", Seats(20))),
    (RuleOff("mobility"),),
    (NewPolicy(Policy(PolicyKind.LEAST_DISSATISFACTION, 2)),),
    (HostOff("bilbao"), NewSeats("amiens", Seats(20)), NewSeats("ljubljana", Seats(20))),
    (NewGroup(Group("pair", ("bilbao", "amiens"), Seats(18))), NewSeats("ljubljana", Seats(12))),
    (Withdrawn("S05"), Withdrawn("S06")),
    (
        Withdrawn("S05"),
        Arrived(Student("new", (("amiens",),), residence_country="IN", visited=YEAR_1)),
    ),
    (ByHand("S07", "bilbao", "A laboratory was promised."),),
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda row: type(row[0]).__name__)
@pytest.mark.parametrize("fewest_moves", [False, True])
def test_what_if_lists_exactly_who_moves_and_every_figure(round_, changes, fewest_moves):
    problem, plan = round_
    answer = what_if(problem, plan, changes, fewest_moves=fewest_moves)
    assert moved(answer) == differing(plan.assignment, answer.plan.assignment)
    told = answer.difference
    assert told.before == figures(problem, plan)
    assert told.after == figures(answer.problem, answer.plan)
    assert sum(told.after.sizes.values()) == told.after.students - told.after.unplaced
    assert set(told.left) == plan.assignment.keys() - answer.plan.assignment.keys()
    assert set(told.joined) == answer.plan.assignment.keys() - plan.assignment.keys()
    for move in told.moves:
        ranks = [wish[0] for wish in problem.student(move.student).ranks]
        assert move.rank_before == ranks.index(move.before) + 1
        # After a host has left, the list is shorter; ranks count in the list as it then is.
        after = [wish[0] for wish in answer.problem.student(move.student).ranks]
        assert move.rank_after == after.index(move.after) + 1
    certificate = certify(answer.problem, answer.plan)
    assert verify(answer.problem, answer.plan, certificate).optimal == "proved"


def test_what_if_changes_nothing_of_the_round_it_is_asked_about(round_):
    problem, plan = round_
    before = fingerprint(problem)
    what_if(problem, plan, [NewSeats("bilbao", Seats(12)), Withdrawn("S01")])
    assert fingerprint(problem) == before
    assert solve(problem) == plan
    assert what_if(problem, plan, []).difference.moves == ()


def test_what_if_more_seats_where_they_were_short_serves_more_first_choices():
    crowd = [Student(f"s{n}", (("a",), ("b",))) for n in range(4)]
    problem = imesc(crowd, options=(option("a", 1), option("b", 3)), rules=())
    answer = what_if(problem, solve(problem), [NewSeats("a", Seats(3))])
    told = answer.difference
    assert (told.before.first_choices, told.after.first_choices) == (1, 3)
    assert (told.before.sum_of_ranks, told.after.sum_of_ranks) == (7, 5)
    assert (told.before.sizes, told.after.sizes) == ({"a": 1, "b": 3}, {"a": 3, "b": 1})
    assert [(m.before, m.after, m.rank_before, m.rank_after) for m in told.moves] == (
        [("b", "a", 2, 1)] * 2
    )
    assert not any(move.is_worse for move in told.moves)


def test_what_if_capacity_under_the_number_placed_moves_or_says_what_collides(round_):
    problem, plan = round_
    with pytest.raises(Infeasible) as refusal:
        what_if(problem, plan, [NewSeats("amiens", Seats(3))])
    assert "amiens has 3 seats." in refusal.value.conflict.sentences


def test_what_if_withdrawal_with_the_fewest_moves_moves_nobody(round_):
    problem, plan = round_
    answer = what_if(problem, plan, [Withdrawn("S03")], fewest_moves=True)
    assert answer.difference.moves == ()
    assert answer.difference.left == {"S03": plan.assignment["S03"]}
    assert answer.plan.stages[0].value == 0


def test_what_if_newcomer_takes_the_free_seat_before_anybody_moves(round_):
    problem, plan = round_
    newcomer = Student("new", (("bilbao",), ("ljubljana",), ("amiens",)), visited=YEAR_1)
    gone = next(s for s, o in plan.assignment.items() if o == "amiens")
    changes = [Withdrawn(gone), Arrived(newcomer)]
    answer = what_if(problem, plan, changes, fewest_moves=True)
    assert answer.difference.moves == ()
    assert answer.difference.joined == {"new": "amiens"}
    french = replace(newcomer, residence_country="FR")
    answer = what_if(problem, plan, [changes[0], Arrived(french)], fewest_moves=True)
    assert len(answer.difference.moves) == 1
    assert answer.difference.joined["new"] != "amiens"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limits", [False, True])
def test_what_if_fewest_moves_equals_looking_at_every_plan(kind, limits):
    from tests.mobility_tracks.brute import every_plan

    random, asked = Random(f"fewest {kind} {limits}"), 0
    while asked < 40:
        problem = random_problem(random, kind, limits=limits)
        try:
            plan = solve(problem)
            leaving = random.choice(sorted(plan.assignment))
            answer = what_if(problem, plan, [Withdrawn(leaving)], fewest_moves=True)
        except Infeasible:
            continue
        stay = answer.problem.students
        fewest = min(
            sum(plan.assignment[s.id] != place for s, place in zip(stay, places, strict=True))
            for places in every_plan(answer.problem)
        )
        assert len(answer.difference.moves) == fewest
        asked += 1


def test_what_if_shuffled_input_gives_the_same_answer(round_):
    problem, plan = round_
    random = Random("order")
    mixed = replace(problem, students=tuple(random.sample(problem.students, 30)))
    changes = [Withdrawn("S02"), NewSeats("bilbao", Seats(8)), NewSeats("ljubljana", Seats(12))]
    one = what_if(problem, plan, changes, fewest_moves=True)
    other = what_if(mixed, solve(mixed), changes, fewest_moves=True)
    assert one.plan == other.plan
    assert one.difference.moves == other.difference.moves


def test_by_hand_is_replayed_on_top_and_what_it_breaks_is_told(round_):
    problem, plan = round_
    french = next(s for s in problem.students if s.residence_country == "FR")
    by_hand = ByHand(french.id, "amiens", "The ministry asked for it.")
    answer = what_if(problem, plan, [by_hand])
    assert answer.plan.assignment[french.id] == "amiens"
    assert answer.plan.counts["amiens"] == 10
    (verdict,) = answer.by_hand[french.id]
    assert verdict.source == "Erasmus Mundus mandatory mobility"
    report = verify(answer.problem, answer.plan)
    assert report.optimal == "proved"
    moved_back = replace(answer.plan, assignment={**answer.plan.assignment, french.id: "bilbao"})
    assert "which was given by hand" in verify(answer.problem, moved_back).findings[0]
    reason = explain(answer.problem, answer.plan, probe=False)[french.id]
    assert reason.sentence == "amiens: placed by hand. The ministry asked for it."
    assert reason.refusals == ()
    assert canonical(load(canonical(answer.problem))) == canonical(answer.problem)


def test_by_hand_against_an_own_reason_is_told_and_allowed_choices_are_not_touched():
    students = [Student("s0", (("a",),), {"b": "care at home"}), Student("s1", (("b",),))]
    problem = imesc(students, options=(option("a", 2), option("b", 2)), rules=())
    answer = what_if(problem, solve(problem), [ByHand("s0", "b", "No other seat.")])
    (verdict,) = answer.by_hand["s0"]
    assert verdict.fact == "the student ruled out b: care at home"
    fine = what_if(problem, solve(problem), [ByHand("s1", "a", "Wish of the host.")])
    assert fine.by_hand == {"s1": ()}
    assert fine.difference.moves[0].rank_after == 2
    assert fine.difference.moves[0].is_worse


def test_by_hand_over_the_seats_is_refused_with_the_conflict():
    students = [Student(f"s{n}") for n in range(2)]
    problem = imesc(students, options=(option("a", 1), option("b", 2)), rules=())
    both = [ByHand(s.id, "a", "Promised.") for s in students]
    with pytest.raises(Infeasible) as refusal:
        what_if(problem, solve(problem), both)
    assert refusal.value.conflict.seats == ("a",)
    assert refusal.value.conflict.students == ("s0", "s1")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (NewSeats("rome", Seats(1)), "Option rome is not in this round."),
        (RuleOff("luck"), "Rule luck is not in this round."),
        (GroupOff("equal"), "Group equal is not in this round."),
        (HostOff("rome"), "Host rome is not in this round."),
        (Withdrawn("S99"), "Student S99 is not in this round."),
        (ByHand("S99", "amiens", "Why not."), "Student S99 is not in this round."),
        (
            ByHand("S01", "rome", "Why not."),
            "Student S01 is given rome by hand, which is not offered.",
        ),
        (ByHand("S01", "amiens", " "), "Student S01 is given amiens by hand without a reason."),
        (Arrived(Student("S01")), "Student S01 is given 2 times."),
        (
            NewSeats("amiens", Seats(1, 2)),
            "Option amiens must take at least 2 students but has 1 seats.",
        ),
    ],
)
def test_what_if_change_of_what_is_not_there_is_refused_in_a_sentence(round_, change, sentence):
    problem, plan = round_
    with pytest.raises(ProblemInvalid) as refusal:
        what_if(problem, plan, [change])
    assert refusal.value.faults[0] == sentence


def test_what_if_rule_added_and_group_lifted_are_seen_in_the_plan():
    split = Group("equal", ("bilbao", "ljubljana", "amiens"), tolerance=0)
    problem = imesc(cohort(), groups=(split,))
    plan = solve(problem)
    seats = [NewSeats(o, Seats(30)) for o in ("bilbao", "ljubljana", "amiens")]
    lifted = what_if(problem, plan, [GroupOff("equal"), *seats])
    assert lifted.difference.after.sizes != lifted.difference.before.sizes
    closed = what_if(problem, plan, [NewRule(SPANISH), GroupOff("equal"), *seats])
    assert closed.difference.after.sizes["bilbao"] == 0


def test_what_if_two_stages_of_keeping_differ_in_which_comes_first():
    """First the moves: s0 stays. First the policy: s0 moves up to the seat that became free."""
    from mobility_tracks.placement import Keep

    students = [Student("s0", (("a",), ("b",)))]
    problem = imesc(students, options=(option("a", 1), option("b", 1)), rules=())
    for first, place in product([True], ["b"]):
        kept = replace(problem, keep=Keep({"s0": "b"}, first))
        assert solve(kept).assignment == {"s0": place}
    freed = replace(problem, keep=Keep({"s0": "b"}, first=False))
    plan = solve(freed)
    assert plan.assignment == {"s0": "a"}
    assert verify(freed, plan).optimal == "proved"
    large = intake(40, 6)
    answer = what_if(large, solve(large), [Withdrawn("p0003")], fewest_moves=True)
    proof = certify(answer.problem, answer.plan)
    assert verify(answer.problem, answer.plan, proof).optimal == "proved"

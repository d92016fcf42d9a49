"""Whole rounds: i-MESC, rounds without a plan, plans that were tampered with, reasons."""

from dataclasses import replace
from random import Random

import pytest

from mobility_tracks.placement import (
    Group,
    Infeasible,
    Plan,
    Policy,
    PolicyKind,
    Rule,
    Seats,
    Student,
    certify,
    explain,
    explain_option,
    solve,
    verdicts,
    verify,
)
from mobility_tracks.placement.conflict import possible, smallest_demands
from tests.mobility_tracks.placement_cases import (
    KINDS,
    YEAR_1,
    best_by_trying,
    cohort,
    imesc,
    option,
    random_problem,
    sites,
)

EQUAL = Group(
    "equal", ("bilbao", "ljubljana", "amiens"), tolerance=0, sentence="Three equal groups"
)


@pytest.mark.parametrize("kind", KINDS)
def test_solve_imesc_thirty_students_make_three_groups_of_ten(kind):
    problem = imesc(cohort(), policy=Policy(kind))
    plan = solve(problem)
    assert plan.counts == {"bilbao": 10, "ljubljana": 10, "amiens": 10}
    assert sum(plan.profile) == 30
    for student in problem.students:
        if student.residence_country in {"PL", "FR"}:
            assert plan.assignment[student.id] in {"bilbao", "ljubljana"}
    assert verify(problem, plan).optimal == "proved"


@pytest.mark.parametrize("kind", KINDS)
def test_solve_imesc_equal_split_as_a_rule_gives_the_same_plan_as_ten_seats(kind):
    seats = imesc(cohort(), policy=Policy(kind))
    split = replace(seats, options=sites(30), groups=(EQUAL,))
    plan = solve(split)
    assert plan.assignment == solve(seats).assignment
    assert verify(split, plan).optimal == "not proved"
    assert verify(split, plan, certify(split, plan)).optimal == "proved"
    assert plan.proven


def test_solve_one_more_student_than_an_equal_split_allows_needs_a_tolerance():
    problem = imesc(cohort(31), options=sites(31), groups=(EQUAL,))
    with pytest.raises(Infeasible) as refusal:
        solve(problem)
    assert refusal.value.conflict.seats == ("equal",)
    plan = solve(replace(problem, groups=(replace(EQUAL, tolerance=1),)))
    assert sorted(plan.counts.values()) == [10, 10, 11]


def test_solve_option_that_may_stay_closed_opens_only_when_full_enough():
    options = (option("a", 9), option("b", 9, least=3, closable=True))
    few = [Student(f"s{n}", (("b",), ("a",))) for n in range(2)]
    problem = imesc(few, options=options, rules=())
    assert solve(problem).counts == {"a": 2}
    assert solve(replace(problem, students=(*few, Student("s2", (("b",),))))).counts == {"b": 3}


def test_solve_more_students_than_seats_says_so():
    with pytest.raises(Infeasible) as refusal:
        solve(imesc(cohort(33)))
    conflict = refusal.value.conflict
    assert len(conflict.students) == 31
    assert conflict.seats == ("amiens", "bilbao", "ljubljana")
    assert (
        conflict.sentences[0] == "31 students must be placed: S00, S01, S02, S03, S04 and 26 more."
    )
    assert "amiens has 10 seats." in conflict.sentences


def test_solve_too_many_residents_of_france_names_rule_seats_and_students():
    with pytest.raises(Infeasible) as refusal:
        solve(imesc(cohort(30, residents=["FR"] * 21)))
    conflict = refusal.value.conflict
    assert conflict.rules == ("mobility",)
    assert conflict.seats == ("bilbao", "ljubljana")
    assert conflict.students == tuple(f"S{n:02}" for n in range(21))


def test_solve_student_who_rules_everything_out_is_named():
    reasons = dict.fromkeys(("bilbao", "ljubljana", "amiens"), "visa refused")
    with pytest.raises(Infeasible) as refusal:
        solve(imesc([Student("lone", impossible=reasons, visited=YEAR_1)]))
    assert refusal.value.conflict.students == ("lone",)
    assert refusal.value.conflict.rules == refusal.value.conflict.seats == ()
    assert "Student lone cannot take: amiens (visa refused)" in str(refusal.value)


def test_solve_least_number_nobody_may_fill_is_named():
    rule = Rule(
        "spanish",
        "requires_language",
        {"language": "es", "options": ("bilbao",)},
        "Spanish at Bilbao.",
    )
    problem = imesc(cohort(6), options=sites(10, least=2), rules=(rule,))
    with pytest.raises(Infeasible) as refusal:
        solve(problem)
    conflict = refusal.value.conflict
    assert (conflict.rules, conflict.seats, conflict.students) == (("spanish",), ("bilbao",), ())
    assert "Rule spanish: Spanish at Bilbao." in conflict.sentences
    assert "bilbao needs at least 2 students." in conflict.sentences


def test_smallest_demands_cannot_hold_but_without_any_one_they_can():
    random = Random("conflicts")
    found = 0
    while found < 25:
        problem = random_problem(random, random.choice(KINDS), limits=True)
        if best_by_trying(problem) is None:
            found += 1
            demands = smallest_demands(problem)
            assert not possible(problem, demands)
            for demand in demands:
                assert possible(problem, [other for other in demands if other != demand])


@pytest.fixture(scope="module")
def round_and_plan():
    problem = imesc(cohort())
    return problem, solve(problem)


def swapped(plan: Plan, one: str, other: str) -> Plan:
    places = dict(plan.assignment)
    places[one], places[other] = places[other], places[one]
    return replace(plan, assignment=places)


def test_verify_every_swap_of_two_students_is_refuted(round_and_plan):
    problem, plan = round_and_plan
    names = sorted(plan.assignment)
    for one in names[:10]:
        for other in names[10:]:
            if plan.assignment[one] != plan.assignment[other]:
                assert not verify(problem, swapped(plan, one, other)).accepted


def test_verify_plan_of_another_seed_is_refuted(round_and_plan):
    problem, plan = round_and_plan
    assert not verify(replace(problem, seed="other"), plan).feasible


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p: {"profile": (30,)}, "The profile is stated as (30,)"),
        (lambda p: {"unplaced": 1}, "The number of unplaced students is stated as 1"),
        (lambda p: {"indifferent": 1}, "The number of indifferent students is stated as 1"),
        (lambda p: {"stages": p.stages[:-1]}, "The stages or their values are not those"),
        (
            lambda p: {"stages": tuple(replace(s, value=s.value - 1) for s in p.stages)},
            "The stages or their values are not those",
        ),
        (
            lambda p: {"stages": tuple(replace(s, bound=s.bound - 1) for s in p.stages)},
            "Stage 1 ends at",
        ),
        (
            lambda p: {"stages": tuple(replace(s, prices={}) for s in p.stages)},
            "Stage 1: the prices prove",
        ),
        (lambda p: {"assignment": dict(list(p.assignment.items())[1:])}, "Student S00 is missing"),
        (lambda p: {"assignment": dict.fromkeys(p.assignment)}, "Student S00 has no place."),
        (
            lambda p: {"assignment": dict.fromkeys(p.assignment, "rome")},
            "Student S00 is placed in rome",
        ),
        (lambda p: {"assignment": dict.fromkeys(p.assignment, "bilbao")}, "bilbao has 30 students"),
        (
            lambda p: {"assignment": dict.fromkeys(p.assignment, "amiens")},
            "Student S00 in amiens breaks",
        ),
    ],
)
def test_verify_tampered_plan_is_refuted_in_a_sentence(round_and_plan, change, sentence):
    problem, plan = round_and_plan
    report = verify(problem, replace(plan, **change(plan)))
    assert not report.accepted
    assert report.findings[0].startswith(sentence)


def test_verify_equally_good_plan_that_ignores_the_draw_is_refuted():
    crowd = [Student(f"s{n}", (("a",), ("b",))) for n in range(2)]
    problem = imesc(crowd, options=(option("a", 1), option("b", 1)), rules=())
    plan = solve(problem)
    assert verify(problem, plan).optimal == "proved"
    report = verify(problem, swapped(plan, "s0", "s1"))
    assert report.optimal == "refuted"
    assert report.findings[0].endswith("(the draw).")


def test_verify_merit_plan_that_passes_over_the_better_is_refuted():
    crowd = [Student(f"s{n}", (("a",), ("b",)), merit=n) for n in range(2)]
    policy = Policy(PolicyKind.MERIT_RESPECTED)
    problem = imesc(crowd, options=(option("a", 1), option("b", 1)), rules=(), policy=policy)
    plan = solve(problem)
    assert plan.assignment == {"s0": "b", "s1": "a"}
    stages = tuple(replace(s, value=3 - s.value, bound=3 - s.bound) for s in plan.stages)
    report = verify(problem, replace(swapped(plan, "s0", "s1"), stages=stages))
    assert report.findings[0] == "Student s1 could be served better without harm to higher merit."


def test_verify_group_and_impossible_are_checked():
    students = [Student("s0", impossible={"a": "care"}), Student("s1"), Student("s2")]
    options = (option("a", 3), option("b", 3))
    groups = (Group("g", ("a", "b"), tolerance=1), Group("h", ("b",), Seats(2)))
    problem = imesc(students, options=options, rules=(), groups=groups)
    plan = solve(problem)
    assert verify(problem, plan).accepted
    every_b = replace(plan, assignment=dict.fromkeys(plan.assignment, "b"))
    assert [f.split(":")[0] for f in verify(problem, every_b).findings] == [
        "Group g",
        "Group h has 3 students; 0 to 2 are allowed.",
    ]
    every_a = replace(plan, assignment=dict.fromkeys(plan.assignment, "a"))
    assert verify(problem, every_a).findings == ("Student s0 ruled out a: care.",)


def test_explain_says_for_every_better_wish_what_binds(round_and_plan):
    problem, plan = round_and_plan
    reasons = explain(problem, plan)
    for student in problem.students:
        reason = reasons[student.id]
        above = [wish[0] for wish in student.ranks][: len(reason.refusals)]
        assert [refusal.option for refusal in reason.refusals] == above
        for refusal in reason.refusals:
            forbidden = list(verdicts(problem, student, problem.option(refusal.option)))
            assert refusal.binds == ("rule" if forbidden else "seats")
            assert refusal.remedy


def test_explain_flip_is_true(round_and_plan):
    problem, plan = round_and_plan
    enough = 0
    for student, reason in explain(problem, plan).items():
        for refusal in reason.refusals:
            if refusal.remedy.endswith("would be enough."):
                enough += 1
                wider = tuple(
                    replace(o, seats=Seats(11)) if o.id == refusal.option else o
                    for o in problem.options
                )
                place = solve(replace(problem, options=wider)).assignment[student]
                wishes = [wish[0] for wish in problem.student(student).ranks]
                assert wishes.index(place) <= wishes.index(refusal.option)
    assert enough


def test_explain_names_full_seats_merit_rule_group_and_least():
    crowd = [Student(f"s{n}", (("a",), ("b",)), merit=n) for n in range(3)]
    base = imesc(
        crowd,
        options=(option("a", 1), option("b", 3)),
        rules=(),
        policy=Policy(PolicyKind.MERIT_RESPECTED),
    )
    reasons = explain(base, solve(base))
    assert reasons["s1"].refusals[0].sentence == (
        "a: all 1 seats are taken (1 with it as choice 1)."
        " Lowest merit there: 2; this student's merit: 1."
    )
    assert reasons["s1"].refusals[0].remedy == "One more seat at a would be enough."
    assert reasons["s0"].refusals[0].remedy == "One more seat at a would not be enough."
    even = replace(
        base,
        options=(option("a", 3), option("b", 3)),
        groups=(Group("g", ("a", "b"), tolerance=1),),
    )
    (refusal,) = explain(even, solve(even))["s0"].refusals
    assert refusal.sentence == "a: free seats, but Group g (a, b) allows no more."
    assert refusal.remedy == "Group g (a, b) wider by one would not be enough."
    least = replace(base, options=(option("a", 3), option("b", 3, least=1)))
    (refusal,) = explain(least, solve(least), probe=False)["s0"].refusals
    assert (refusal.binds, refusal.sentence) == ("limit", "a: b needs its least number, 1.")
    closed = replace(base, options=(option("a", 9, least=4, closable=True), option("b", 3)))
    (refusal,) = explain(closed, solve(closed))["s0"].refusals
    assert refusal.sentence == "a stays closed; it opens from 4 students."


def test_a_host_reads_how_many_come_and_why_that_many():
    """Two and two of four, and one cannot go to `a`: balance, not seats, keeps it at two."""
    students = [
        Student("s0", (("b",),), impossible={"a": "the student's own reason"}),
        *(Student(f"s{n}", (("a",), ("b",))) for n in (1, 2, 3)),
    ]
    even = Group("even", ("a", "b"), tolerance=0, sentence="Equal groups.")
    problem = imesc(students, options=(option("a", 4), option("b", 4)), rules=(), groups=(even,))
    plan = solve(problem)
    assert explain_option(problem, plan, "a") == (
        "a: 2 students on 4 seats (2 with it as choice 1). A first choice of 3; closed to 1 of 4."
        " One more would break: Equal groups."
    )


def test_explain_silence_no_place_and_unlisted_place():
    students = [Student("s0"), Student("s1", (("a",),)), Student("s2", (("a",),))]
    policy = Policy(PolicyKind.RANK_MAXIMAL, allow_unplaced=True)
    problem = imesc(students, options=(option("a", 1), option("b", 1)), rules=(), policy=policy)
    plan = solve(problem)
    assert plan.unplaced == 1
    sentences = {reason.sentence for reason in explain(problem, plan).values()}
    assert "No place: see what stood against each wish." in sentences
    assert len(sentences) == 3
    assert explain_option(problem, plan, "a").startswith("a: 1 students on 1 seats (1 with")
    widest = replace(problem, students=students[1:], policy=Policy(PolicyKind.RANK_MAXIMAL))
    listed = [reason.sentence for reason in explain(widest, solve(widest)).values()]
    assert "b: not among the wishes given, none of which could be met." in listed

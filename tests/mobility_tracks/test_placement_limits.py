"""Balance between parts of a group, and options that open once others are full."""

import json
from dataclasses import replace

import pytest

from mobility_tracks.placement import (
    Group,
    GroupOff,
    HostOff,
    Infeasible,
    NewSeats,
    Overflow,
    OverflowOff,
    Policy,
    PolicyKind,
    ProblemInvalid,
    Seats,
    Student,
    Withdrawn,
    canonical,
    certify,
    explain,
    explain_option,
    fingerprint,
    load,
    solve,
    verify,
    what_if,
)
from mobility_tracks.placement.changes import changed
from mobility_tracks.placement.limits import broken_limits
from mobility_tracks.placement.proof.file import read, write
from mobility_tracks.placement.proof.telling import PROVED, answer
from tests.mobility_tracks.placement_cases import KINDS, cohort, imesc, option

# Four ways, of which two pass the same host each.
WAYS = ("nice-a", "nice-b", "oulu-a", "oulu-b")
PARTS = (("nice-a", "nice-b"), ("oulu-a", "oulu-b"))
HOSTS = Group("hosts", WAYS, tolerance=0, parts=PARTS, sentence="Both hosts alike")
LATER = Overflow("later", ("c",), ("a", "b"), "Cork last", "Agreement 7")


def ways(seats=9):
    return tuple(option(name, seats, host=name.split("-")[0]) for name in WAYS)


def by_host(students=6, **changes):
    """All want the first way to Nice, then the first to Oulu."""
    crowd = [Student(f"s{n}", (("nice-a",), ("oulu-a",)), merit=n) for n in range(students)]
    values = {"options": ways(), "rules": (), "groups": (HOSTS,)}
    return imesc(crowd, **values | changes)


def with_overflow(students=4, **changes):
    """Everybody wants c, which opens once a (one seat) and b (two seats) are full."""
    crowd = [Student(f"s{n}", (("c",), ("b",), ("a",)), merit=n) for n in range(students)]
    options = (option("a", 1), option("b", 2), option("c", 9))
    values = {"options": options, "rules": (), "overflows": (LATER,)}
    return imesc(crowd, **values | changes)


def after_group(**changes):
    """The same, with a and b together as one group that has three seats."""
    hall = Group("hall", ("a", "b"), Seats(3))
    options = tuple(option(name, 9) for name in "abc")
    overflow = replace(LATER, after=("hall",))
    return with_overflow(options=options, groups=(hall,), overflows=(overflow,), **changes)


def placed(problem, assignment):
    return replace(solve(problem), assignment=assignment)


@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_balanced_not_the_options_in_them(kind):
    problem = by_host(policy=Policy(kind))
    plan = solve(problem)
    assert plan.counts == {"nice-a": 3, "oulu-a": 3}
    assert verify(problem, plan, certify(problem, plan)).optimal == "proved"
    single = replace(problem, groups=(replace(HOSTS, parts=()),))
    with pytest.raises(Infeasible):
        solve(single)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", [with_overflow, after_group])
def test_overflow_opens_only_when_all_before_it_is_full(kind, case):
    for students, inside in ((2, 0), (3, 0), (4, 1), (6, 3)):
        problem = case(students=students, policy=Policy(kind))
        plan = solve(problem)
        assert plan.counts.get("c", 0) == inside
        assert verify(problem, plan, certify(problem, plan)).optimal == "proved"


def test_verify_plan_that_breaks_the_balance_of_parts_is_refuted():
    problem = by_host()
    assert verify(problem, placed(problem, solve(problem).assignment)).feasible
    every = placed(problem, dict.fromkeys(solve(problem).assignment, "nice-b"))
    report = verify(problem, every)
    assert not report.feasible
    assert report.findings == ("Group hosts: sizes [6, 0] differ by more than 0.",)
    told = list(broken_limits(problem, every.counts))
    assert [(v.rule, v.fact) for v in told] == [
        (
            "Both hosts alike",
            "sizes differ by more than 0 (nice-a + nice-b: 6, oulu-a + oulu-b: 0)",
        )
    ]


@pytest.mark.parametrize(
    ("case", "name", "fact"),
    [
        (with_overflow, "b", "Overflow later is open, but b has 1 of 2 students."),
        (after_group, "hall", "Overflow later is open, but hall has 2 of 3 students."),
    ],
)
def test_verify_plan_that_opens_too_early_is_refuted(case, name, fact):
    problem = case()
    early = placed(problem, {"s0": "a", "s1": "b", "s2": "c", "s3": "c"})
    report = verify(problem, early)
    assert (report.feasible, report.findings) == (False, (fact,))
    (told,) = broken_limits(problem, early.counts)
    assert (told.rule, told.source) == ("Cork last", "Agreement 7")
    assert told.remedy == f"As many students at {name} as it has seats"


def test_certificate_of_the_round_without_the_overflow_proves_nothing_here():
    free = replace(after_group(students=6), overflows=())
    plan = solve(free)
    certificate = certify(free, plan)
    assert verify(free, plan, certificate).optimal == "proved"
    bound = after_group(students=6)
    inside = solve(bound)
    assert verify(bound, inside, certify(bound, inside)).optimal == "proved"
    assert verify(bound, inside, certificate).optimal == "refuted"


def test_conflict_names_the_overflow_and_the_seats_it_waits_for():
    least = (option("a", 1), option("b", 2), option("c", 9, least=1))
    with pytest.raises(Infeasible) as refusal:
        solve(with_overflow(students=2, options=least))
    conflict = refusal.value.conflict
    assert (conflict.overflows, conflict.students) == (("later",), ())
    assert set(conflict.seats) <= {"a", "b", "c"}
    assert "Cork last: c opens only once a, b are full." in conflict.sentences
    assert "c needs at least 1 students." in conflict.sentences
    solve(with_overflow(students=4, options=least))


def test_conflict_of_what_is_given_by_hand_is_named_where_nobody_must_be_placed():
    students = [Student(f"s{n}", given="a", given_because="Promised.") for n in range(2)]
    policy = Policy(PolicyKind.RANK_MAXIMAL, allow_unplaced=True)
    with pytest.raises(Infeasible) as refusal:
        solve(imesc(students, options=(option("a", 1),), rules=(), policy=policy))
    conflict = refusal.value.conflict
    assert (conflict.seats, conflict.students) == (("a",), ("s0", "s1"))


def test_explain_a_wish_that_opens_later_says_how_many_seats_are_taken():
    problem = with_overflow(students=2)
    plan = solve(problem)
    (refusal,) = explain(problem, plan)["s0"].refusals[:1]
    assert refusal.binds == "limit"
    assert refusal.sentence == (
        "c opens only once a is full: 0 of 1 seats are taken. Source: Agreement 7."
    )
    assert refusal.remedy == "c open from the start would be enough."
    assert explain_option(problem, plan, "c").endswith(
        "c opens only once a is full: 0 of 1 seats are taken."
    )


def test_explain_who_must_stay_where_it_is_full_while_others_are_in_the_overflow():
    problem = with_overflow(policy=Policy(PolicyKind.MERIT_RESPECTED))
    plan = solve(problem)
    assert plan.assignment["s3"] == "c"
    (refusal,) = explain(problem, plan)["s2"].refusals
    assert refusal.sentence == (
        "c opens only once b is full; with this student elsewhere 1 of 2 seats would be taken."
        " Source: Agreement 7."
    )
    assert refusal.remedy == "c open from the start would be enough."


def test_explain_balance_of_parts_as_what_binds():
    problem = by_host(policy=Policy(PolicyKind.MERIT_RESPECTED))
    (refusal,) = explain(problem, solve(problem))["s0"].refusals
    assert refusal.sentence == "nice-a: free seats, but Both hosts alike allows no more."


def test_host_that_drops_out_leaves_parts_and_nobody_waits_for_it():
    problem = replace(by_host(), overflows=(Overflow("o", ("oulu-b",), ("nice-a", "oulu-a")),))
    after = changed(problem, [HostOff("nice")])
    (group,) = after.groups
    assert (group.options, group.parts) == (("oulu-a", "oulu-b"), (("oulu-a", "oulu-b"),))
    assert after.overflows == (Overflow("o", ("oulu-b",), ("oulu-a",)),)
    assert changed(problem, [HostOff("oulu")]).overflows == ()
    waiting = replace(problem, overflows=(Overflow("o", ("oulu-b",), ("nice-a",)),))
    assert changed(waiting, [HostOff("nice")]).overflows == ()
    solve(after)


def test_host_or_group_that_goes_with_a_hall_is_not_waited_for():
    problem = after_group()
    for change in (GroupOff("hall"), OverflowOff("later")):
        answer = what_if(problem, solve(problem), [change])
        assert answer.problem.overflows == ()
        assert answer.plan.counts == {"c": 4}
    both = [HostOff("a"), HostOff("b")]
    assert what_if(problem, solve(problem), both).plan.counts == {"c": 4}
    with pytest.raises(ProblemInvalid, match="Overflow sooner is not in this round"):
        changed(problem, [OverflowOff("sooner")])


def test_fewest_moves_fill_the_seat_that_a_withdrawal_frees_before_the_overflow():
    problem = with_overflow()
    plan = solve(problem)
    gone = next(s for s, place in plan.assignment.items() if place == "a")
    answer = what_if(problem, plan, [Withdrawn(gone)], fewest_moves=True)
    assert answer.plan.counts == {"a": 1, "b": 2}
    assert len(answer.difference.moves) == 1
    wider = what_if(problem, plan, [NewSeats("b", Seats(3))], fewest_moves=True)
    assert wider.plan.counts == {"a": 1, "b": 3}


def test_canonical_text_has_parts_and_overflows_only_where_there_are_some():
    plain = replace(by_host(), groups=(replace(HOSTS, parts=()),))
    told = json.loads(canonical(plain))
    assert "overflows" not in told
    names = "id options seats sentence source tolerance"
    assert set(told["groups"][0]) == set(names.split())
    for problem in (by_host(), with_overflow(), after_group()):
        assert canonical(load(canonical(problem))) == canonical(problem)
    turned = replace(
        by_host(), groups=(replace(HOSTS, parts=tuple(part[::-1] for part in PARTS[::-1])),)
    )
    assert fingerprint(turned) == fingerprint(by_host()) != fingerprint(plain)


@pytest.mark.parametrize("problem", [by_host(), with_overflow(), after_group()])
def test_file_of_a_round_with_them_is_proved(problem):
    plan = solve(problem)
    text = write(problem, plan, certify(problem, plan))
    assert answer(text)[0] == PROVED
    assert write(*read(text)) == text


def test_fingerprints_of_rounds_without_them_are_those_of_rounds_kept():
    even = Group("even", ("bilbao", "ljubljana"), Seats(25), 1, "Alike", "The agreement")
    kept = "c5e49c72f9cfb6a39be18f8abb6a9aa0bbe0b8bf18ca98e3afdb9ba632075d66"
    assert fingerprint(imesc(cohort(5), groups=(even,))) == kept


FAULTS = [
    ({"parts": (WAYS[:2], ())}, "Group hosts has an empty part."),
    ({"parts": (WAYS[:2], WAYS[2:3])}, "Group hosts has oulu-b in none of its parts."),
    ({"parts": (WAYS[:3], WAYS[2:])}, "Group hosts has oulu-a 2 times in its parts."),
    ({"parts": (WAYS, ("rome",))}, "Group hosts has a part with rome, which is not in the group."),
]


@pytest.mark.parametrize(("change", "sentence"), FAULTS, ids=[row[1] for row in FAULTS])
def test_parts_that_are_no_division_of_the_group_are_refused(change, sentence):
    with pytest.raises(ProblemInvalid) as refusal:
        solve(by_host(groups=(replace(HOSTS, **change),)))
    assert sentence in refusal.value.faults


OVERFLOW_FAULTS = [
    ({"options": ("rome",)}, "Overflow later names rome, which is not offered."),
    ({"options": ()}, "Overflow later must name one or more options, each once."),
    ({"after": ()}, "Overflow later must name one or more things to wait for, each once."),
    ({"after": ("a", "a")}, "Overflow later must name one or more things to wait for, each once."),
    ({"after": ("c",)}, "Overflow later waits for c, which is to wait itself."),
    ({"after": ("rome",)}, "Overflow later waits for rome, which is not in this round."),
    ({"after": ("even",)}, "Overflow later waits for the group even, which has no seats to fill."),
    ({"after": ("b",)}, "Overflow later waits for b, which is an option and a group."),
]


@pytest.mark.parametrize(("change", "sentence"), OVERFLOW_FAULTS, ids=str)
def test_overflow_that_names_what_cannot_be_waited_for_is_refused(change, sentence):
    groups = (Group("even", ("a", "b"), tolerance=1), Group("b", ("a",), Seats(1)))
    problem = with_overflow(groups=groups, overflows=(replace(LATER, **change),))
    with pytest.raises(ProblemInvalid) as refusal:
        solve(problem)
    assert sentence in refusal.value.faults


def test_two_overflows_with_one_id_are_refused():
    with pytest.raises(ProblemInvalid, match="Overflow later is given 2 times"):
        solve(with_overflow(overflows=(LATER, LATER)))

"""The predicates on the worked cases, and the faults an input may have."""

from dataclasses import replace

import pytest

from mobility_tracks.placement import (
    Group,
    Option,
    Policy,
    PolicyKind,
    ProblemInvalid,
    Rule,
    Seats,
    Stay,
    Student,
    solve,
    verdicts,
)
from mobility_tracks.placement.limits import broken_limits
from mobility_tracks.placement.rules import judge
from tests.mobility_tracks.placement_cases import MOBILITY, YEAR_1, imesc, option, sites

BILBAO, LJUBLJANA, AMIENS = sites()
HERE = {"visited": YEAR_1}


def allowed(rule, student, options=(BILBAO, LJUBLJANA, AMIENS)):
    return {row.id for row in options if judge(rule, student, row) is None}


@pytest.mark.parametrize(
    ("residence", "expected"),
    [
        ("IN", {"bilbao", "ljubljana", "amiens"}),
        ("ES", {"bilbao", "ljubljana", "amiens"}),
        ("SI", {"bilbao", "ljubljana", "amiens"}),
        ("PL", {"bilbao", "ljubljana"}),
        ("FR", {"bilbao", "ljubljana"}),
    ],
)
def test_mandatory_mobility_worked_cases_of_imesc(residence, expected):
    assert allowed(MOBILITY, Student("s", residence_country=residence, **HERE)) == expected


def test_mandatory_mobility_a_later_period_may_still_qualify():
    rule = replace(MOBILITY, parameters={"later_periods": 1})
    assert "amiens" in allowed(rule, Student("s", residence_country="FR", **HERE))


def test_mandatory_mobility_counts_only_counting_periods():
    visited = (replace(YEAR_1[0], counts=False), YEAR_1[1])
    assert allowed(MOBILITY, Student("s", residence_country="IN", visited=visited)) == {
        "bilbao",
        "ljubljana",
    }


def test_mandatory_mobility_two_countries_outside_the_area_do_not_suffice():
    overseas = Option("far", (Stay("S3", "x", "AU"), Stay("S4", "y", "US")), Seats(1))
    verdict = judge(MOBILITY, Student("s", residence_country="IN"), overseas)
    assert (
        verdict.remedy
        == "1 more counting period(s) in a new country, in the EU or an associated country"
    )


def test_verdict_names_rule_fact_source_and_remedy():
    problem = imesc([])
    (verdict,) = verdicts(problem, Student("s", residence_country="FR", **HERE), AMIENS)
    assert verdict.rule == MOBILITY.sentence
    assert verdict.fact == (
        "with amiens the counting countries other than FR, the country of residence, are: PL"
    )
    assert verdict.source == MOBILITY.source
    assert verdict.remedy == "1 more counting period(s) in a new country, elsewhere"


def test_not_residence_country():
    rule = Rule("r", "not_residence_country")
    assert allowed(rule, Student("s", residence_country="SI")) == {"bilbao", "amiens"}


def test_distinct_countries():
    rule = Rule("r", "distinct_countries", {"least": 3})
    assert allowed(rule, Student("s", **HERE)) == {"bilbao", "ljubljana"}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"first": "warsaw", "second": "amiens"}, {"bilbao", "ljubljana"}),
        ({"first": "FR", "second": "ES"}, {"ljubljana", "amiens"}),
        ({"first": "FR", "second": "FR"}, {"bilbao", "ljubljana"}),
        ({"first": "FR", "second": "ES", "same_year": True}, {"bilbao", "ljubljana", "amiens"}),
        ({"first": "PL", "second": "FR", "same_year": True}, set()),
    ],
)
def test_exclude_pair(parameters, expected):
    assert allowed(Rule("r", "exclude_pair", parameters), Student("s", **HERE)) == expected


def test_requires_language():
    rule = Rule("r", "requires_language", {"language": "es", "options": ("bilbao",)})
    assert allowed(rule, Student("s")) == {"ljubljana", "amiens"}
    assert "bilbao" in allowed(rule, Student("s", languages=("en", "es")))


def test_only_for_funding():
    rule = Rule("r", "only_for_funding", {"lines": ("tiger",), "options": "amiens"})
    assert allowed(rule, Student("s", funding="self")) == {"bilbao", "ljubljana"}
    assert "amiens" in allowed(rule, Student("s", funding="tiger"))
    assert "is none, not tiger" in judge(rule, Student("s"), AMIENS).fact


FAULTS = [
    ({"students": (Student("s"), Student("s"))}, "Student s is given 2 times."),
    ({"students": (Student(""),)}, "Student without an id."),
    ({"students": (Student("s", (("rome",),)),)}, "Student s ranks rome, which is not offered."),
    ({"students": (Student("s", (("bilbao",), ("bilbao",))),)}, "Student s ranks bilbao 2 times."),
    (
        {"students": (Student("s", (("bilbao",),), {"bilbao": "visa"}),)},
        "Student s ranks bilbao and says it is not possible.",
    ),
    (
        {"students": (Student("s", impossible={"rome": "visa"}),)},
        "Student s rules out rome, which is not offered.",
    ),
    ({"students": (Student("s", ((),)),)}, "Student s has an empty wish class."),
    (
        {"options": (option("a", 1, least=2),)},
        "Option a must take at least 2 students but has 1 seats.",
    ),
    ({"options": (option("a", -1, least=-1),)}, "Option a has a negative number of seats."),
    (
        {"options": (Option("a", (), Seats(1)),)},
        "Option a has no stay, so nobody knows where it leads.",
    ),
    ({"rules": (Rule("r", "luck"),)}, "Rule r is of the unknown kind luck."),
    (
        {"rules": (Rule("r", "exclude_pair", {"first": "PL"}),)},
        "Rule r (exclude_pair) lacks the parameter second.",
    ),
    ({"groups": (Group("g", ("rome",)),)}, "Group g names rome, which is not offered."),
    ({"groups": (Group("g", ()),)}, "Group g must name one or more options, each once."),
    ({"groups": (Group("g", ("bilbao",), tolerance=-1),)}, "Group g has a negative tolerance."),
    (
        {"groups": (Group("g", ("bilbao",), Seats(1, 2)),)},
        "Group g must take at least 2 students but has 1 seats.",
    ),
    (
        {"policy": Policy(PolicyKind.LEAST_DISSATISFACTION, exponent=3)},
        "The policy's exponent is 3; it may be 1 or 2.",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), FAULTS, ids=[row[1] for row in FAULTS])
def test_solve_contradictory_input_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(ProblemInvalid) as refusal:
        solve(imesc(**{"students": ()} | changes))
    assert refusal.value.faults[0] == sentence


def test_broken_limits_names_seats_groups_and_balance():
    options = (option("a", 2), option("b", 5, least=2), option("c", 5, least=2, closable=True))
    groups = (
        Group("host", ("a", "b"), Seats(3), source="Agreement 4"),
        Group("even", ("a", "b"), tolerance=1, sentence="Equal groups"),
    )
    problem = imesc([], options=options, groups=groups)
    assert [(v.rule, v.fact) for v in broken_limits(problem, {"a": 4, "b": 1})] == [
        ("Option a", "4 students on 2 seats"),
        ("Option b", "1 students where at least 2 are needed"),
        ("Group host (a, b)", "5 students on 3 seats"),
        ("Equal groups", "sizes differ by more than 1 (a: 4, b: 1)"),
    ]
    assert not list(broken_limits(problem, {"a": 1, "b": 2}))


def test_what_a_rule_lists_is_closed_and_nothing_else():
    rule = Rule(
        "r",
        "closes",
        {
            "students": ("s", "t"),
            "options": ("bilbao", "amiens"),
            "facts": ("the year is over", "no"),
            "remedies": ("another year", "yes"),
        },
        "The rule.",
        "The guide",
    )
    assert allowed(rule, Student("s")) == {"ljubljana", "amiens"}
    assert allowed(rule, Student("u")) == {"bilbao", "ljubljana", "amiens"}
    verdict = judge(rule, Student("s"), BILBAO)
    assert (verdict.rule, verdict.fact, verdict.source, verdict.remedy) == (
        "The rule.",
        "the year is over",
        "The guide",
        "another year",
    )
    fewer = replace(rule, parameters=rule.parameters | {"students": ("s",)})
    with pytest.raises(ProblemInvalid, match=r"Rule r .closes. has lists of different length"):
        solve(replace(imesc([Student("s")]), rules=(fewer,)))
    without = {k: v for k, v in rule.parameters.items() if k != "facts"}
    with pytest.raises(ProblemInvalid, match="lacks the parameter facts"):
        solve(replace(imesc([Student("s")]), rules=(replace(rule, parameters=without),)))

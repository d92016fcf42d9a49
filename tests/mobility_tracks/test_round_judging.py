"""A rule means in a round what it means in the checker: over whole ways, for one student."""

from dataclasses import replace
from pathlib import Path

import pytest

from mobility_tracks.checking import (
    Course,
    Person,
    Verdict,
    as_offered,
    check,
    judge,
    paths_of,
    ways_of,
)
from mobility_tracks.checking.judges import JUDGES
from mobility_tracks.checking.people import kinds_of
from mobility_tracks.domain.allocation.closing import closing_rules
from mobility_tracks.domain.allocation.judging import Judging
from mobility_tracks.placement import (
    Infeasible,
    Option,
    Policy,
    PolicyKind,
    Problem,
    Seats,
    Stay,
    Student,
    solve,
)
from mobility_tracks.placement.changes import RuleOff
from mobility_tracks.placement.explain import explain
from mobility_tracks.placement.record import canonical, load
from mobility_tracks.placement.rules import verdicts
from mobility_tracks.programme import Document, read_file
from tests.mobility_tracks.curricula import EMAT, S3, document

PROGRAMMES = Path(__file__).parents[2] / "programmes"
BEFORE = ("s1-waw", "s2-ami")
OWN = EMAT[EMAT.index("      mandatory-mobility:\n") : EMAT.index("intakes:\n")]


def course_with(*rules: str, more=()) -> Course:
    """The programme with these rules instead of its own, keyed a, b and so on."""
    lines = "".join(f"      {key}: {rule}\n" for key, rule in zip("abc", rules, strict=False))
    told = document(("    rules:\n" + OWN, f"    rules:\n{lines}" if rules else ""), *more)
    return Course.of(told, told.versions[0])


def told_rule(kind, parameters="{}", more=""):
    tail = f"sentence: The rule., source: The guide{more}"
    return f"{{kind: {kind}, parameters: {parameters}, {tail}}}"


def said(course, home="IN", taken=BEFORE):
    judging = Judging(course)
    return {option: judging.said(taken, option, home) for option in S3}


def closed(course, home="IN", taken=BEFORE):
    """By option that is closed, the ids of the rules of each closing."""
    found = said(course, home, taken)
    return {o: [c.rules for c in each.closings] for o, each in found.items() if each.closings}


def round_over(found, wish):
    """A round of one student who wishes `wish`, then anything, at hosts as the closings say."""
    stays = {option: (Stay("s3", option[3:], "XX"),) for option in S3}
    return Problem(
        students=(Student("STU-1", ranks=((wish,),)),),
        options=tuple(Option(option, stays[option], Seats(3)) for option in S3),
        policy=Policy(PolicyKind.RANK_MAXIMAL),
        seed="one",
        rules=tuple(closing_rules({"STU-1": found})),
    )


# kind, parameters, residence, closed options, what the fact holds, what the remedy holds
KINDS = [
    ("mandatory_mobility", "{}", "PL", {"s3-ami"}, "Poland is the country of", "1 more period"),
    (
        "distinct_countries",
        "{at_least: 3, periods: [s1, s2, s3]}",
        "IN",
        {"s3-ami"},
        "Poland and France",
        "1 more country",
    ),
    (
        "distinct_hosts",
        "{at_least: 3, periods: [s1, s2, s3]}",
        "IN",
        {"s3-ami"},
        "the way has 2 hosts",
        "1 more host",
    ),
    (
        "same_host",
        "{periods: [s2, s3]}",
        "IN",
        {"s3-lju", "s3-bil"},
        "University AMI in s2 and University",
        "One host for all",
    ),
    (
        "exclude_pair",
        "{one: [waw-emat], other: [lju]}",
        "IN",
        {"s3-lju"},
        "to University WAW verdigris and to University LJU",
        "one of the two only",
    ),
    (
        "not_residence_country",
        "{periods: [s2, s3], at_most: 1}",
        "FR",
        {"s3-ami"},
        "s2 at University AMI and s3 at University AMI: in France",
        "Another country",
    ),
    # Only the way by Bilbao ends in the laboratory whatever is chosen.
    ("outside_europe", "{at_most: 0}", "IN", {"s3-bil"}, "1 period outside", "At most 0"),
    ("visits", "{to: [ami], at_most: 1}", "IN", {"s3-ami"}, "at these hosts", "At most 1"),
    (
        "minimum_stay",
        "{period: s3, days: 200}",
        "IN",
        set(S3),
        "s3 is 153 days long",
        "200 days",
    ),
    ("ects_between", "{most: 30, hosts: [bil, lju]}", "IN", set(), "", ""),
    ("ects_between", "{least: 30, hosts: [bil, lju]}", "IN", {"s3-ami"}, "0 ECTS", "30 ECTS more"),
    ("only_tracks", "{tracks: [stay, east]}", "IN", {"s3-bil"}, "the track is south", "One of"),
]
PREREQUISITE = ("after_offering", "{offerings: [s2-ami]}")
UNKNOWN = {"gate", "requires_language", "reaches_mean", "only_for_funding"}


def test_every_kind_that_can_be_judged_is_tried_here():
    assert {kind for kind, *_ in KINDS} | {"after_offering"} | UNKNOWN == set(JUDGES)


@pytest.mark.parametrize(("kind", "parameters", "home", "options", "fact", "remedy"), KINDS)
def test_a_rule_closes_an_option_with_its_fact_source_and_remedy(
    kind, parameters, home, options, fact, remedy
):
    found = said(course_with(told_rule(kind, parameters)), home)
    assert {option for option in S3 if found[option].closings} == options
    for option in options:
        problem = round_over(found, option)
        (verdict,) = verdicts(problem, problem.students[0], problem.option(option))
        assert (verdict.rule, verdict.source) == ("The rule.", "The guide")
        assert fact in verdict.fact
        assert remedy in verdict.remedy
        if options != set(S3):
            plan = solve(problem)
            (refusal,) = explain(problem, plan)["STU-1"].refusals
            assert plan.assignment["STU-1"] not in options
            assert (refusal.option, refusal.binds) == (option, "rule")
            assert verdict.fact in refusal.sentence
            assert "The rule. Source: The guide." in refusal.sentence
            assert refusal.remedy == verdict.remedy


def test_a_prerequisite_of_one_host_closes_that_host():
    rule = f"{{a: {told_rule('after_offering', '{offerings: [s3-lju]}')}}}"
    bilbao = "      s3-bil: {period: s3, host: bil, max_seats: 3}\n"
    changed = bilbao.replace("max_seats: 3", f"max_seats: 3, prerequisites: {rule}")
    found = said(course_with(told_rule("stated"), more=[(bilbao, changed)]))
    (closing,) = found["s3-bil"].closings
    assert closing.rules == ("s3-bil.a",)
    assert closing.verdict.remedy == "s3-lju first"
    assert not found["s3-lju"].closings


def test_a_rule_that_refuses_everything_is_the_conflict_of_the_round():
    problem = round_over(
        said(course_with(told_rule("minimum_stay", "{period: s3, days: 200}"))), S3[0]
    )
    with pytest.raises(Infeasible) as refused:
        solve(problem)
    assert "Rule a: The rule." in refused.value.conflict.sentences
    assert solve(RuleOff("a").on(problem)).assignment == {"STU-1": "s3-ami"}


LAB_NEVER = told_rule("outside_europe", "{at_most: 0}").replace("The rule.", "Never overseas.")
LAB_ALWAYS = told_rule("visits", "{to: [lab-emat], at_least: 1}").replace("The rule.", "The lab.")


def test_rules_that_leave_no_way_together_are_named_together():
    """A thesis in the laboratory breaks the one, a thesis anywhere else the other."""
    found = said(
        course_with(told_rule("distinct_countries", "{at_least: 2}"), LAB_NEVER, LAB_ALWAYS)
    )
    assert {o: [c.rules for c in found[o].closings] for o in S3} == {
        "s3-ami": [("c", "b")],
        "s3-lju": [("c", "b")],
        "s3-bil": [("b",)],
    }
    (joint,) = found["s3-ami"].closings
    assert joint.verdict.rule == "The lab. Never overseas."
    assert joint.verdict.fact == (
        "no way keeps them all; 0 periods at these hosts; or else"
        " 1 period outside the EU and associated countries: University LAB verdigris"
    )
    problem = round_over(found, "s3-ami")
    assert [rule.id for rule in problem.rules] == ["b", "c + b"]
    without = RuleOff("b").on(problem)
    assert without.rules == ()
    assert solve(without).assignment == {"STU-1": "s3-ami"}
    assert load(canonical(problem)).rules == problem.rules


def test_leaving_out_a_rule_leaves_what_others_close_together():
    short = told_rule("minimum_stay", "{period: s3, days: 200}")
    found = said(course_with(short, LAB_NEVER, LAB_ALWAYS))
    assert [c.rules for c in found["s3-ami"].closings] == [("a",), ("c", "b")]
    problem = RuleOff("a").on(round_over(found, "s3-ami"))
    student = problem.students[0]
    (verdict,) = verdicts(problem, student, problem.option("s3-ami"))
    assert verdict.rule == "The lab. Never overseas."


@pytest.mark.parametrize(
    "told",
    [
        told_rule("gate", "{before: s3, ects: 45}"),
        told_rule("reaches_mean", "{before: s3, mean: grades of 4, at_least: 3}"),
        told_rule("requires_language", "{language: sl, level: B1}"),
        told_rule("only_for_funding", "{funding: [emjm]}"),
        told_rule("stated"),
        told_rule("minimum_stay", "{period: s3, days: 200}", ", only_for: {funding: [emjm]}"),
        told_rule("minimum_stay", "{period: s3, days: 200}", ", only_for: {categories: [other]}"),
    ],
)
def test_what_nobody_knows_closes_nothing_and_is_told(told):
    found = said(course_with(told))
    assert not any(each.closings for each in found.values())
    assert all(each.unsettled == {"a"} for each in found.values())


def test_a_rule_for_residents_holds_for_them_alone():
    rule = told_rule("minimum_stay", "{period: s3, days: 200}", ", only_for: {residence: [SI]}")
    course = course_with(rule)
    assert closed(course, "SI").keys() == set(S3)
    assert closed(course, "IN") == {}
    assert all(each.unsettled == frozenset() for each in said(course, "IN").values())


def test_tracks_lead_on_from_the_path_so_far():
    judging = Judging(course_with(told_rule("stated")))
    assert judging.leads(("s1-waw",), "s3", "IN") == set(S3)
    assert judging.leads((*BEFORE, "s3-bil"), "s4", "IN") == {"s4-lab"}
    assert judging.leads((*BEFORE, "s3-lju"), "s4", "IN") == {"s4-ami", "s4-lab"}
    assert judging.leads(("s1-waw",), "integration", "IN") == frozenset()


def test_a_path_that_no_track_describes_is_judged_with_any_host_after_it():
    """Nobody is locked out whom the board put beside the tracks, not even by their names."""
    tracks = "[s1-waw], [s2-ami], [s3-ami], [s4-ami, s4-lab]"
    more = [
        ("      s4-lab: {period", "      s1-bil: {period: s1, host: bil}\n      s4-lab: {period")
    ]
    named = told_rule("only_tracks", "{tracks: [stay]}")
    course = course_with(named, told_rule("distinct_countries", "{at_least: 3}"), more=more)
    judging = Judging(course)
    assert tracks in EMAT
    assert judging.leads(("s1-bil", "s2-ami"), "s3", "IN") == frozenset()
    assert closed(course, taken=("s1-bil", "s2-ami")) == {}
    strict = course_with(told_rule("exclude_pair", "{one: [bil], other: [lju]}"), more=more)
    assert closed(strict, taken=("s1-bil", "s2-ami")) == {"s3-lju": [("a",)]}


def test_a_rule_that_gives_way_leaves_what_is_firm():
    judging = Judging(course_with(LAB_NEVER, LAB_ALWAYS))
    assert judging.firm(BEFORE, "s3-ami", "IN", {"a"}) == ()
    assert (
        judging.firm(BEFORE, "s3-ami", "IN", {"other"})
        == judging.said(BEFORE, "s3-ami", "IN").closings
    )
    assert [c.rules for c in judging.firm(BEFORE, "s3-bil", "IN", {"b"})] == [("a",)]


def course_of(file: str, key: str) -> Course:
    told = read_file(PROGRAMMES / file)
    assert isinstance(told, Document)
    return Course.of(told, next(v for v in told.versions if v.key == key))


@pytest.mark.parametrize(
    "course", [course_of("i-mesc.yaml", "i-mesc"), Course.of(document(), document().versions[0])]
)
def test_a_round_closes_what_the_report_says_of_the_tracks(course):
    """Each track there has a third semester of its own."""
    report, judging = check(course), Judging(course)
    assert any(not cell.open for track in report.tracks for cell in track.cells)
    for track in report.tracks:
        first, second, (third,), *_ = track.path.steps
        for cell in track.cells:
            found = judging.said((first[0], second[0]), third, cell.person.residence)
            assert bool(found.closings) == (cell.open == 0), (track.path.code, str(cell.person))
            assert {c.verdict.rule for c in found.closings} <= {v.rule for v in cell.why}


WHOLE = [
    ("i-mesc.yaml", "i-mesc"),
    ("travessia.yaml", "first"),
    ("emle.yaml", "emle"),
    ("europhotonics.yaml", "europhotonics"),
    ("qem.yaml", "qem"),
    ("atelier.yaml", "first"),
]


@pytest.mark.parametrize(("file", "key"), WHOLE)
def test_an_option_is_closed_if_and_only_if_every_way_from_here_is_refused(file, key):
    course = course_of(file, key)
    ways = [w for p in paths_of(course) or as_offered(course) for w in ways_of(course, p)]
    judging = Judging(course)
    rules = [b for b in course.rules if b.rule.kind not in ("balance", "enough_students")]
    for home in dict.fromkeys(person.residence for person in kinds_of(course)):
        person = Person(home, category=None, funding=None)
        open_: dict[tuple, bool] = {}
        for way in ways:
            kept = not any(isinstance(judge(b, way, person), Verdict) for b in rules)
            keys = [stay.offering for stay in way.stays]
            for n in range(len(keys) if way.is_for(person) else 0):
                place = tuple(keys[:n]), keys[n]
                open_[place] = open_.get(place, False) or kept
        for (taken, option), is_open in open_.items():
            assert bool(judging.said(taken, option, home).closings) != is_open, (
                taken,
                option,
                home,
            )


def test_closings_are_kept_by_path_and_residence(monkeypatch):
    judging = Judging(course_with(told_rule("mandatory_mobility")))
    first = judging.said(BEFORE, "s3-ami", "IN")
    monkeypatch.setattr(judging, "_judged", None)
    assert judging.said(tuple(reversed(BEFORE)), "s3-ami", "VN") is first


def test_a_closing_counts_the_other_ways_with_other_facts():
    found = said(course_with(told_rule("ects_between", "{least: 100, hosts: [ami]}")))
    (closing,) = found["s3-lju"].closings
    assert closing.verdict.fact == "60 ECTS (and likewise on 1 other way from here)"
    again = replace(closing.verdict, fact="30 ECTS")
    assert said(course_with(told_rule("ects_between", "{least: 100, hosts: [ami]}")))[
        "s3-bil"
    ].closings[0].verdict == replace(again, remedy="70 ECTS more there")

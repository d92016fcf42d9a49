"""Each kind of rule, on a way that keeps it and on one that breaks it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mobility_tracks.checking import Course, Open, Person, Verdict, judge, paths_of, ways_of
from mobility_tracks.checking.judges import JUDGES, OTHERS
from mobility_tracks.programme.path_kinds import PATH_KINDS
from mobility_tracks.programme.rules import Audience
from tests.mobility_tracks.programme_texts import document_of

TEXT = """
format: 1
consortium: {key: trio, name: Trio, short_name: Trio, zone: Europe/Paris}
organisations:
  ami: {name: Amiens, kind: university, city: Amiens, country: FR}
  tls: {name: Toulouse, kind: university, city: Toulouse, country: FR}
  waw: {name: Warsaw, kind: university, city: Warsaw, country: PL}
  rio: {name: Rio, kind: university, city: Rio, country: BR}
  lab: {name: Lab, kind: company, city: Boston, country: US}
partnerships:
  ami: {kind: coordinator, awards_degree: true, station: {code: AMI, colour: 1, shape: circle}}
  tls: {kind: full, awards_degree: true, station: {code: TLS, colour: 2, shape: circle}}
  waw: {kind: full, awards_degree: true, station: {code: WAW, colour: 3, shape: circle}}
  rio: {kind: full, station: {code: RIO, colour: 4, shape: circle}}
  lab: {kind: associated, station: {code: LAB, colour: 5, shape: circle}}
versions:
  v1:
    title: Version 1
    state: current
    ects: 120
    months: 24
    languages: [en]
    periods:
      s1: {name: S1, kind: semester, ects: 30, starts: Y-09-01, ends: Y+1-01-31}
      s2: {name: S2, kind: semester, ects: 30, starts: Y+1-02-01, ends: Y+1-06-30}
      s2a: {name: S2a, kind: block, parent: s2, ects: 15, starts: Y+1-02-01, ends: Y+1-04-15}
      s2b: {name: S2b, kind: block, parent: s2, ects: 15, starts: Y+1-04-16, ends: Y+1-06-30}
      s3: {name: S3, kind: semester, ects: 30, starts: Y+1-09-01, ends: Y+2-01-31}
      s4: {name: Thesis, kind: thesis, ects: 30, starts: Y+2-02-01, ends: Y+2-07-31}
    offerings:
      s1-ami: {period: s1, host: ami}
      s1-waw: {period: s1, host: waw}
      s2-tls: {period: s2, host: tls, ects: 30, shared_with: {waw: {part: virtual_provider, ects: 6}}}
      s2a-ami: {period: s2a, host: ami}
      s2b-waw: {period: s2b, host: waw}
      s2b-ami: {period: s2b, host: ami}
      s3-ami: {period: s3, host: ami}
      s3-rio: {period: s3, host: rio}
      s4-lab: {period: s4, host: lab}
      s4-out: {period: s4, outside: A company.}
    tracks:
      all:
        name: All
        steps: [[s1-ami, s1-waw], [s2-tls], [s3-ami, s3-rio], [s4-lab, s4-out]]
      split:
        name: Split
        steps: [[s1-ami], [s2a-ami], [s2b-waw, s2b-ami], [s3-ami], [s4-lab]]
    rules:
      rule: {kind: KIND, parameters: PARAMETERS, sentence: The rule., source: The guide}
intakes:
  first: {name: First, version: v1, first_year: 2027}
"""
FRENCH, POLISH, OTHER = Person("FR"), Person("PL"), Person("IN")


def course_of(kind: str = "stated", parameters: str = "{}", more: str = "") -> Course:
    text = TEXT.replace("KIND", kind).replace("PARAMETERS", parameters)
    text = text.replace("source: The guide", "source: The guide" + more)
    document = document_of(text)
    return Course.of(document, document.versions[0])


def way_of(course: Course, *offerings: str):
    """The way through these offerings, of whichever track has it."""
    ways = [way for path in paths_of(course) for way in ways_of(course, path)]
    found = [w for w in ways if tuple(stay.offering for stay in w.stays) == offerings]
    assert len(found) == 1
    return found[0]


HOME = ("s1-ami", "s2-tls", "s3-ami", "s4-lab")
ABROAD = ("s1-waw", "s2-tls", "s3-rio", "s4-lab")
SPLIT = ("s1-ami", "s2a-ami", "s2b-waw", "s3-ami", "s4-lab")
WHOLE = ("s1-ami", "s2a-ami", "s2b-ami", "s3-ami", "s4-lab")

# kind, parameters, person, a way that keeps it, one that does not, the fact
CASES = [
    ("mandatory_mobility", "{}", OTHER, ABROAD, HOME, "the counting periods are in France"),
    (
        "mandatory_mobility",
        "{}",
        POLISH,
        ABROAD,
        ("s1-waw", "s2-tls", "s3-ami", "s4-lab"),
        (
            "the counting periods are in France and Poland, and Poland is the country of residence"
            " at enrolment"
        ),
    ),
    (
        "mandatory_mobility",
        "{countries: 1, residence_at: application}",
        FRENCH,
        ABROAD,
        HOME,
        "the counting periods are in France, and France is the country of residence at application",
    ),
    (
        "mandatory_mobility",
        "{countries: 1, in_programme_countries: 1}",
        FRENCH,
        ABROAD,
        ("s1-ami", "s2-tls", "s3-rio", "s4-lab"),
        (
            "the counting periods are in Brazil and France, and France is the country of residence"
            " at enrolment"
        ),
    ),
    # Half a semester counts only where the rule asks for no more than that.
    ("mandatory_mobility", "{ects_each: 15}", OTHER, SPLIT, WHOLE, None),
    ("mandatory_mobility", "{countries: 2}", OTHER, ABROAD, SPLIT, None),
    (
        "distinct_countries",
        "{at_least: 3}",
        OTHER,
        ABROAD,
        HOME,
        "the way lies in France and United States",
    ),
    (
        "distinct_countries",
        "{at_least: 2, periods: [s1, s2]}",
        OTHER,
        ABROAD,
        HOME,
        "the way lies in France",
    ),
    (
        "distinct_countries",
        "{at_least: 2, periods: [s2]}",
        OTHER,
        SPLIT,
        WHOLE,
        "the way lies in France",
    ),
    (
        "distinct_hosts",
        "{at_least: 4}",
        OTHER,
        ABROAD,
        HOME,
        "the way has 3 hosts: Amiens, Toulouse and Lab",
    ),
    (
        "distinct_hosts",
        "{at_least: 2, ects_each: 30, periods: [s1, s2]}",
        OTHER,
        ABROAD,
        SPLIT,
        "the way has 1 host with 30 ECTS: Amiens",
    ),
    (
        "same_host",
        "{periods: [s1, s3]}",
        OTHER,
        HOME,
        ABROAD,
        "the hosts are Warsaw in s1 and Rio in s3",
    ),
    (
        "exclude_pair",
        "{one: [ami], other: [tls]}",
        OTHER,
        ABROAD,
        HOME,
        "the way leads to Amiens and to Toulouse",
    ),
    (
        "exclude_pair",
        "{one: [tls], other: [waw], same_year_only: true}",
        OTHER,
        HOME,
        ABROAD,
        "the way leads to Toulouse and to Warsaw in year 1",
    ),
    (
        "not_residence_country",
        "{at_most: 2}",
        FRENCH,
        ABROAD,
        HOME,
        (
            "s1 at Amiens, s2 at Toulouse and s3 at Amiens: in France, the country of residence"
            " at enrolment"
        ),
    ),
    ("not_residence_country", "{periods: [s1]}", POLISH, HOME, ABROAD, None),
    (
        "outside_europe",
        "{at_most: 1}",
        OTHER,
        HOME,
        ABROAD,
        "2 periods outside the EU and associated countries: Rio and Lab",
    ),
    (
        "outside_europe",
        "{at_least: 1}",
        OTHER,
        ABROAD,
        ("s1-ami", "s2-tls", "s3-ami", "s4-out"),
        "0 periods outside the EU and associated countries",
    ),
    ("ects_between", "{most: 84, hosts: [ami, tls]}", OTHER, HOME, WHOLE, "90 ECTS"),
    ("ects_between", "{least: 6, hosts: [waw]}", OTHER, HOME, WHOLE, "0 ECTS"),
    (
        "ects_between",
        "{least: 60, year: 2, hosts: [ami, lab]}",
        OTHER,
        HOME,
        ABROAD,
        "30 ECTS in year 2",
    ),
    (
        "after_offering",
        "{offerings: [s1-waw]}",
        OTHER,
        ABROAD,
        HOME,
        "none of them comes before on this way",
    ),
    (
        "visits",
        "{to: [ami], at_most: 1}",
        OTHER,
        ABROAD,
        HOME,
        "2 periods at these hosts: Amiens in s1 and Amiens in s3",
    ),
    (
        "visits",
        "{to: [rio, waw], counted: hosts, at_least: 1}",
        OTHER,
        ABROAD,
        HOME,
        "0 of these hosts",
    ),
    ("minimum_stay", "{period: s2b, months: 3}", OTHER, HOME, SPLIT, "s2b is 2 months long"),
    ("minimum_stay", "{period: s2b, days: 90}", OTHER, HOME, SPLIT, "s2b is 76 days long"),
    ("only_tracks", "{tracks: [all]}", OTHER, HOME, SPLIT, "the track is split"),
    ("only_for_funding", "{funding: [emjm]}", OTHER, None, HOME, "the funding line is none"),
]


@pytest.mark.parametrize(("kind", "parameters", "person", "kept", "broken", "fact"), CASES)
def test_a_rule_is_kept_by_one_way_and_broken_by_another(
    kind, parameters, person, kept, broken, fact
):
    course = course_of(kind, parameters)
    (rule,) = course.rules
    if kept:
        assert judge(rule, way_of(course, *kept), person) is None
    verdict = judge(rule, way_of(course, *broken), person)
    assert isinstance(verdict, Verdict)
    assert (verdict.rule, verdict.source) == ("The rule.", "The guide")
    assert verdict.remedy
    assert fact is None or verdict.fact == fact


def test_every_kind_is_judged_or_says_who_settles_it():
    assert set(JUDGES) | set(OTHERS) == set(PATH_KINDS)
    assert not set(JUDGES) & set(OTHERS)
    assert {case[0] for case in CASES} == set(JUDGES) - {
        "gate",
        "reaches_mean",
        "requires_language",
    }


def test_a_rule_for_others_says_nothing():
    course = course_of("not_residence_country", "{}", ", only_for: {funding: [emjm]}")
    (rule,) = course.rules
    way = way_of(course, *HOME)
    assert judge(rule, way, FRENCH) is None
    assert isinstance(judge(rule, way, Person("FR", funding="emjm")), Verdict)


def test_a_gate_needs_the_credits_and_judges_them():
    course = course_of("gate", "{before: s3, ects: 45}")
    (rule,) = course.rules
    way = way_of(course, *HOME)
    unknown = judge(rule, way, OTHER)
    assert isinstance(unknown, Open)
    assert unknown.needs == "the credits held before s3"
    short = judge(rule, way, Person("IN", earned={"s3": Decimal(40)}))
    assert isinstance(short, Verdict)
    assert (short.fact, short.remedy) == ("40 ECTS held before s3", "5 ECTS more")
    assert judge(rule, way, Person("IN", earned={"s3": Decimal(45)})) is None


def test_a_mean_is_the_examiners_to_tell():
    course = course_of("reaches_mean", "{before: s3, mean: grades of 4, at_least: 3}")
    (rule,) = course.rules
    found = judge(rule, way_of(course, *HOME), OTHER)
    assert isinstance(found, Open)
    assert found.needs == "the mean before s3 (grades of 4): at least 3"


def test_a_gate_with_a_mean_stays_with_the_examiners():
    course = course_of("gate", "{before: s3, ects: 45, mean: 3.0 of 4}")
    (rule,) = course.rules
    found = judge(rule, way_of(course, *HOME), Person("IN", earned={"s3": Decimal(50)}))
    assert isinstance(found, Open)


@pytest.mark.parametrize(
    ("languages", "fact"),
    [
        (None, None),
        ({}, "no pl on record"),
        ({"pl": "A2"}, "pl on record is A2"),
        ({"pl": "C1"}, ""),
    ],
)
def test_a_language_is_judged_by_its_level(languages, fact):
    course = course_of("requires_language", "{language: pl, level: B1}")
    (rule,) = course.rules
    found = judge(rule, way_of(course, *HOME), Person("IN", languages=languages))
    if fact is None:
        assert isinstance(found, Open)
    elif fact:
        assert isinstance(found, Verdict)
        assert found.fact == fact
    else:
        assert found is None


UNKNOWN = Person("FR", category=None, funding=None)


@pytest.mark.parametrize(
    ("audience", "missing"),
    [
        ("{funding: [emjm]}", "the funding line"),
        ("{categories: [other]}", "the category of applicant"),
        (
            "{funding: [emjm], categories: [other]}",
            "the funding line and the category of applicant",
        ),
        ("{funding: [emjm], residence: [FR]}", "the funding line"),
    ],
)
def test_a_rule_that_may_concern_the_person_is_open_where_it_is_broken(audience, missing):
    course = course_of("only_tracks", "{tracks: [split]}", f", only_for: {audience}")
    (rule,) = course.rules
    found = judge(rule, way_of(course, *HOME), UNKNOWN)
    assert found == Open("The rule.", missing, "The guide")
    assert judge(rule, way_of(course, *SPLIT), UNKNOWN) is None
    assert UNKNOWN.is_among(rule.rule.only_for) is None
    assert judge(rule, way_of(course, *HOME), FRENCH) is None


def test_what_is_known_settles_whom_a_rule_concerns():
    course = course_of(
        "only_tracks", "{tracks: [split]}", ", only_for: {funding: [emjm], residence: [PL]}"
    )
    (rule,) = course.rules
    assert UNKNOWN.is_among(rule.rule.only_for) is False
    assert judge(rule, way_of(course, *HOME), UNKNOWN) is None
    assert Person("PL", funding="emjm").is_among(rule.rule.only_for) is True
    assert UNKNOWN.is_among(None) is True


def test_a_track_for_some_is_a_way_for_whoever_may_be_one_of_them():
    course = course_of()
    way = way_of(course, *HOME)
    for_holders = replace(way, only_for=(Audience(funding=("emjm",)),))
    assert for_holders.is_for(UNKNOWN)
    assert not for_holders.is_for(FRENCH)
    assert not replace(way, only_for=(Audience(residence=("PL",)),)).is_for(UNKNOWN)

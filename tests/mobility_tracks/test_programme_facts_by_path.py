"""More of what the real programmes are known for: rotating hosts, homes, degrees by path."""

from collections import Counter
from decimal import Decimal

import pytest

from tests.mobility_tracks.programme_parts import document, hosts, paths, period, rule, version


def test_qem_begins_elsewhere_from_intake_to_intake():
    first = {o.host: o.intakes for o in version("qem").offerings if o.period == "s1"}
    assert first == {
        "uni-bielefeld": ("class-2017",),
        "paris1": ("class-2018", "class-2019", "class-2020"),
        "unive": ("class-2021", "class-2022"),
    }
    named = [intake for intakes in first.values() for intake in intakes]
    assert named == [intake.key for intake in document("qem").intakes]


def test_qem_has_a_second_year_at_one_partner_behind_a_grade():
    mean = rule("qem", "gpa").parameters
    assert (mean.before, mean.at_least) == ("s3", Decimal("3.0"))
    assert rule("qem", "year-2-at-one-partner").parameters.periods == ("s3", "s4")
    host = {o.key: o.host for o in version("qem").offerings}
    for path in paths("qem"):
        (third,), (fourth,) = path.steps[-2:]
        assert host[third] == host[fourth]
        assert len({host[key] for step in path.steps for key in step}) > 1


def test_qem_may_be_entered_by_a_summer_term():
    quick = [path for path in paths("qem") if path.code.startswith("accelerated--")]
    assert len(quick) == 4
    assert {path.steps[0] for path in quick} == {("summer-par",)}
    assert period("qem", "summer").optional


def test_crossways_has_a_home_that_is_never_in_rio_or_mexico():
    for track in version("crossways").tracks:
        (role,) = track.roles
        assert (role.key, role.periods) == ("home", ("s2", "s3"))
    never = rule("crossways", "never-home").parameters
    assert (set(never.to), never.periods, never.at_most) == ({"ufrj", "ibero"}, ("s2", "s3"), 0)
    assert hosts("crossways", "s2").isdisjoint(never.to)
    assert hosts("crossways", "s1") - hosts("crossways", "s2") == set(never.to)


@pytest.mark.parametrize(
    ("key", "one", "other", "same_year"),
    [
        ("not-rio-and-mexico", {"ufrj"}, {"ibero"}, False),
        ("not-st-andrews-and-sheffield", {"st-andrews"}, {"sheffield"}, False),
        ("not-canada-and-britain-in-a-year", {"guelph"}, {"st-andrews", "sheffield"}, True),
    ],
)
def test_crossways_excludes(key: str, one: set[str], other: set[str], same_year: bool):
    told = rule("crossways", key).parameters
    assert (set(told.one), set(told.other), told.same_year_only) == (one, other, same_year)


def test_crossways_has_no_track_that_its_home_forbids():
    host = {o.key: o.host for o in version("crossways").offerings}
    for track in version("crossways").tracks:
        (home,) = {host[key] for step in track.steps[1:3] for key in step}
        ends = {host[key] for step in (track.steps[0], track.steps[3]) for key in step}
        assert home not in ends
        if home in {"st-andrews", "sheffield"}:
            assert ends.isdisjoint({"st-andrews", "sheffield", "guelph"})
        if home == "guelph":
            assert ends.isdisjoint({"st-andrews", "sheffield"})


def test_crossways_sends_by_category_and_associates_award_nothing():
    american = {"guelph", "untref", "ufrj", "ibero"}
    assert american == {
        o.key for o in document("crossways").organisations if o.country in {"CA", "AR", "BR", "MX"}
    }
    for key, category, most in (
        ("partner-country-students", "partner-country", 0),
        ("programme-country-students", "programme-country", 1),
    ):
        told = rule("crossways", key)
        assert told.only_for.categories == (category,)
        assert (set(told.parameters.to), told.parameters.at_most) == (american, most)
    associates = {p.organisation for p in document("crossways").partnerships if not p.awards_degree}
    awarding = {key for degree in version("crossways").degrees for key in degree.awarded_by}
    assert associates == {"usc", "ufrj", "ibero"}
    assert awarding.isdisjoint(associates)


def test_modsicopsys_meets_in_besancon_on_twenty_paths_with_the_degrees_of_the_table():
    assert [len(hosts("modsicopsys", key)) for key in ("s1", "s2", "s3", "s4")] == [4, 3, 1, 5]
    assert hosts("modsicopsys", "s3") == {"umlp"}
    assert [path.steps[2] for path in paths("modsicopsys")] == [("s3-be",)] * 20
    awards = Counter(code for path in paths("modsicopsys") for code in path.awards)
    assert awards == {"BE": 20, "LY": 20, "GR": 17, "BO": 14, "IL": 2}


def test_modsicopsys_never_ends_in_a_single_country():
    country = {o.key: o.country for o in document("modsicopsys").organisations}
    host = {o.key: o.host for o in version("modsicopsys").offerings}
    for path in paths("modsicopsys"):
        assert len({country[host[key]] for step in path.steps for key in step}) > 1
    choice = period("modsicopsys", "s1").choice
    assert (choice.asked_at, choice.settled_by) == ("application", "merit")

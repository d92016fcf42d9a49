"""What of a version's rules a round holds students to, and what it leaves to people."""

from types import SimpleNamespace

import pytest

from mobility_tracks.domain.allocation.rules import in_residence, read_rules
from mobility_tracks.domain.allocation.scene import Scene
from mobility_tracks.domain.allocation.tracks import Ways
from mobility_tracks.placement import Stay, Student


def rule(kind, key="r", of="", only_for=None, board=False, **parameters):
    return {
        "key": key,
        "kind": kind,
        "parameters": parameters,
        "sentence": f"The rule {key}.",
        "source": "",
        "scope": "version",
        "of": of,
        "only_for": only_for,
        "board_may_override": board,
    }


def scene(*rules, period="t2", later=("t3",)):
    return Scene(
        version=SimpleNamespace(rules=list(rules)),
        period=SimpleNamespace(code=period),
        offered=("a", "b"),
        open_later=later,
        study=("t1", "t2", "t3"),
        first="Y-09-01",
        least_credits=0,
    )


def mobility(**changes):
    values = {"countries": 2, "not_residence": True, "in_programme_countries": 1}
    values |= {"ects_each": None, "residence_at": "enrolment"}
    return rule("mandatory_mobility", **values | changes)


def test_periods_still_open_soften_mandatory_mobility():
    (read,) = read_rules(scene(mobility())).rules
    assert read.parameters == {"countries": 2, "inside": 1, "later_periods": 1}
    (last,) = read_rules(scene(mobility(), later=())).rules
    assert last.parameters["later_periods"] == 0


@pytest.mark.parametrize(
    ("later", "periods", "least"),
    [(("t3",), [], 2), ((), [], 3), ((), ["t1", "t2", "t3"], 3), ((), ["t1", "t2"], None)],
)
def test_countries_that_may_still_come_are_not_asked_for_yet(later, periods, least):
    reading = read_rules(
        scene(rule("distinct_countries", at_least=3, periods=periods), later=later)
    )
    assert [r.parameters for r in reading.rules] == ([{"least": least}] if least else [])
    assert bool(reading.unchecked) == (least is None)


def test_every_pair_of_two_sides_is_excluded():
    told = rule("exclude_pair", one=["x"], other=["y", "z"], same_year_only=True, board=True)
    reading = read_rules(scene(told))
    assert [(r.id, r.parameters) for r in reading.rules] == [
        ("r.1", {"first": "x", "second": "y", "same_year": True}),
        ("r.2", {"first": "x", "second": "z", "same_year": True}),
    ]
    assert reading.overridable == {"r.1", "r.2"}


def test_groups_are_balanced_in_their_own_period():
    told = [
        rule("balance", key="here", period="t2", tolerance=1, offerings=[]),
        rule("balance", key="there", period="t3", tolerance=1, offerings=[]),
    ]
    (group,) = read_rules(scene(*told)).groups
    assert (group.id, group.options, group.tolerance) == ("here", ("a", "b"), 1)


def test_a_host_opens_with_enough_students():
    told = rule("enough_students", of="a", at_least=5)
    assert read_rules(scene(told)).opens_with == {"a": 5}


@pytest.mark.parametrize(
    "told",
    [
        rule("requires_language", of="a", language="pt", level="B1"),
        rule("when_full", of="b", offerings=["a"]),
        rule("stated"),
        rule("gate", before="t2", ects=45, mean=None),
        mobility(not_residence=False),
        mobility() | {"only_for": {"funding": ["waiver"], "categories": [], "residence": []}},
    ],
)
def test_what_nobody_here_can_know_is_left_to_people(told):
    reading = read_rules(scene(told))
    assert (reading.rules, reading.unchecked) == ([], ["The rule r."])


@pytest.mark.parametrize(
    "told",
    [
        rule("requires_language", of="elsewhere", language="pt", level="B1"),
        rule("gate", before="t3", ects=45, mean=None),
        rule("same_host", periods=["t1", "t3"]),
        rule("not_residence_country", at_most=0, periods=["t1"], countries=[], residence_at="x"),
    ],
)
def test_what_concerns_other_periods_is_not_told(told):
    reading = read_rules(scene(told))
    assert (reading.rules, reading.unchecked) == ([], [])


@pytest.mark.parametrize(("home", "closed"), [("BR", ["b"]), ("FR", []), ("SI", [])])
def test_stays_at_home_are_counted_for_residents_of_the_countries_named(home, closed):
    told = rule("not_residence_country", at_most=1, periods=[], countries=["BR", "SI"])
    reading = read_rules(scene(told))
    student = Student("s", residence_country=home, visited=(Stay("t1", "h", "BR"),))
    assert [o for o, _ in in_residence(reading, student, {"a": "SI", "b": "BR"})] == closed


WAYS = Ways(
    (
        {"t1": frozenset("x"), "t2": frozenset("a"), "t3": frozenset()},
        {"t1": frozenset("x"), "t2": frozenset("b"), "t3": frozenset("c")},
        {"t1": frozenset("y"), "t2": frozenset("b"), "t3": frozenset("d")},
    )
)


@pytest.mark.parametrize(
    ("path", "period", "open_"),
    [
        ({"t1": "x"}, "t2", {"a", "b"}),
        ({"t1": "y"}, "t2", {"b"}),
        ({"t1": "x", "t2": "a"}, "t3", None),
        ({"t1": "x", "t2": "b"}, "t3", {"c"}),
        ({"t1": "by hand"}, "t2", None),
        ({"t1": "x"}, "t9", None),
    ],
)
def test_tracks_lead_on_from_the_path_so_far(path, period, open_):
    assert WAYS.onward(path, period) == open_

"""What binds students of a round together, and what is left to people."""

from types import SimpleNamespace

import pytest

from mobility_tracks.domain.allocation.rules import read_rules, unchecked_in
from mobility_tracks.domain.allocation.scene import Scene


def rule(kind, key="r", of="", only_for=None, **parameters):
    return {
        "key": key,
        "kind": kind,
        "parameters": parameters,
        "sentence": f"The rule {key}.",
        "of": of,
        "only_for": only_for,
        "source": "",
    }


def scene(*rules):
    return Scene(
        version=SimpleNamespace(rules=list(rules)),
        through={"a": ("a",), "b": ("b",)},
        periods={"t2": ("a", "b")},
        limits={"a": "a", "b": "b"},
        first="Y-09-01",
        least_credits=0,
    )


def unchecked(*rules, unsettled=()):
    on = scene(*rules)
    return unchecked_in(on, read_rules(on), unsettled)


def test_groups_are_balanced_in_their_own_period():
    told = [
        rule("balance", key="here", period="t2", tolerance=1, offerings=[]),
        rule("balance", key="there", period="t3", tolerance=1, offerings=[]),
    ]
    (group,) = read_rules(scene(*told)).groups
    assert (group.id, group.options, group.tolerance) == ("here", ("a", "b"), 1)
    assert unchecked(*told) == []


def test_a_host_opens_with_enough_students():
    told = rule("enough_students", of="a", at_least=5)
    assert read_rules(scene(told)).opens_with == {"a": 5}
    assert unchecked(told) == []


def test_seats_and_groups_for_some_alone_are_left_to_people():
    waiver = {"funding": ["waiver"], "categories": [], "residence": []}
    told = rule("balance", period="t2", tolerance=1, offerings=[], only_for=waiver)
    assert read_rules(scene(told)).groups == []
    assert unchecked(told, rule("enough_students", key="q", at_least=5)) == [
        "The rule r.",
        "The rule q.",
    ]


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        (rule("requires_language", of="a", language="pt", level="B1"), True),
        (rule("requires_language", of="elsewhere", language="pt", level="B1"), False),
        (rule("stated"), True),
        (rule("gate", before="t2", ects=45, mean=None), True),
        (rule("gate", before="t3", ects=45, mean=None), False),
        (rule("minimum_stay", period="t3", days=90), False),
        (rule("same_host", periods=["t1", "t3"]), False),
        (rule("same_host", periods=["t1", "t2"]), True),
    ],
)
def test_what_could_not_be_judged_is_told_once_where_it_concerns_the_period(told, is_told):
    assert unchecked(told, told, unsettled={"r"}) == (["The rule r."] if is_told else [])
    assert unchecked(told, unsettled={"other"}) == []

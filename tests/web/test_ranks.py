"""An order with equals under every button, and under a drop."""

import pytest

from web.ranks import classes_of, moved, shifted

ORDER = [["a"], ["b", "c"], ["d"]]


def spelt(classes) -> str:
    return " ".join("".join(codes) for codes in classes)


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("up:a", "a bc d"),
        ("up:b", "a b c d"),
        ("up:c", "a c b d"),
        ("up:d", "a d bc"),
        ("down:a", "bc a d"),
        ("down:b", "a c b d"),
        ("down:c", "a b c d"),
        ("down:d", "a bc d"),
        ("tie:a", "a bc d"),
        ("tie:b", "ab c d"),
        ("tie:d", "a bcd"),
        ("part:a", "a bc d"),
        ("part:b", "a b c d"),
        ("part:c", "a b c d"),
        ("drop:a", "bc d"),
        ("drop:c", "a b d"),
        ("add:e", "a bc d e"),
        ("add:a", "a bc d"),
        ("add:moon", "a bc d"),
        ("up:moon", "a bc d"),
        ("", "a bc d"),
        ("fly:a", "a bc d"),
    ],
)
def test_a_button_moves_one_and_leaves_the_others(move, after):
    assert spelt(shifted(ORDER, move, offered=set("abcde"))) == after


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("put:d:0", "d a bc"),
        ("put:d:1", "a d bc"),
        ("put:d:2", "a bdc"),
        ("put:d:9", "a bc d"),
        ("put:a:1", "bac d"),
        ("put:a:2", "bc a d"),
        ("put:b:0", "b a c d"),
        ("put:e:0", "e a bc d"),
        ("put:e:2", "a bec d"),
        ("put:moon:0", "a bc d"),
        ("put:a:x", "a bc d"),
        ("put:a:-1", "a bc d"),
        ("put:a", "a bc d"),
    ],
)
def test_a_drop_is_equal_to_its_neighbours_only_between_equals(move, after):
    assert spelt(shifted(ORDER, move, offered=set("abcde"))) == after


def test_into_an_empty_order():
    assert spelt(shifted([], "put:a:0", offered={"a"})) == "a"


def test_what_is_not_offered_or_stands_twice_is_left_for_the_act_to_refuse():
    assert shifted([["moon"], ["a"], ["a"]], "up:a", offered={"a"}) == [["a"], ["moon"], ["a"]]


def test_an_order_without_equals_stays_one():
    assert moved(["a", "b"], "up:b", offered={"a", "b"}) == ["b", "a"]
    assert moved(["a"], "add:b", offered={"a", "b"}) == ["a", "b"]


def test_the_first_is_as_good_as_nothing_above_it():
    assert classes_of(["a", "b", "c"], {"a", "c"}) == [["a"], ["b", "c"]]

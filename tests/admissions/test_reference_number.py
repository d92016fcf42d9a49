"""The public number: random, readable aloud, and one slip is noticed."""

from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from admissions.reference_number import ALPHABET, canonical, is_valid, new_reference

numbers = st.integers(0, 2**64).map(lambda seed: new_reference(Random(seed)))
places = st.integers(0, 7)


def test_shape():
    assert new_reference(Random(7)) == new_reference(Random(7))
    text = new_reference()
    assert len(text) == 9
    assert text[4] == "-"
    assert set(text) - {"-"} <= set(ALPHABET)
    assert len({new_reference() for _ in range(500)}) == 500


@settings(deadline=None)  # the machine may be busy
@given(numbers)
def test_every_new_number_is_valid(number):
    assert is_valid(number)


@settings(deadline=None)  # the machine may be busy
@given(numbers, places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number, place, other):
    typed = list(canonical(number))
    assume(typed[place] != other)
    typed[place] = other
    assert not is_valid("".join(typed))


@settings(deadline=None)  # the machine may be busy
@given(numbers, places, places)
def test_two_exchanged_characters_are_noticed(number, one, two):
    typed = list(canonical(number))
    assume(typed[one] != typed[two])
    typed[one], typed[two] = typed[two], typed[one]
    assert not is_valid("".join(typed))


@settings(deadline=None)  # the machine may be busy
@given(numbers, st.data())
def test_it_is_read_as_people_type_it(number, data):
    heard = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(heard.get(each, each + each.lower())))
        for each in canonical(number)
    )
    assert is_valid(typed)
    assert is_valid(f"  {typed[:4]} - {typed[4:]} ")
    assert canonical(typed) == canonical(number)


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=12))
def test_anything_else_is_refused_and_never_breaks(text):
    if canonical(text) is None:
        assert not is_valid(text)


def test_letters_that_do_not_exist_are_refused():
    assert not is_valid("UUUU-UUUU")
    assert not is_valid("")
    assert not is_valid("K7QX-4M9")

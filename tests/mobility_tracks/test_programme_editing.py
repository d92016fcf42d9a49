"""Edits of the plain form of a version: what stays, what goes along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_tracks.programme import Document, editing
from mobility_tracks.programme.changes import diff_plain
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.reader import read_plain
from mobility_tracks.programme.shape import Record
from tests.mobility_tracks.programme_texts import SOUND, document_of

WHOLE = plain(Record(Document), document_of(SOUND))
BODY = WHOLE["versions"]["v1"]


def changed(after) -> list[str]:
    return [change.key_path for change in diff_plain(BODY, after)]


def test_put_replaces_own_values_and_keeps_what_lies_inside():
    within = ("offerings", "s2-two", "shared_with", "one")
    body = editing.put(BODY, within, {"part": "co_host"})
    body = editing.put(body, ("offerings", "s2-two"), {"period": "s2", "host": "two", "ects": 28})
    assert body["offerings"]["s2-two"] == {
        "period": "s2",
        "host": "two",
        "shared_with": {"one": {"part": "co_host"}},
        "ects": 28,
    }
    assert BODY["offerings"]["s2-two"] == {"period": "s2", "host": "two"}


def test_a_new_entry_comes_last_and_can_be_moved():
    body = editing.put(BODY, ("offerings", "s1-two"), {"period": "s1", "host": "two"})
    assert list(body["offerings"]) == ["s1-one", "s2-one", "s2-two", "s1-two"]
    body = editing.move(body, ("offerings", "s1-two"), -2)
    assert list(body["offerings"]) == ["s1-one", "s1-two", "s2-one", "s2-two"]
    assert list(editing.move(body, ("offerings", "s1-one"), 9)["offerings"])[-1] == "s1-one"


def test_the_version_s_own_values_change_without_its_parts():
    body = editing.put(BODY, (), {"title": "New", "state": "planned", "ects": 60})
    assert changed(body) == ["title", "state", "months", "languages"]


def test_what_names_an_entry_goes_with_it():
    body = editing.remove(BODY, ("offerings", "s2-two"))
    assert body["tracks"]["both"]["steps"] == [["s1-one"], ["s2-one"]]
    assert "transitions" not in body  # the only one led there
    assert changed(body) == ["offerings.s2-two", "tracks.both.steps", "transitions"]


def test_a_period_takes_its_offerings_along_and_what_named_them():
    body = editing.remove(BODY, ("periods", "s2"))
    assert list(body["offerings"]) == ["s1-one"]
    assert body["tracks"]["both"]["steps"] == [["s1-one"]]
    assert "transitions" not in body


def test_an_entry_inside_another_is_removed_alone():
    within = ("offerings", "s2-two", "shared_with", "one")
    body = editing.put(BODY, within, {"part": "co_host"})
    assert editing.remove(body, within) == BODY


def test_unknown_places_are_told():
    with pytest.raises(KeyError):
        editing.record_at(("planets", "x"))
    with pytest.raises(KeyError):
        editing.record_at(("offerings", "s1-one", "periods", "x"))
    assert editing.entry_at(BODY, ("offerings", "none")) is None


KEYS = [(part, key) for part in editing.PARTS for key in BODY.get(part, {})]


@given(st.lists(st.sampled_from(KEYS), max_size=4))
def test_removing_leaves_no_dangling_name(places):
    """Whatever is removed, the reader finds nothing that names what is gone."""
    body = BODY
    for place in places:
        if editing.entry_at(body, place) is not None:
            body = editing.remove(body, place)
    found = read_plain({**WHOLE, "versions": {"v1": body}})
    problems = [] if isinstance(found, Document) else found
    assert not [problem for problem in problems if "nothing of this key" in problem.message]

"""What is written reads back the same, whatever the texts; differences are told, and only they."""

from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mobility_tracks.programme import diff, read, write
from mobility_tracks.programme.admission import Call, Intake
from mobility_tracks.programme.curriculum import (
    Degree,
    Offering,
    Period,
    Track,
    Transition,
)
from mobility_tracks.programme.decode import Decoder
from mobility_tracks.programme.document import Consortium, Organisation, Partnership, PublicText
from mobility_tracks.programme.nodes import compose
from mobility_tracks.programme.plain import plain
from mobility_tracks.programme.problems import Report
from mobility_tracks.programme.rules import CapRule, EligibilityRule, Rule
from mobility_tracks.programme.shape import Record
from mobility_tracks.programme.words import Text
from mobility_tracks.programme.writer import HEADER, spelled
from tests.mobility_tracks.programme_texts import SOUND, broken, document_of
from tests.mobility_tracks.programme_values import retold, texts, values

PROGRAMMES = Path(__file__).parents[2] / "programmes"
RECORDS = [
    Consortium, Organisation, Partnership, PublicText, Intake, Period, Offering, Track, Transition,
    Degree, Rule, EligibilityRule, CapRule, Call,
]  # fmt: skip  # a table, read by its rows


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
@given(data=st.data())
def test_each_record_is_written_and_read_back(cls, data):
    record = data.draw(values(Record(cls)))
    report = Report()
    root = compose(spelled(plain(Record(cls), record)), report)
    assert root is not None, report.problems
    assert Decoder(report).decode(Record(cls), root, ()) == record
    assert not report.unusable


@pytest.mark.parametrize("text", ["? a", ": a", "?a", ":a", "- a", "a: b", "a #b", "?", "-"])
def test_what_means_something_to_yaml_is_quoted(text):
    assert YAML(typ="safe").load(spelled({"texts": [text], text: text})) == {
        "texts": [text],
        text: text,
    }


SOURCES = {"sound": SOUND, **{path.stem: path.read_text() for path in PROGRAMMES.glob("*.yaml")}}
KNOWN = {name: document_of(source) for name, source in SOURCES.items()}


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(sorted(KNOWN)),
    words=st.lists(texts(Text(longest=190)), min_size=1, max_size=9),
)
def test_a_document_is_written_and_read_back(name: str, words: list[str]):
    other = retold(KNOWN[name], cycle(words))
    assert read(write(other)) == other
    assert diff(other, other) == []
    assert bool(diff(KNOWN[name], other)) == (KNOWN[name] != other)


def test_writing_is_stable_and_begins_with_the_schema():
    text = write(document_of(SOUND))
    assert text.startswith(HEADER)
    assert write(document_of(text)) == text


def told(text: str) -> list[str]:
    return [str(change) for change in diff(document_of(SOUND), document_of(text))]


def test_changes_are_sentences():
    assert told(SOUND) == []
    assert told(broken("months: 12", "months: 18")) == ["versions.v1.months changes from 12 to 18."]
    assert told(broken("min_seats: 2, ", "")) == [
        "versions.v1.offerings.s1-one.min_seats is removed; it was 2."
    ]
    assert told(
        broken("sentence: Two countries.", "sentence: Two.\n        board_may_override: true")
    ) == [
        "versions.v1.rules.countries.sentence changes from Two countries. to Two.",
        "versions.v1.rules.countries.board_may_override is added: true.",
    ]
    assert told(broken("- [s2-one, s2-two]", "- [s2-two]")) == [
        "versions.v1.tracks.both.steps loses s2-one."
    ]


def test_an_entry_that_comes_goes_or_moves_is_one_change():
    more = broken("      only: {name: Only}", "      only: {name: Only}\n      free: {name: Free}")
    assert told(more) == ["calls.first.routes.free is added: Free."]
    moved = SOUND.replace("s2-one: {period", "x: {period").replace(
        "s2-two: {period", "s2-one: {period"
    )
    moved = moved.replace("x: {period", "s2-two: {period").replace("s2, host: two", "s2, host: x")
    moved = moved.replace("s2, host: one", "s2, host: two").replace("host: x", "host: one")
    assert told(moved) == [
        "versions.v1.offerings.order changes from s1-one, s2-one, s2-two to s1-one, s2-two, s2-one."
    ]


def test_without_a_document_before_everything_is_added():
    changes = diff(None, document_of(SOUND))
    assert [change.key_path for change in changes][:3] == ["format", "consortium", "organisations"]
    assert all(change.before is None for change in changes)


def test_a_default_is_not_a_change():
    document = document_of(SOUND)
    assert diff(document, replace(document, invented=False)) == []

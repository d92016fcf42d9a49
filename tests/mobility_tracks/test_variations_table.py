"""docs/variations.md tells the truth: its examples stand in the files, its keys in the format."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from mobility_tracks.checking.paths import MOST_PATHS
from mobility_tracks.programme import Document
from mobility_tracks.programme.parameters import Parameters
from mobility_tracks.programme.path_kinds import PATH_KINDS
from mobility_tracks.programme.shape import (
    Choice,
    Entries,
    Record,
    Several,
    Variant,
    fields_of,
)
from tests.mobility_tracks.programme_parts import PROGRAMMES, version

TABLE = Path(__file__).parents[2] / "docs" / "variations.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split(" | ")]
    for line in TABLE.read_text().splitlines()
    if re.match(r"\| \d", line)
]
EXAMPLE = re.compile(r"`([a-z-]+)` `([\w.-]+)` = `([^`]+)`")


def parsed(text: str):
    return YAML(typ="safe", pure=True).load(text)


PLAIN = {path.stem: parsed(path.read_text()) for path in PROGRAMMES.glob("*.yaml")}
EXAMPLES = [(row[0], *found) for row in ROWS for found in EXAMPLE.findall(row[3])]


def at(data, key_path: str):
    for word in key_path.split("."):
        data = data[int(word)] if isinstance(data, list) else data[word]
    return data


def words_of_the_format() -> set[str]:
    """Every field name, every word to choose from, every kind of rule."""
    todo, seen, words = [Document], set(), set(PATH_KINDS)
    while todo:
        cls = todo.pop()
        if cls in seen:
            continue
        seen.add(cls)
        for field in fields_of(cls):
            words.add(field.name)
            shape = field.shape.item if isinstance(field.shape, Several) else field.shape
            words |= set(shape.words) if isinstance(shape, Choice) else set()
            todo += inside(shape)
    return words


def inside(shape) -> list[type]:
    match shape:
        case Record(cls) | Entries(Record(cls)):
            return [cls]
        case Variant(kinds):
            return [cls for _, cls in kinds]
    return []


def test_the_table_has_all_29_variations_and_examples_of_each():
    assert [row[0] for row in ROWS] == [str(number) for number in range(1, 30)]
    assert {number for number, *_ in EXAMPLES} == {row[0] for row in ROWS}
    told = sum(row[3].count("<br>") + 1 for row in ROWS)
    assert len(EXAMPLES) == told, "an example is not spelled `file` `keys` = `value`"


@pytest.mark.parametrize(("number", "name", "key_path", "value"), EXAMPLES)
def test_example_stands_in_its_file(number: str, name: str, key_path: str, value: str):
    assert at(PLAIN[name], key_path) == parsed(value), f"variation {number}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_keys_are_words_of_the_format(row: list[str]):
    told = set(re.findall(r"`([^`]+)`", row[2]))
    assert told
    assert told <= words_of_the_format()


def test_every_kind_of_rule_has_a_row_or_a_line():
    told = set(re.findall(r"`([^`]+)`", TABLE.read_text()))
    assert PATH_KINDS.keys() - told - {"stated"} == set()
    assert all(issubclass(kind, Parameters) for kind in PATH_KINDS.values())


def test_numbers_in_the_text_are_those_of_the_files():
    text = TABLE.read_text()
    sequences = sum(
        len(one) * len(two) * len(three)
        for one, two, three in (track.steps for track in version("emle").tracks)
    )
    assert f"four tracks for {sequences} sequences" in text
    assert f"refuses more than {MOST_PATHS}" in text

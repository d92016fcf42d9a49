"""Hostile and damaged files are refused with a place, quickly, and never by an exception."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility_tracks.programme import Document, read, read_file
from mobility_tracks.programme.nodes import DEEPEST, MOST_BYTES, MOST_NODES
from tests.mobility_tracks.programme_texts import SOUND, broken, problems_of

LAUGHS = "a: &a [x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = {
    "tabs": (broken("    months", "\tmonths"), 20, 1, "a tab"),
    "not utf-8": (SOUND.replace("Amiens", "Orl\xe9ans").encode("latin-1"), 4, 47, "not UTF-8"),
    "utf-16": (SOUND.encode("utf-16"), 1, 1, "not UTF-8"),
    "nul": (SOUND.replace("Amiens", "Am\0iens"), 4, 46, "control character"),
    "aliases": (LAUGHS, 1, 4, "an anchor"),
    "ten megabytes of aliases": (LAUGHS + "z: [" + "*i, " * 2_500_000 + "]", 1, 1, "too large"),
    "deep": ("[" * 1900, 1, DEEPEST + 1, "too deeply"),
    "many": ("- [a, b, c, d]\n" * 3000, MOST_NODES // 5, 13, "says too much"),
    "second document": (SOUND + "---\na: 1\n", SOUND.count("\n") + 1, 1, "second document"),
    "directive": ("%YAML 1.1\n---\n" + SOUND, 2, 1, "directives"),
    "empty": ("", 1, 1, "empty"),
    "long line": ("a: " + "x" * 3000, 1, 1, "too long"),
    "open quote": (broken("title: Call", 'title: "Call'), SOUND.count("\n") + 1, 1, "not YAML"),
    "colon in text": (broken("title: Call", "title: Call: now"), 48, 16, "not YAML"),
    "a list": ("- a", 1, 1, "wrong type"),
    "a word": ("hello", 1, 1, "wrong type"),
}  # fmt: skip  # a table, read by its rows


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_place(name: str):
    data, line, column, says = REFUSED[name]
    first = problems_of(data)[0]
    assert (first.line, first.column) == (line, column)
    assert says in first.message


MOST_CALLS = 10_000_000

SLOW = {
    "flow lists": "[a," * 80_000,
    "flow in lines": "[a,\n" * 4_900,
    "brackets": ("[" * 1_999 + "\n") * 130,
    "words": ("x y " * 499 + "\n") * 130,
    "quoted": 'a: "' + ("x " * 990 + "\n") * 130 + '"',
    "blank quoted": 'a: "' + "\n" * 4_990 + '"',
    "short quoted": 'a: "' + "x\n" * 4_990 + '"',
    "tag": "!" + "a" * 1_990 + " b",
    "keys": "".join(f"k{number}: 1\n" for number in range(4_990)),
    "unknown long keys": "".join(f"organisation{number}x: 1\n" for number in range(4_900)),
    "question marks": ("? " * 990 + "\n") * 120,
    "dashes": ("- " * 990 + "\n") * 120,
    "comments": ("# " + "x" * 50 + "\n") * 4_900,
    "pairs": "".join("{" + "a: b, " * 300 + "}\n" for _ in range(130)),
    "items": "[" + ("a, " * 600 + "\n") * 140 + "]",
    "overlaps": SOUND.replace(
        "    offerings:",
        "".join(
            f"      p{number}: {{name: P, kind: block, starts: Y-09-01, ends: Y-09-30}}\n"
            for number in range(900)
        )
        + "    offerings:",
    ),
    "parents": SOUND.replace(
        "    offerings:",
        "".join(
            f"      p{number}: {{name: P, kind: block, parent: p{number + 1}, starts: Y-09-01, ends: Y-09-30}}\n"
            for number in range(900)
        )
        + "    offerings:",
    ),
    "references": SOUND.replace(
        "- [s1-one]", "- [" + ",\n            ".join(f"s1-on{n}" for n in range(4000)) + "]"
    ),
}


def calls_of(work) -> int:
    """How many calls some work makes: a measure of effort that no busy machine changes."""
    made = 0

    def count(frame, event, argument) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize("name", SLOW)
def test_hostile_input_is_refused_with_bounded_effort(name: str):
    found: list = []
    assert calls_of(lambda: found.append(read(SLOW[name]))) < MOST_CALLS
    assert not isinstance(found[0], Document)
    assert 1 <= len(found[0]) <= 100


def test_the_largest_file_is_read_before_its_size_is_refused(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MOST_BYTES + 5))
    assert [p.message for p in read_file(path)] == ["the file is too large"]
    assert [p.message for p in read_file(tmp_path / "none.yaml")] == ["the file cannot be read"]


def test_byte_order_mark_and_line_ends_of_windows_are_fine():
    plain = read(SOUND)
    assert read(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()) == plain


@settings(max_examples=150, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_never_raises_for_noise(data):
    assert isinstance(read(data), list)


PIECES = st.sampled_from(
    ["", "x", "[]", "{}", "null", "true", "-1", "1e9", "'", '"', ": ", "- ", "\n", "  ", "one", "s1",
     "Y-13-01", "2027-02-28", "{then: [s1-one]}", "NO", "\u0000", "é", "&a ", "*a", "!x ", "<<: ", "#"]
)  # fmt: skip  # a table, read by its rows


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, len(SOUND)), st.integers(0, 30), PIECES), max_size=4))
def test_never_raises_for_damage(cuts):
    text = SOUND
    for start, length, piece in cuts:
        text = text[:start] + piece + text[start + length :]
    result = read(text)
    assert isinstance(result, Document) or result


TOKENS = SOUND.replace("{", "{ ").replace("}", " }").replace(",", " ,").split(" ")


@settings(max_examples=60, deadline=None)
@given(
    swaps=st.lists(
        st.tuples(st.integers(0, len(TOKENS) - 1), st.integers(0, len(TOKENS) - 1)), max_size=5
    )
)
def test_never_raises_for_words_in_the_wrong_place(swaps):
    tokens = list(TOKENS)
    for one, other in swaps:
        tokens[one] = TOKENS[other]
    result = read(" ".join(tokens))
    assert isinstance(result, Document) or result

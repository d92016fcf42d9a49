"""What is missing, how far a section is, and what may stand in a field."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admissions.domain.dossier_facts import COLUMNS
from admissions.models import Dossier
from admissions.names import is_latin, normal, sort_name
from admissions.section_values import read
from admissions.sections import SECTIONS, Facts, Status, problems, status
from tests.admissions.cases import ANSWERS

AT = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
EMPTY = Facts(
    values=dict.fromkeys(COLUMNS, ""),
    routes=("scholarship", "self-funded"),
    tracks_offered=2,
    requirements={"passport": "Passport"},
    referees_needed=2,
)
FULL = replace(
    EMPTY,
    values=dict.fromkeys(COLUMNS, "")
    | {"email": "amina@example.org"}
    | {name: value for values in ANSWERS.values() for name, value in values.items()},
    tracks_chosen=("south",),
    documents=frozenset({"passport"}),
    referees=2,
)


def with_values(facts: Facts, **values) -> Facts:
    return replace(facts, values={**facts.values, **values})


def gaps(facts: Facts) -> list[tuple[str, str]]:
    return [(each.section, each.field) for each in problems(facts)]


def value(section: str, name: str, typed):
    """The column, or the message that refuses it."""
    columns, wrong = read(SECTIONS[section], {name: typed}, at=AT, routes=("scholarship",))
    return wrong[name] if wrong else columns[name]


def test_sections_in_their_order():
    assert list(SECTIONS) == [
        "identity",
        "nationality",
        "education",
        "language",
        "motivation",
        "tracks",
        "documents",
        "referees",
        "declaration",
    ]


def test_every_field_is_a_column_of_the_dossier_once():
    names = [name for section in SECTIONS.values() for name in section.fields]
    assert len(names) == len(set(names))
    assert set(names) <= {field.name for field in Dossier._meta.fields}


def test_nothing_is_missing_from_a_full_dossier():
    assert gaps(FULL) == []
    assert {status(FULL, code) for code in SECTIONS} == {Status.COMPLETED}


def test_an_empty_dossier_lists_every_gap():
    assert gaps(EMPTY) == [
        ("identity", "given_names"),
        ("identity", "birth_date"),
        ("identity", "email"),
        ("nationality", "nationality"),
        ("nationality", "residence_country"),
        ("education", "degree_title"),
        ("education", "degree_institution"),
        ("education", "degree_country"),
        ("education", "final_year"),
        ("education", "degree_on"),
        ("language", "english_evidence"),
        ("motivation", "statement"),
        ("motivation", "essay"),
        ("tracks", "route"),
        ("tracks", "tracks"),
        ("documents", "passport"),
        ("referees", "referees"),
        ("declaration", "declared_true"),
    ]


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"given_names": "Сұңқар"}, ("identity", "latin_name")),
        ({"grade": "14.2"}, ("education", "grade_scale")),
        (
            {"english_evidence": "ielts", "english_on": date(2026, 1, 1)},
            ("language", "english_score"),
        ),
        ({"english_evidence": "toefl", "english_score": "100"}, ("language", "english_on")),
        ({"declared_true": False}, ("declaration", "declared_true")),
        ({"final_year": None}, ("education", "final_year")),
    ],
)
def test_what_is_needed_depends_on_the_answers(changed, gap):
    assert gaps(with_values(FULL, **changed)) == [gap]


def test_a_single_name_is_a_whole_name():
    assert gaps(with_values(FULL, given_names="Suharto", family_name="")) == []


def test_a_programme_without_tracks_asks_for_none():
    assert gaps(replace(FULL, tracks_offered=0, tracks_chosen=())) == []


def test_how_far_a_section_is():
    assert status(EMPTY, "identity") == Status.NOT_YET_STARTED
    assert status(with_values(EMPTY, email="a@b.org"), "identity") == Status.NOT_YET_STARTED
    assert status(with_values(EMPTY, given_names="A"), "identity") == Status.IN_PROGRESS
    assert status(with_values(EMPTY, final_year=False), "education") == Status.IN_PROGRESS
    assert status(replace(EMPTY, referees=1), "referees") == Status.IN_PROGRESS
    assert status(replace(EMPTY, tracks_chosen=("a",)), "tracks") == Status.IN_PROGRESS
    assert status(EMPTY, "declaration") == Status.CANNOT_START_YET
    undeclared = with_values(FULL, declared_true=False)
    assert status(undeclared, "declaration") == Status.NOT_YET_STARTED


@pytest.mark.parametrize(
    ("section", "name", "typed", "stored"),
    [
        ("identity", "given_names", "  Jo\u0308rg   Ägidius ", "Jörg Ägidius"),
        ("identity", "given_names", "van der BERG", "van der BERG"),
        ("identity", "given_names", "محمد", "محمد"),
        ("identity", "family_name", None, ""),
        ("identity", "birth_date", "2001-05-04", date(2001, 5, 4)),
        ("identity", "birth_date", "", None),
        ("nationality", "nationality", "pl", "PL"),
        ("nationality", "nationality", "", ""),
        ("education", "degree_ects", " 180 ", 180),
        ("education", "degree_ects", None, None),
        ("education", "final_year", "no", False),
        ("education", "final_year", "", None),
        ("education", "degree_on", "2027-07-01", date(2027, 7, 1)),
        ("motivation", "statement", "One.\r\n\r\nTwo.", "One.\n\nTwo."),
        ("motivation", "essay", "w " * 500, ("w " * 500).strip()),
        ("declaration", "declared_true", "on", True),
        ("declaration", "declared_true", None, False),
        ("tracks", "route", "scholarship", "scholarship"),
    ],
)
def test_what_may_be_typed(section, name, typed, stored):
    assert value(section, name, typed) == stored


@pytest.mark.parametrize(
    ("section", "name", "typed", "word"),
    [
        ("identity", "given_names", "a" * 150, "150"),
        ("identity", "given_names", "A\x00B", "no text"),
        ("identity", "given_names", 7, "text"),
        ("identity", "latin_name", "Иван", "Latin"),
        ("identity", "birth_date", "2027-01-16", "past"),
        ("identity", "birth_date", "04/05/2001", "no date"),
        ("identity", "birth_date", "1066-10-14", "cannot be right"),
        ("identity", "email", "amina@", "e-mail"),
        ("nationality", "nationality", "XX", "ISO 3166"),
        ("nationality", "nationality", "POL", "ISO 3166"),
        ("nationality", "residence_since", "2030-01-01", "past"),
        ("education", "degree_ects", "-3", "whole number"),
        ("education", "degree_ects", "1001", "1000"),
        ("education", "degree_ects", True, "whole number"),
        ("education", "final_year", "perhaps", "yes or no"),
        ("language", "english_evidence", "duolingo", "kinds of proof"),
        ("language", "english_on", date(2028, 1, 1), "past"),
        ("motivation", "essay", "w " * 501, "501"),
        ("motivation", "essay", "w" * 10_001, "10001"),
        ("tracks", "route", "lottery", "ways of funding"),
        ("identity", "state", "submitted", "not part"),
        ("identity", "nationality", "PL", "not part"),
    ],
)
def test_what_is_refused_with_a_sentence(section, name, typed, word):
    assert word in value(section, name, typed)


def test_today_is_still_the_past():
    assert value("identity", "birth_date", "2027-01-15") == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("latin", "name", "key"),
    [
        ("", "Łukasz Żółć", "lukasz zolc"),
        ("", "Østergård", "ostergard"),
        ("Ivan Petrov", "Иван Петров", "ivan petrov"),
        ("", "Иван Петров", "иван петров"),
        ("", "が", "が"),
        ("", "Straße", "strasse"),
        ("", "", ""),
    ],
)
def test_sort_key(latin, name, key):
    assert sort_name(latin, name) == key


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_names_keep_their_script_and_never_break(text):
    once = normal(text)
    assert normal(once) == once
    assert len(sort_name("", once)) <= 300
    is_latin(once)


@settings(deadline=None)  # the machine may be busy
@given(st.dictionaries(st.sampled_from([*COLUMNS, "x"]), st.text() | st.none() | st.integers()))
def test_reading_never_breaks_and_never_mixes(values):
    for section in SECTIONS.values():
        columns, wrong = read(section, values, at=AT, routes=("scholarship",))
        assert columns.keys() | wrong.keys() == values.keys()
        assert columns.keys().isdisjoint(wrong)

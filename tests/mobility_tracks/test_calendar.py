"""Nominal dates become days of an intake."""

from datetime import date

import pytest

from mobility_tracks.calendar import resolve, year_of_study


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Y-09-15", date(2027, 9, 15)),
        ("Y+1-02-15", date(2028, 2, 15)),
        ("Y+2-07-31", date(2029, 7, 31)),
        ("", None),
        ("autumn", None),
        ("Y-02-29", None),
        ("Y+1-02-29", date(2028, 2, 29)),
    ],
)
def test_a_day_is_counted_from_the_year_of_the_intake(text, day):
    assert resolve(text, year=2027) == day


@pytest.mark.parametrize(
    ("starts", "year"),
    [
        ("Y-09-15", 1),
        ("Y+1-02-15", 1),
        ("Y+1-09-01", 2),
        ("Y+2-02-01", 2),
        ("Y+2-09-15", 3),
        ("", 0),
    ],
)
def test_a_year_of_study_begins_about_when_the_first_did(starts, year):
    assert year_of_study(starts, first="Y-09-15") == year

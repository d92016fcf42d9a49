"""Which countries give a basis by themselves, and until when."""

from datetime import UTC, date, datetime

import pycountry
import pytest

from partners.adequacy import DECISIONS, EEA, EU, derived, partial


def test_every_code_is_a_country():
    known = {country.alpha_2 for country in pycountry.countries}
    assert known >= EEA | DECISIONS.keys()
    assert len(EU) == 27


def test_within_the_eea_nothing_is_needed_and_nothing_is_decided():
    assert not EEA & DECISIONS.keys()
    for country in sorted(EEA):
        found = derived(country)
        assert found is not None
        assert found.until is None


@pytest.mark.parametrize(
    ("country", "adequate"),
    [("CH", True), ("KR", True), ("BR", True), ("AU", False), ("DZ", False), ("", False)],
)
def test_outside_it_a_decision_is_needed(country, adequate):
    assert (derived(country) is not None) == adequate


@pytest.mark.parametrize("country", ["US", "CA", "JP"])
def test_a_decision_on_some_recipients_is_none_for_a_university(country):
    assert derived(country) is None
    assert partial(country).only


def test_a_decision_with_an_end_holds_through_its_last_day():
    assert DECISIONS["GB"].until == date(2031, 12, 27)
    assert derived("GB").until == datetime(2031, 12, 28, tzinfo=UTC)


def test_the_source_names_number_and_day():
    assert derived("CH").source == "2000/518/EC, 2000-07-26"
    assert partial("CH") is None

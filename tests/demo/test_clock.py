"""The clock of the demonstration, and the calendar that hangs on its first morning."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from demo import clock
from demo.seed import programmes
from demo.seed.calendar import Calendar, first_morning, whole_hour

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@time_machine.travel(NOON, tick=False)
def test_a_clock_that_nobody_moved_tells_the_time():
    assert clock.now() == NOON


def test_a_moved_clock_goes_on_from_where_it_was_put():
    with time_machine.travel(NOON, tick=False) as real:
        clock.move_to(NOON - timedelta(days=900))
        real.shift(timedelta(minutes=3))
        assert clock.now() == NOON - timedelta(days=900) + timedelta(minutes=3)


@time_machine.travel(NOON, tick=False)
def test_reset_brings_the_time_back_however_often():
    clock.move_to(NOON + timedelta(days=7))
    clock.reset()
    clock.reset()
    assert clock.now() == NOON


@time_machine.travel(NOON, tick=False)
def test_a_spoilt_file_is_no_move_and_no_half_file_stays(folder: Path):
    clock.move_to(NOON + timedelta(days=7))
    assert [path.name for path in folder.iterdir()] == ["demo-clock"]
    (folder / "demo-clock").write_text("tomorrow")
    assert clock.now() == NOON


def test_the_first_morning_lies_six_days_before_the_deadline_in_the_file():
    document = programmes.read(programmes.ENERGY)
    assert first_morning(document) == datetime(2027, 2, 22, 8, tzinfo=UTC)
    (told, *_) = document.calls
    moved = programmes.energy(document, Calendar(first_morning(document), "Europe/Paris"))
    _, call, _before = moved.calls
    assert (call.key, call.opens_at, call.closes_at) == (told.key, told.opens_at, told.closes_at)


@pytest.mark.parametrize(
    ("at", "classes"),
    [
        ("2027-02-22T08:00+00:00", [2023, 2026, 2027]),
        ("2027-07-31T23:00+00:00", [2023, 2026, 2027]),
        ("2027-08-01T00:00+00:00", [2024, 2027, 2028]),
        ("2026-12-31T23:30+00:00", [2023, 2026, 2027]),
    ],
)
def test_whatever_the_day_one_call_is_open_for_six_more_days(at: str, classes: list[int]):
    calendar = Calendar(whole_hour(datetime.fromisoformat(at)), "Europe/Paris")
    document = programmes.energy(programmes.read(programmes.ENERGY), calendar)
    first, second, _before = document.calls
    assert [intake.first_year for intake in document.intakes] == classes
    assert (second.closes_at.date() - calendar.local(0, first.closes_at.time()).date()).days == 6
    assert first.opens_at == second.opens_at < first.closes_at < second.closes_at
    assert {first.intake, second.intake} == {document.intakes[-1].key}


def test_the_arts_move_as_a_whole():
    calendar = Calendar(datetime(2027, 2, 22, 8, tzinfo=UTC), "Europe/Paris")
    told = programmes.read(programmes.ARTS)
    (call,), (before,) = programmes.arts(told, calendar).calls, told.calls
    assert call.closes_at.isoformat() == "2026-12-14T17:00:00"
    assert call.closes_at - call.opens_at == before.closes_at - before.opens_at
    assert [call.closes_at - each.closes_at for each in call.routes if each.closes_at] == [
        before.closes_at - each.closes_at for each in before.routes if each.closes_at
    ]

"""The order of checks: each is told with its time, and one failure ends what runs beside it."""

from config.checks_run import Course

GOOD = ("Good", "python -c 'print(6 * 7)'")
BAD = ("Bad", "python -c 'raise SystemExit(3)'")
ENDLESS = ("Endless", "python -c 'import time; time.sleep(600)'")
COMPILED = ("Compiled", "python -c 'import sys; sys.exit(sys.dont_write_bytecode)'")


def words(capfd) -> list[list[str]]:
    return [line.split() for line in capfd.readouterr().out.splitlines() if line.strip()]


def test_every_check_says_how_it_ended(capfd) -> None:
    course = Course()
    course.run((GOOD,))
    assert [line[:2] for line in words(capfd)] == [["$", "python"], ["42"], ["ok", "Good"]]
    assert (course.code, course.failed) == (0, "")


def test_nothing_comes_after_a_failure(capfd) -> None:
    course = Course()
    course.run((BAD, GOOD))
    course.run_side_by_side((GOOD,), (GOOD,))
    assert [line[:2] for line in words(capfd)] == [["$", "python"], ["FAILED", "Bad"]]
    assert (course.code, course.failed) == (3, BAD[1])


def test_a_failure_on_either_side_stops_the_other(capfd) -> None:
    for first, second in ((BAD, ENDLESS), (ENDLESS, BAD)):
        course = Course(patience=1)
        course.run_side_by_side((first, GOOD), (second, GOOD))
        assert (course.code, course.failed) == (3, BAD[1])
        said = words(capfd)
        assert ["FAILED", "Bad"] in [line[:2] for line in said]
        assert "ok" not in [line[0] for line in said]


def test_what_runs_beside_is_told_when_it_is_over_and_counts(capfd) -> None:
    course = Course()
    course.run_side_by_side((), (GOOD, BAD))
    told = [["$", "python"], ["42"], ["ok", "Good"], ["$", "python"], ["FAILED", "Bad"]]
    assert [line[:2] for line in words(capfd)] == told
    assert (course.code, course.failed) == (3, BAD[1])


def test_what_was_compiled_is_kept_for_the_next_process(monkeypatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    course = Course()
    course.run((COMPILED,))
    assert course.code == 0

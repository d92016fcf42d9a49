"""A host that opens once others are full: kept by the plan, told in the reasons, proved in the file."""

from collections import Counter

import pytest

from consortium.errors import Conflict
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.domain.what_ifs import Question, ask
from mobility_tracks.placement.proof.telling import PROVED, answer
from tests.mobility_tracks.round_case import nine_students

LATE = (
    "s3-bil: {period: s3, host: bil, max_seats: 3}",
    """s3-bil:
        period: s3
        host: bil
        max_seats: 3
        opens_when:
          late: {kind: when_full, parameters: {offerings: [s3-ami, s3-lju]}, sentence: Bilbao opens last.}""",
)
WIDE = ("tolerance: 1", "tolerance: 9")


@pytest.fixture
def nine(world, at):
    return nine_students(world, at, LATE, WIDE)


def decided(nine, seats):
    nine.draft(seats=seats)
    nine.act("open_round")
    for number in range(1, 10):
        nine.wish(number, "s3-bil", "s3-lju")
    nine.act("close_round", at=nine.closes)
    nine.act("decide", at=nine.closes)
    return Counter(nine.hosts().values())


def test_it_takes_nobody_while_a_seat_elsewhere_is_free(nine):
    wide = {"s3-ami": (0, 9), "s3-lju": (0, 9), "s3-bil": (0, 9)}
    given = decided(nine, wide)
    assert given["s3-bil"] == 0
    reason = next(p for p in nine.result()["places"] if p["offering"] == "s3-lju")
    told = next(each for each in reason["alternatives"] if each["offering"] == "s3-bil")
    assert "University AMI" in told["sentence"]
    assert nine.result()["unchecked"] == []


def test_it_takes_who_is_left_once_the_others_are_full(nine):
    given = decided(nine, {"s3-ami": (0, 3), "s3-lju": (0, 4), "s3-bil": (0, 9)})
    assert given == {"s3-ami": 3, "s3-lju": 4, "s3-bil": 2}
    text = export_round(nine.pk, actor=nine.world.staff(), at=nine.closes)
    assert answer(text)[0] == PROVED


def test_without_the_rule_more_students_would_get_what_they_wish(nine):
    decided(nine, {"s3-ami": (0, 3), "s3-lju": (0, 4), "s3-bil": (0, 9)})
    question = Question(groups_off=("s3-bil.late",))
    found = ask(nine.pk, question, actor=nine.world.staff())
    assert found.what.difference.after.sizes["s3-bil"] == 9
    assert any("new version of it" in sentence for sentence in found.obstacles)


def test_a_round_that_cannot_keep_it_says_so(nine):
    """Seven must go to Bilbao at least, and then somebody is missing where it has to be full."""
    nine.draft(seats={"s3-ami": (0, 3), "s3-lju": (0, 4), "s3-bil": (7, 9)})
    nine.act("open_round")
    nine.act("close_round", at=nine.closes)
    with pytest.raises(Conflict) as refused:
        nine.act("decide", at=nine.closes)
    assert "Bilbao opens last" in refused.value.fact

"""Rounds for tracks asked what if, and beside other rounds and what came before them."""

from collections import Counter

import pytest

from consortium.access import acting
from consortium.domain.memberships import account_for
from consortium.errors import Conflict
from consortium.models import OutboxMessage
from mobility_tracks.domain.allocation.takers import seats_of, students_of
from mobility_tracks.domain.placements import place
from mobility_tracks.models import (
    Enrolment,
    Offering,
    RoundSeats,
    Track,
)
from tests.mobility_tracks.curricula import S3, enrolled
from tests.mobility_tracks.round_case import email
from tests.mobility_tracks.tracks.case import (
    adopted,
    asked,
    drafted,
    stays_of,
    tracks_of,
)

# -- what if


def test_fewer_seats_at_a_host_move_who_is_over_them(decided):
    found = asked(decided, seats={"s4-lab": (0, 1)}, fewest_moves=True)
    assert [move.before for move in found.what.difference.moves] == ["lab"]
    assert found.obstacles == ()
    adopted(decided, seats={"s4-lab": (0, 1)}, fewest_moves=True)
    with acting(decided.world.system()):
        assert RoundSeats.objects.get(offering__code="s4-lab").most == 1
    assert Counter(decided.hosts().values())["lab"] == 1


def test_a_published_plan_moves_a_student_from_track_to_track(published):
    found = asked(published, seats={"s4-lab": (0, 1)}, fewest_moves=True)
    (move,) = found.what.difference.moves
    before = {s: stays_of(published, s) for s in published.hosts() if s != move.student}
    adopted(published, seats={"s4-lab": (0, 1)}, fewest_moves=True)
    assert move.after == "east"
    assert stays_of(published, move.student) == [("s3-lju", "announced"), ("s4-lab", "cancelled")]
    assert tracks_of(published)[move.student] == "east"
    assert before == {s: stays_of(published, s) for s in before}
    with acting(published.world.system()):
        told = OutboxMessage.objects.filter(subject__contains="your place has changed")
        assert told.count() == 1


def test_a_host_that_drops_out_takes_its_tracks_along(decided):
    wide = {"south": (0, 9), "stay": (0, 9)}
    question = {"closed": ("lju",), "seats": wide, "fewest_moves": True}
    found = asked(decided, **question)
    assert set(found.what.difference.after.sizes) == {"south", "stay"}
    adopted(decided, **question)
    with acting(decided.world.system()):
        left = {row.code for row in RoundSeats.objects.select_related("offering", "track")}
    assert left == {"south", "stay"}
    assert set(decided.hosts().values()) == {"south", "stay"}


# -- what two rounds, and what came before, have to do with each other


def second_round(decided, **changes):
    """Another round for tracks, decided beside the first; the first stays at hand."""
    first = decided.pk
    drafted(decided, title="Again", **changes)
    decided.act("open_round", at=decided.opens)
    decided.act("close_round", at=decided.closes)
    decided.act("decide", at=decided.closes)
    second, decided.pk = decided.pk, first
    return second


def test_of_two_plans_of_tracks_the_second_has_nobody_left(decided):
    first, decided.pk = decided.pk, second_round(decided)
    with pytest.raises(Conflict, match="“Tracks” has a plan"):
        decided.act("publish", at=decided.closes)
    second, decided.pk = decided.pk, first
    decided.act("publish", at=decided.closes)
    decided.pk = second
    with pytest.raises(Conflict, match="have changed since"):
        decided.act("publish", at=decided.closes)


def test_who_has_a_track_ranks_none(open_):
    with acting(open_.world.system()):
        Enrolment.objects.filter(reference="STU-0004").update(track=Track.objects.get(code="east"))
    with pytest.raises(Conflict, match="You go the track “By Ljubljana”"):
        open_.wish(4, "south")


def test_who_had_a_track_before_holds_its_seats_though_not_yet_placed(nine):
    with acting(nine.world.system()):
        lab = Track.objects.get(code="lab")
        Enrolment.objects.filter(reference__in=["STU-0008", "STU-0009"]).update(track=lab)
    drafted(nine).act("open_round")
    with acting(nine.world.system()):
        round_ = nine.row()
        left = seats_of(round_, students_of(round_))
    assert (left["lab"].most, left["s3-lju"].most, left["s4-lab"].most) == (2, 1, 0)


def test_a_stay_that_a_track_may_leave_open_is_held_beside_the_tracks(nine, world):
    with acting(world.system()):
        lab = Offering.objects.get(code="s4-lab").pk
    drafted(nine).act("open_round")
    place(
        nine.students[4].pk,
        actor=world.staff(),
        at=nine.opens,
        offering_id=lab,
        reason="Her thesis is there.",
    )
    with acting(world.system()):
        round_ = nine.row()
        assert seats_of(round_, students_of(round_))["s4-lab"].most == 1


def test_adopting_a_published_plan_of_tracks_waits_for_other_plans(published, world, at):
    account_for(email(10))
    late = enrolled(world, at, email=email(10), number=10, residence="KE")
    tracks = published.pk
    published.draft(title="Third", period="s3", seats=dict.fromkeys(S3, (0, 9)), rooms={})
    published.act("open_round", at=published.opens)
    published.act("close_round", at=published.closes)
    published.act("decide", at=published.closes)
    published.pk = tracks
    with pytest.raises(Conflict, match="“Third” has a plan"):
        adopted(published, fewest_moves=True)
    with acting(world.system()):
        late.refresh_from_db()
    assert late.track_id is None

"""Rounds in which whole tracks are chosen: nine students, four tracks, three hosts in semester 3."""

from collections import Counter

import pytest

from consortium.access import acting
from consortium.errors import Conflict, Incomplete, Invalid, WrongState
from consortium.models import JournalEntry, OutboxMessage
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.placements import place
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.domain.round_sizes import sizes_told
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Period,
    Preference,
    RoundSeats,
    Track,
    TrackStep,
)
from mobility_tracks.placement.proof.telling import PROVED, answer
from tests.mobility_tracks.curricula import intake_of, places
from tests.mobility_tracks.round_case import HOMES, nine_students
from tests.mobility_tracks.tracks.case import (
    S3_OF,
    TRACKS,
    TWO_BY_LJUBLJANA,
    decided_for_ljubljana,
    drafted,
    stays_of,
    tracks_of,
)

# -- draft and open


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"seats": {"north": (0, 9)}}, "north is none of them"),
        ({"seats": {"stay": (5, 4)}}, ""),
        ({"rooms": {"s3-lju": (4, 3)}}, ""),
        ({"rooms": {"s4-ami": (0, 9)}}, "No track of this round settles s4-ami"),
        ({"period": "s3", "seats": {"s3-ami": (0, 9)}}, "This one is for Semester 3"),
    ],
)
def test_a_draft_says_which_track_or_host_is_wrong_and_writes_nothing(nine, changes, fact):
    with pytest.raises(Invalid) as refused:
        drafted(nine, **changes)
    assert list(refused.value.fields) == ["seats"]
    assert fact in refused.value.fact
    with acting(nine.world.system()):
        assert not AllocationRound.objects.exists()


def test_a_track_that_settles_nothing_is_not_on_offer(nine):
    with acting(nine.world.system()):
        tenant = {"consortium_id": nine.world.system().tenant}
        version = intake_of(nine.world).version
        track = Track.objects.create(**tenant, version=version, code="any", title="Any hosts")
        period = Period.objects.get(version=version, code="s3")
        TrackStep.objects.create(**tenant, track=track, period=period)
    with pytest.raises(Invalid, match="Any hosts are chosen later"):
        drafted(nine, seats={"any": (0, 9)}, rooms={})


def test_a_track_and_a_host_that_is_counted_differ_in_their_keys(nine):
    with acting(nine.world.system()):
        Track.objects.filter(code="east").update(code="s3-lju")
    with pytest.raises(Invalid, match="s3-lju is a track and an offering"):
        drafted(nine, seats={"s3-lju": (0, 9)}, rooms={"s3-lju": (0, 9)})


def test_it_opens_when_tracks_and_the_hosts_that_all_of_them_pass_have_room(nine):
    counted = {"s3-ami": (0, 2), "s3-lju": (0, 3), "s3-bil": (0, 3)}
    drafted(nine, rooms=counted)
    with pytest.raises(Conflict, match="9 students and 8 seats"):
        nine.act("open_round")
    drafted(nine, seats=dict.fromkeys(TRACKS, (0, 2)))
    with pytest.raises(Conflict, match="9 students and 8 seats"):
        nine.act("open_round")


def test_opening_speaks_of_tracks_and_freezes_the_draft(open_):
    with acting(open_.world.system()):
        letters = OutboxMessage.objects.filter(subject__contains="where would you like")
        bodies = [*letters.values_list("body", flat=True)]
    assert len(bodies) == 9
    assert all("which tracks you prefer" in body and "every track" in body for body in bodies)
    with pytest.raises(WrongState, match="changes until it opens"):
        open_.act("redraft_round", **terms(open_))
    with pytest.raises(WrongState):
        open_.act("discard_round")


def terms(round_, **changes):
    return {
        "title": "Other",
        "opens_at": round_.opens,
        "closes_at": round_.closes,
        "zone": "UTC",
        "policy": "least_dissatisfaction",
        "seed": "other",
        "seats": {"stay": (0, 9), "east": (1, 9)},
        "rooms": {"s3-lju": (0, 5)},
    } | changes


def test_a_draft_is_changed_as_a_whole_and_thrown_away(nine):
    drafted(nine)
    nine.act("redraft_round", **terms(nine))
    with acting(nine.world.system()):
        row = AllocationRound.objects.get()
        seats = {each.code: (each.least, each.most) for each in row.seats.all()}
    assert (row.title, row.policy, row.seed, row.period_id) == (
        "Other",
        "least_dissatisfaction",
        "other",
        None,
    )
    assert seats == {"stay": (0, 9), "east": (1, 9), "s3-lju": (0, 5)}
    with pytest.raises(Invalid):
        nine.act("redraft_round", **terms(nine, seats={"north": (0, 1)}))
    with acting(nine.world.system()):
        assert RoundSeats.objects.count() == 3
    nine.act("discard_round")
    with acting(nine.world.system()):
        assert not AllocationRound.objects.exists()
        assert JournalEntry.objects.filter(act="round.discard").count() == 1


# -- wishes


def test_what_a_track_leads_to_is_judged_as_a_whole(open_):
    """Amiens twice leaves one country beside Poland or France, whoever lives there."""
    with acting(open_.student(1)):
        row = AllocationRound.objects.get(pk=open_.pk)
        mine = Enrolment.objects.for_actor(open_.student(1)).get()
        own = own_ground(row, mine)
    assert set(own.closed) == {"stay"}
    assert "countries" in own.closed["stay"].rule
    with pytest.raises(Invalid, match="Amiens twice is not open to you"):
        open_.wish(1, "stay")


def test_wishes_name_tracks_each_once(open_):
    open_.wish(3, "lab", ["east", "south"], impossible={"stay": "My grant excludes it."})
    with acting(open_.world.system()):
        rows = Preference.objects.order_by("rank", "track__code")
        told = [*rows.values_list("track__code", "offering_id", "rank")]
    assert told == [("lab", None, 1), ("east", None, 2), ("south", None, 2), ("stay", None, None)]
    with pytest.raises(Invalid, match="s3-lju is not on offer"):
        open_.wish(3, "s3-lju")


# -- the plan


def test_seats_of_hosts_hold_for_all_tracks_together(decided):
    given = Counter(decided.hosts().values())
    assert given["lab"] == 2
    assert given["lab"] + given["east"] == 3  # Ljubljana has three seats, for both tracks
    in_s3 = Counter(S3_OF[track] for track in decided.hosts().values())
    assert max(in_s3.values()) - min(in_s3.values()) <= 1  # equal groups, by host and not by track
    abroad = [decided.hosts()[f"STU-{n:04}"] for n in range(1, 10) if HOMES[n - 1] in ("PL", "FR")]
    assert "stay" not in abroad


def test_a_plan_of_tracks_is_proved_and_checked_elsewhere(decided):
    result = decided.result()
    assert (result["proven"], result["checked"]) == (True, "proved")
    text = export_round(decided.pk, actor=decided.world.staff(), at=decided.closes)
    code, lines = answer(text)
    assert (code, lines[-1]) == (PROVED, "Best possible: proved.")


def test_reasons_name_the_host_whose_seats_bind(world, at):
    nine = nine_students(world, at, TWO_BY_LJUBLJANA, ("tolerance: 1", "tolerance: 3"))
    decided = decided_for_ljubljana(nine)
    lost = next(p for p in decided.result()["places"] if p["offering"] not in ("lab", "east"))
    told = {each["offering"]: each for each in lost["alternatives"]}
    assert (
        "University LJU (Semester 3) has 3 seats for all tracks together"
        in told["east"]["sentence"]
    )
    assert "wider by one" in told["east"]["remedy"]


def test_stays_are_planned_where_a_track_settles_the_host_and_none_is_there(decided):
    by_track = {track: reference for reference, track in decided.hosts().items()}
    assert stays_of(decided, by_track["lab"]) == [("s3-lju", "planned"), ("s4-lab", "planned")]
    assert stays_of(decided, by_track["east"]) == [("s3-lju", "planned")]
    assert set(tracks_of(decided).values()) == {None}


def test_published_a_track_is_the_student_s_and_its_stays_are_announced(published):
    assert tracks_of(published) == published.hosts()
    chosen = published.hosts()["STU-0003"]
    third = S3_OF[chosen].removeprefix("s3-").upper()
    found = places(published.world, published.students[2])
    assert [found[key] for key in ("s1", "s2", "s3")] == [
        ("WAW", "announced"),
        ("AMI", "announced"),
        (third, "announced"),
    ]
    with acting(published.world.system()):
        given = JournalEntry.objects.filter(act="track.give")
        assert given.count() == 9
        news = OutboxMessage.objects.filter(subject__contains="news on your studies")
        assert news.count() == 9


def test_who_has_a_track_takes_no_part_in_the_next_round(published):
    drafted(published, title="Again")
    with pytest.raises(Incomplete, match="waiting for what this round gives"):
        published.act("open_round")


def test_a_plan_of_tracks_is_published_only_as_it_was_decided(decided, world):
    gone = decided.students[8]
    withdraw(gone.pk, actor=world.staff(), at=decided.closes, reason="Another master.")
    with pytest.raises(Conflict, match="have changed since: 1 changes"):
        decided.act("publish", at=decided.closes)
    decided.act("decide", at=decided.closes)
    decided.act("publish", at=decided.closes)
    assert tracks_of(decided)["STU-0009"] is None


def test_two_plans_for_the_same_students_are_not_published_one_over_the_other(decided):
    tracks = decided.pk
    decided.draft(title="Theses", period="s4", seats={"s4-ami": (0, 9), "s4-lab": (0, 9)}, rooms={})
    decided.act("open_round", at=decided.opens)
    decided.act("close_round", at=decided.closes)
    decided.act("decide", at=decided.closes)
    decided.pk = tracks
    with pytest.raises(Conflict, match="“Theses” has a plan for some of the same students"):
        decided.act("publish", at=decided.closes)
    assert set(tracks_of(decided).values()) == {None}


def test_who_is_somewhere_by_hand_goes_a_track_that_passes_there(open_, world):
    with acting(world.system()):
        bilbao = Offering.objects.get(code="s3-bil").pk
    place(
        open_.students[4].pk,
        actor=world.staff(),
        at=open_.opens,
        offering_id=bilbao,
        reason="The board sends her there.",
    )
    open_.act("close_round", at=open_.closes)
    open_.act("decide", at=open_.closes)
    assert open_.hosts()["STU-0005"] == "south"
    assert stays_of(open_, "STU-0005") == []
    open_.act("publish", at=open_.closes)
    assert tracks_of(open_)["STU-0005"] == "south"


def test_hosts_read_how_many_come_by_which_track(published, world):
    with acting(world.system()):
        rows = [*Offering.objects.filter(code__in=["s3-lju", "s3-bil"]).select_related("period")]
        told = sizes_told(rows, actor=world.staff())
        by_code = {row.pk: row.code for row in rows}
        sentences = {by_code[offering]: text for (_intake, offering), text in told.items()}
    assert sentences["s3-lju"].startswith("University LJU (Semester 3): 3 students on 3 seats. ")
    assert "Ljubljana and the laboratory: 2 students" in sentences["s3-lju"]
    assert sentences["s3-bil"].startswith(
        "University BIL (Semester 3): 3 students. By Bilbao: 3 students"
    )

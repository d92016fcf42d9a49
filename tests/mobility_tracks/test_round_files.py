"""The file of a decided round: the act, its page and its resource."""

import pytest

from consortium.access import acting
from consortium.errors import Conflict, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry
from consortium.roles import Role
from mobility_tracks.domain import rounds
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.models import AllocationRound
from mobility_tracks.placement.proof.telling import PROVED, answer
from tests.mobility_tracks.round_case import WISHES, nine_students


@pytest.fixture
def nine(world, at):
    return nine_students(world, at)


@pytest.fixture
def decided(nine):
    nine.draft()
    nine.act("open_round")
    for number in range(3, 8):
        nine.wish(number, *WISHES)
    nine.act("close_round", at=nine.closes)
    nine.act("decide", at=nine.closes)
    return nine


def exported(round_, actor=None):
    return export_round(round_.pk, actor=actor or round_.world.staff(), at=round_.closes)


def test_the_file_of_a_round_proves_its_plan_and_is_in_the_journal(decided):
    text = exported(decided)
    code, lines = answer(text)
    assert (code, lines[-1]) == (PROVED, "Best possible: proved.")
    result = decided.result()
    assert (result["checked"], result["proofs"]) == (
        "proved",
        [line.strip() for line in lines if line.startswith("  ")],
    )
    assert exported(decided) == text
    with acting(decided.world.system()):
        entries = list(JournalEntry.objects.filter(act="round.export"))
        assert [entry.facts["digest"] for entry in entries] == [result["digest"]] * 2


@pytest.fixture
def impossible(nine):
    """Nine students, eleven seats, and groups that may differ by one: one host has to be short."""
    nine.draft(seats={"s3-ami": (0, 7), "s3-lju": (0, 2), "s3-bil": (0, 2)})
    nine.act("open_round")
    nine.act("close_round", at=nine.closes)
    return nine


def test_a_round_without_a_plan_has_a_file_that_proves_it(impossible):
    with pytest.raises(Conflict) as refused:
        impossible.act("decide", at=impossible.closes)
    assert "equal size" in refused.value.fact
    text = exported(impossible)
    code, lines = answer(text)
    assert (code, lines[-1]) == (PROVED, "No plan exists: proved.")
    assert any("equal size" in line for line in lines)
    assert "Student 1" not in text
    with acting(impossible.world.system()):
        entry = JournalEntry.objects.get(act="round.export")
        assert entry.facts == {"students": 9, "has_plan": False}


def test_a_closed_round_that_has_a_plan_has_no_file_yet(nine):
    nine.draft()
    nine.act("open_round")
    nine.act("close_round", at=nine.closes)
    with pytest.raises(WrongState, match="not decided yet"):
        exported(nine)


def test_the_file_names_students_by_reference_alone(decided):
    text = exported(decided)
    assert "STU-0001" in text
    with acting(decided.world.system()):
        for student in decided.students:
            assert student.person_name
            assert student.person_name not in text
            assert student.person_name.split()[0] not in text


def test_there_is_no_file_before_the_decision(nine):
    nine.draft()
    with pytest.raises(WrongState, match="once it is decided"):
        exported(nine)


def test_a_plan_kept_without_a_certificate_has_no_file_and_is_decided_anew(decided):
    with acting(decided.world.system()):
        row = AllocationRound.objects.defer(None).get(pk=decided.pk)
        AllocationRound.objects.filter(pk=decided.pk).update(
            result={k: v for k, v in row.result.items() if k != "certificate"}
        )
    with pytest.raises(Conflict, match="kept without one"):
        exported(decided)
    rounds.decide(decided.pk, actor=decided.world.staff(), at=decided.closes)
    assert answer(exported(decided))[0] == PROVED


def test_the_file_needs_the_right_to_run_rounds(decided):
    world = decided.world
    for actor in (world.partner("waw"), decided.student(1)):
        with pytest.raises(NotAllowed):
            exported(decided, actor)
    elsewhere = (world.staff(slug="arts"), world.partner("waw", slug="arts"))
    for actor in (world.staff(Role.COMMITTEE), *elsewhere):
        with pytest.raises(NotFound):
            exported(decided, actor)

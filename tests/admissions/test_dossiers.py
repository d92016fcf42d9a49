"""Start, write, submit, reopen, withdraw."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from admissions.domain import dossiers
from admissions.domain.call_spec import RouteSpec
from admissions.domain.calls import close_call, draft_call, open_call
from admissions.domain.dossier_facts import facts_of
from admissions.models import Dossier, ReferenceRequest, TrackPreference
from admissions.reference_number import is_valid
from admissions.sections import SECTIONS, Status, status
from consortium.access import acting
from consortium.errors import (
    Conflict,
    Incomplete,
    Invalid,
    NotAllowed,
    NotFound,
    WindowClosed,
    WrongState,
)
from consortium.models import JournalEntry, Transition
from mobility_tracks.models import Intake
from tests.admission_world import CLOSES, OPENS, call_spec
from tests.admissions.cases import complete, mails, started

SECOND = timedelta(seconds=1)


@pytest.fixture
def here(calls):
    return calls["emat"]


@pytest.fixture
def amina(world):
    return world.applicant("amina")


@pytest.fixture
def bela(world):
    return world.applicant("bela")


def row(world, pk, slug="emat") -> Dossier:
    with acting(world.system(slug)):
        return Dossier.objects.get(pk=pk)


def save(dossier, actor, at, section="identity", **values):
    return dossiers.save_section(dossier.pk, actor=actor, at=at, section=section, values=values)


# --- start


def test_a_dossier_begins_with_a_number_and_the_accounts_address(world, here, amina, at):
    dossier = dossiers.start(here.call_id, actor=amina, at=at)
    kept = row(world, dossier.pk)
    assert is_valid(kept.reference)
    assert (kept.state, kept.email, kept.applicant_id) == (
        "draft",
        "amina@example.org",
        amina.user_id,
    )
    assert (kept.started_at, kept.saved_at, kept.submitted_at) == (at, at, None)


def test_one_dossier_per_person_and_call_unless_withdrawn(world, here, amina, bela, at):
    first = dossiers.start(here.call_id, actor=amina, at=at)
    with pytest.raises(Conflict, match=first.reference):
        dossiers.start(here.call_id, actor=amina, at=at)
    dossiers.start(here.call_id, actor=bela, at=at)
    dossiers.withdraw(first.pk, actor=amina, at=at)
    second = dossiers.start(here.call_id, actor=amina, at=at)
    assert second.reference != first.reference


def test_a_reference_in_use_is_drawn_again(world, here, amina, bela, at, monkeypatch):
    drawn = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr(dossiers, "new_reference", lambda: next(drawn))
    references = [dossiers.start(here.call_id, actor=one, at=at).reference for one in (amina, bela)]
    assert references == ["AAAA-AAAA", "BBBB-BBBB"]


@pytest.mark.parametrize("moment", [OPENS - SECOND, CLOSES, CLOSES + SECOND])
def test_outside_the_window_nothing_begins(here, amina, moment):
    with pytest.raises(WindowClosed):
        dossiers.start(here.call_id, actor=amina, at=moment)


@pytest.mark.parametrize("moment", [OPENS, CLOSES - SECOND])
def test_the_window_is_half_open(here, amina, moment):
    assert dossiers.start(here.call_id, actor=amina, at=moment).state == "draft"


def test_a_closed_call_says_when_it_closed(world, here, amina):
    close_call(here.call_id, actor=world.staff(), at=CLOSES)
    with pytest.raises(WindowClosed, match="28 Feb 2027, 23:59 Europe/Paris"):
        dossiers.start(here.call_id, actor=amina, at=CLOSES)


def test_who_begins_a_dossier(world, here, at):
    foreign = open_call_id(world, "arts")
    with pytest.raises(NotFound):
        dossiers.start(foreign, actor=world.applicant(), at=at)
    with pytest.raises(NotFound):
        dossiers.start(uuid4(), actor=world.applicant(), at=at)
    with pytest.raises(NotFound):
        dossiers.start(here.call_id, actor=world.public(), at=at)
    with pytest.raises(NotAllowed):
        dossiers.start(here.call_id, actor=world.staff(), at=at)


def open_call_id(world, slug):
    from admissions.models import Call

    with acting(world.system(slug)):
        return Call.objects.get().pk


# --- save


def test_a_part_of_a_section_is_saved(world, here, amina, at):
    dossier = dossiers.start(here.call_id, actor=amina, at=at)
    later = at + timedelta(hours=1)
    save(dossier, amina, at, given_names="Amina", birth_date="2001-05-04")
    save(dossier, amina, later, family_name="Diallo")
    kept = row(world, dossier.pk)
    assert (kept.name, kept.birth_date, kept.saved_at) == ("Amina Diallo", date(2001, 5, 4), later)
    assert kept.sort_name == "amina diallo"
    save(dossier, amina, later, latin_name="Ámina Ðiallo")
    assert row(world, dossier.pk).sort_name == "amina diallo"
    save(dossier, amina, later, family_name="")
    assert row(world, dossier.pk).name == "Amina"


def test_one_wrong_value_keeps_nothing_of_the_section(world, here, amina, at):
    dossier = started(world, here, at)
    with pytest.raises(Invalid) as refused:
        save(dossier, amina, at, given_names="Amina", birth_date="2091-01-01", phone="1" * 41)
    assert set(refused.value.fields) == {"birth_date", "phone"}
    kept = row(world, dossier.pk)
    assert (kept.given_names, kept.birth_date, kept.phone, kept.saved_at) == ("", None, "", at)


def test_a_text_over_its_limit_is_refused_with_the_count(world, here, amina, at):
    dossier = started(world, here, at)
    save(dossier, amina, at, "motivation", statement="w " * 500)
    with pytest.raises(Invalid) as refused:
        save(dossier, amina, at, "motivation", statement="w " * 501, essay="Fine.")
    assert refused.value.fields == {"statement": "At most 500 words; this has 501."}
    assert row(world, dossier.pk).essay == ""
    assert len(row(world, dossier.pk).statement.split()) == 500


def test_values_that_contradict_what_was_saved_before(world, here, amina, at):
    dossier = started(world, here, at)
    save(dossier, amina, at, "education", degree_on="2027-07-01")
    with pytest.raises(Invalid) as refused:
        save(dossier, amina, at, "education", final_year=False)
    assert set(refused.value.fields) == {"degree_on"}
    save(dossier, amina, at, "education", final_year=True)
    save(dossier, amina, at, "nationality", nationality="SN")
    with pytest.raises(Invalid) as refused:
        save(dossier, amina, at, "nationality", second_nationality="SN")
    assert set(refused.value.fields) == {"second_nationality"}


@pytest.mark.parametrize("section", ["documents", "referees", "x", ""])
def test_a_section_without_fields_is_not_saved(world, here, amina, at, section):
    with pytest.raises(Invalid):
        save(started(world, here, at), amina, at, section)


def test_columns_that_belong_to_no_section_cannot_be_written(world, here, amina, at):
    dossier = started(world, here, at)
    for name in ("state", "applicant", "score", "visible_to", "consortium_id", "reference"):
        with pytest.raises(Invalid):
            save(dossier, amina, at, "identity", **{name: 1})


def test_referees_see_the_corrected_name(world, here, amina, at):
    dossier = complete(world, here, at)
    save(dossier, amina, at, given_names="Aminata")
    with acting(world.system()):
        names = set(ReferenceRequest.objects.values_list("applicant_name", flat=True))
    assert names == {"Aminata Diallo"}


def test_a_dossier_is_its_owners_alone(world, here, bela, at):
    dossier = started(world, here, at)
    elsewhere = world.applicant("amina", "arts")
    others = (bela, elsewhere, world.public(), world.reviewer(), world.partner(), world.staff())
    for actor in others:
        for act in (
            lambda a: save(dossier, a, at, given_names="X"),
            lambda a: dossiers.rank_tracks(dossier.pk, actor=a, at=at, tracks=[]),
            lambda a: dossiers.submit(dossier.pk, actor=a, at=at),
            lambda a: dossiers.reopen(dossier.pk, actor=a, at=at),
            lambda a: dossiers.withdraw(dossier.pk, actor=a, at=at),
        ):
            with pytest.raises(NotFound):
                act(actor)
    kept = row(world, dossier.pk)
    assert (kept.given_names, kept.state) == ("", "draft")


# --- tracks


def wishes(world, pk) -> list[tuple[str, int]]:
    with acting(world.system()):
        rows = TrackPreference.objects.filter(dossier_id=pk).order_by("rank")
        return list(rows.values_list("track__code", "rank"))


def test_tracks_are_ranked_and_ranked_anew(world, here, amina, at):
    dossier = started(world, here, at)
    for tracks in (["south", "north"], ["north", "south"], ["north"], []):
        dossiers.rank_tracks(dossier.pk, actor=amina, at=at, tracks=tracks)
        assert wishes(world, dossier.pk) == [(code, n) for n, code in enumerate(tracks, 1)]


@pytest.mark.parametrize("tracks", [["south", "south"], ["east"], ["south", ""]])
def test_wrong_wishes_keep_the_old_ones(world, here, amina, at, tracks):
    dossier = started(world, here, at)
    dossiers.rank_tracks(dossier.pk, actor=amina, at=at, tracks=["south"])
    with pytest.raises(Invalid) as refused:
        dossiers.rank_tracks(dossier.pk, actor=amina, at=at, tracks=tracks)
    assert set(refused.value.fields) == {"tracks"}
    assert wishes(world, dossier.pk) == [("south", 1)]


# --- submit


def test_an_incomplete_dossier_lists_every_gap(world, here, amina, at):
    dossier = started(world, here, at)
    with pytest.raises(Incomplete) as refused:
        dossiers.submit(dossier.pk, actor=amina, at=at)
    assert len(refused.value.fields) == 18 - 1 + 2 - 1
    assert refused.value.fields["documents.passport"] == "Attach: Passport."
    assert "identity.email" not in refused.value.fields
    assert row(world, dossier.pk).state == "draft"
    assert mails(world) == []


def test_submitting_writes_state_time_transition_and_one_receipt(world, here, amina, at):
    dossier = complete(world, here, at)
    facts = facts_of(row_with_call(world, dossier.pk), actor=world.system())
    assert {status(facts, code) for code in SECTIONS} == {Status.COMPLETED}
    submitted = dossiers.submit(dossier.pk, actor=amina, at=at)
    kept = row(world, dossier.pk)
    assert (kept.state, kept.submitted_at) == ("submitted", at)
    assert submitted.submitted_at == at
    receipts = mails(world, key__startswith="dossier.receipt")
    assert [message.to for message in receipts] == ["amina@example.org"]
    assert kept.reference in receipts[0].body
    assert "Amina" not in receipts[0].body + receipts[0].subject
    with acting(world.system()):
        moves = Transition.objects.filter(subject_id=str(kept.pk))
        assert list(moves.values_list("event", "source", "target", "at")) == [
            ("submit", "draft", "submitted", at)
        ]


def row_with_call(world, pk) -> Dossier:
    with acting(world.system()):
        return Dossier.objects.select_related("call").get(pk=pk)


def test_a_second_click_changes_nothing_even_after_the_deadline(world, here, amina, at):
    dossier = complete(world, here, at)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    for later in (at + SECOND, CLOSES + SECOND):
        again = dossiers.submit(dossier.pk, actor=amina, at=later)
        assert (again.pk, again.state, again.submitted_at) == (dossier.pk, "submitted", at)
    assert len(mails(world, key__startswith="dossier.receipt")) == 1
    with acting(world.system()):
        assert JournalEntry.objects.filter(act="dossier.submit").count() == 1


@pytest.mark.parametrize("late", [timedelta(0), SECOND])
def test_from_the_deadline_on_submitting_is_refused(world, here, amina, at, late):
    dossier = complete(world, here, at)
    with pytest.raises(WindowClosed) as refused:
        dossiers.submit(dossier.pk, actor=amina, at=CLOSES + late)
    assert "28 Feb 2027, 23:59 Europe/Paris (28 Feb 2027, 22:59 UTC)" in refused.value.fact
    assert "consortium office" in refused.value.next_step
    assert row(world, dossier.pk).state == "draft"


def test_a_second_before_the_deadline_is_in_time(world, here, amina, at):
    dossier = complete(world, here, at)
    assert dossiers.submit(dossier.pk, actor=amina, at=CLOSES - SECOND).state == "submitted"


def test_a_route_may_close_before_the_call(world, here, amina, at):
    early = at + timedelta(days=1)
    with acting(world.system()):
        intake = Intake.objects.get(pk=here.intake_id)
    routes = (
        RouteSpec(code="funded", name="Funded", closes_at=early),
        RouteSpec(code="free", name="Free"),
    )
    spec = call_spec("x", slug="c2", routes=routes, requirements=(), references_needed=0)
    call = draft_call(intake, actor=world.staff(), at=at, spec=spec)
    open_call(call.pk, actor=world.staff(), at=at)
    from dataclasses import replace

    dossier = started_in(world, replace(here, call_id=call.pk), at)
    save(dossier, amina, at, "tracks", route="funded")
    with pytest.raises(WindowClosed, match="Another way of funding is still open"):
        dossiers.submit(dossier.pk, actor=amina, at=early)
    save(dossier, amina, early, "tracks", route="free")
    assert dossiers.submit(dossier.pk, actor=amina, at=early).state == "submitted"


def started_in(world, call, at):
    from tests.admissions.cases import ANSWERS

    dossier = started(world, call, at)
    for section in set(ANSWERS) - {"tracks"}:
        save(dossier, world.applicant(), at, section, **ANSWERS[section])
    dossiers.rank_tracks(dossier.pk, actor=world.applicant(), at=at, tracks=["south"])
    return dossier


def test_a_submitted_dossier_cannot_be_written(world, here, amina, at):
    dossier = complete(world, here, at)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    with pytest.raises(WrongState, match="Reopen it"):
        save(dossier, amina, at, given_names="X")
    with pytest.raises(WrongState):
        dossiers.rank_tracks(dossier.pk, actor=amina, at=at, tracks=[])
    assert row(world, dossier.pk).given_names == "Amina"


def test_a_draft_cannot_be_written_from_the_deadline_on(world, here, amina, at):
    dossier = started(world, here, at)
    with pytest.raises(WindowClosed):
        save(dossier, amina, CLOSES, given_names="X")
    save(dossier, amina, CLOSES - SECOND, given_names="X")
    assert row(world, dossier.pk).given_names == "X"


# --- reopen, withdraw


def test_reopening_until_the_deadline_and_a_receipt_for_each_submission(world, here, amina, at):
    dossier = complete(world, here, at)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    reopened = dossiers.reopen(dossier.pk, actor=amina, at=CLOSES - 2 * SECOND)
    assert (reopened.state, reopened.submitted_at) == ("draft", None)
    last = CLOSES - SECOND
    assert dossiers.submit(dossier.pk, actor=amina, at=last).submitted_at == last
    assert len(mails(world, key__startswith="dossier.receipt")) == 2
    with pytest.raises(WindowClosed):
        dossiers.reopen(dossier.pk, actor=amina, at=CLOSES)
    assert row(world, dossier.pk).state == "submitted"


def test_a_draft_is_not_reopened(world, here, amina, at):
    with pytest.raises(WrongState):
        dossiers.reopen(started(world, here, at).pk, actor=amina, at=at)


def test_withdrawing_keeps_the_reason_and_ends_it(world, here, amina, at):
    dossier = complete(world, here, at)
    dossiers.submit(dossier.pk, actor=amina, at=at)
    dossiers.withdraw(dossier.pk, actor=amina, at=CLOSES + SECOND, reason="Another offer.")
    with acting(world.system()):
        last = Transition.objects.filter(subject_id=str(dossier.pk)).order_by("at", "id").last()
    assert (last.event, last.reason) == ("withdraw", "Another offer.")
    for act in (dossiers.submit, dossiers.reopen, dossiers.withdraw):
        with pytest.raises(WrongState):
            act(dossier.pk, actor=amina, at=at)

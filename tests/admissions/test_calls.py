"""Draft, open, extend, close."""

from dataclasses import replace
from datetime import timedelta

import pytest

from admissions.domain import calls, dossiers
from admissions.domain.call_spec import CallSpec, CriterionSpec, RouteSpec, fingerprint, spec_of
from admissions.domain.deadlines import GRACE, Swept, run_due
from admissions.models import Call, Dossier, ReferenceRequest
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
from consortium.roles import Role
from mobility_tracks.models import Intake, ProgrammeVersion
from tests.admission_world import CLOSES, OPENS, call_spec
from tests.admissions.cases import complete, mails, started

SECOND = timedelta(seconds=1)


@pytest.fixture
def opened(calls):
    return calls


def intake(world, opened, slug="emat") -> Intake:
    with acting(world.system(slug)):
        return Intake.objects.get(pk=opened[slug].intake_id)


def draft(world, opened, at, **changed) -> Call:
    spec = call_spec("verdigris", **{"slug": "class-2", **changed})
    return calls.draft_call(intake(world, opened), actor=world.staff(), at=at, spec=spec)


def states(world, call_id, slug="emat") -> dict[str, int]:
    with acting(world.system(slug)):
        rows = list(Dossier.objects.filter(call_id=call_id).values_list("state", flat=True))
    return {state: rows.count(state) for state in sorted(set(rows))}


def test_a_draft_holds_what_the_spec_says_and_is_read_by_the_office_alone(world, opened, at):
    call = draft(world, opened, at)
    with acting(world.system()):
        assert spec_of(Call.objects.get(pk=call.pk)) == call_spec("verdigris", slug="class-2")
        acts = JournalEntry.objects.filter(subject_id=str(call.pk)).values_list("act", "by_name")
        assert list(acts) == [("call.draft", "coordinator verdigris")]
    with acting(world.staff(Role.OFFICER)):
        assert Call.objects.reach(world.staff(Role.OFFICER), pk=call.pk).state == "draft"
    for actor in (world.applicant(), world.public(), world.staff(slug="arts")):
        with pytest.raises(NotFound), acting(actor):
            Call.objects.reach(actor, pk=call.pk)


def test_who_may_not_manage_calls_drafts_none(world, opened, at):
    for actor in (world.staff(Role.OFFICER), world.applicant(), world.reviewer()):
        with pytest.raises(NotAllowed):
            calls.draft_call(
                intake(world, opened), actor=actor, at=at, spec=call_spec("x", slug="other")
            )


def test_a_call_for_another_consortiums_intake_is_not_found(world, opened, at):
    foreign = intake(world, opened, "arts")
    with pytest.raises(NotFound):
        calls.draft_call(foreign, actor=world.staff(), at=at, spec=call_spec("x", slug="other"))


def test_an_address_is_used_once(world, opened, at):
    with pytest.raises(Conflict) as refused:
        draft(world, opened, at, slug="class-1")
    assert set(refused.value.fields) == {"slug"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes_at": OPENS}, "closes_at"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"places": 0}, "places"),
        ({"routes": (RouteSpec(code="a", name="A"),) * 2}, "routes"),
        ({"criteria": (CriterionSpec(code="a", title="A", weight=50),) * 2}, "criteria"),
        (
            {
                "requirements": tuple(
                    replace(r, formats=("zip",)) for r in call_spec("").requirements
                )
            },
            "requirements",
        ),
    ],
)
def test_a_spec_that_contradicts_itself(world, opened, at, changed, field):
    with pytest.raises(Invalid) as refused:
        draft(world, opened, at, **changed)
    assert set(refused.value.fields) == {field}


def test_opening_freezes_criteria_documents_and_rules(world, opened, at):
    call = calls.open_call(draft(world, opened, at).pk, actor=world.staff(), at=at)
    assert call.state == "open"
    assert call.frozen_hash == fingerprint(call_spec("verdigris", slug="class-2"))
    with pytest.raises(WrongState):
        calls.redraft(call.pk, actor=world.staff(), at=at, spec=call_spec("x", slug="class-2"))
    with pytest.raises(WrongState):
        calls.open_call(call.pk, actor=world.staff(), at=at)


def test_the_fingerprint_sees_every_change_of_what_is_frozen_and_nothing_else():
    def print_of(**changed) -> str:
        return fingerprint(call_spec("verdigris", **changed))

    spec = call_spec("verdigris")
    assert print_of() == print_of(title="Other", places=9)
    assert print_of() != print_of(criteria=spec.criteria[::-1])
    assert print_of() != print_of(rules=spec.rules[:1])
    assert print_of() != print_of(requirements=spec.requirements[:2])


def test_a_draft_can_be_written_anew(world, opened, at):
    call = draft(world, opened, at)
    spec: CallSpec = call_spec("verdigris", slug="class-2", places=9, rules=())
    calls.redraft(call.pk, actor=world.staff(), at=at, spec=spec)
    with acting(world.system()):
        assert spec_of(Call.objects.get(pk=call.pk)) == spec


def test_a_call_whose_deadline_has_passed_does_not_open(world, opened, at):
    call = draft(world, opened, at)
    with pytest.raises(WindowClosed):
        calls.open_call(call.pk, actor=world.staff(), at=CLOSES)
    assert calls.open_call(call.pk, actor=world.staff(), at=CLOSES - SECOND).state == "open"


@pytest.mark.parametrize("weight", [49, 51])
def test_weights_add_up_to_a_hundred(world, opened, at, weight):
    criteria = (
        CriterionSpec(code="a", title="A", weight=50),
        CriterionSpec(code="b", title="B", weight=weight),
    )
    call = draft(world, opened, at, criteria=criteria)
    with pytest.raises(Incomplete, match=str(50 + weight)):
        calls.open_call(call.pk, actor=world.staff(), at=at)


def test_a_call_opens_for_a_published_version_only(world, opened, at):
    call = draft(world, opened, at)
    with acting(world.system()):
        ProgrammeVersion.objects.filter(pk=opened["emat"].version_id).update(state="draft")
    with pytest.raises(Incomplete, match="not published"):
        calls.open_call(call.pk, actor=world.staff(), at=at)


def test_managing_needs_the_right_and_the_consortium(world, opened, at):
    call_id = opened["emat"].call_id
    with pytest.raises(NotAllowed):
        calls.close_call(call_id, actor=world.staff(Role.OFFICER), at=CLOSES)
    with pytest.raises(NotFound):
        calls.close_call(call_id, actor=world.staff(slug="arts"), at=CLOSES)


def test_an_extension_moves_references_along_and_tells_drafts(world, opened, at):
    here = opened["emat"]
    complete(world, here, at, "amina")
    dossiers.submit(complete_id(world, here), actor=world.applicant(), at=at)
    started(world, here, at, "bela")
    later = CLOSES + timedelta(days=7)
    reason = "The site was down."
    call = calls.extend_deadline(
        here.call_id, actor=world.staff(), at=at, closes_at=later, reason=reason
    )
    assert call.closes_at == later
    assert call.state == "open"
    told = mails(world, key__startswith="call.extended")
    assert [message.to for message in told] == ["bela@example.org"]
    assert "7 Mar 2027, 23:59 Europe/Paris (7 Mar 2027, 22:59 UTC)" in told[0].body
    with acting(world.system()):
        due = set(ReferenceRequest.objects.values_list("due_at", flat=True))
        reasons = Transition.objects.filter(subject_id=str(call.pk), event="extend")
        assert due == {later}
        assert list(reasons.values_list("reason", flat=True)) == [reason]
    assert mails(world, "arts", key__startswith="call.extended") == []


def complete_id(world, here):
    with acting(world.system(here.slug)):
        return Dossier.objects.get(call_id=here.call_id).pk


@pytest.mark.parametrize(
    ("closes_at", "reason"),
    [(CLOSES, "why"), (CLOSES - SECOND, "why"), (CLOSES + SECOND, "  ")],
    ids=["the same", "earlier", "no reason"],
)
def test_a_deadline_moves_only_later_and_with_a_reason(world, opened, at, closes_at, reason):
    with pytest.raises(Invalid):
        calls.extend_deadline(
            opened["emat"].call_id, actor=world.staff(), at=at, closes_at=closes_at, reason=reason
        )


def test_a_call_closes_from_its_deadline_on_and_drafts_lapse(world, opened, at):
    here = opened["emat"]
    complete(world, here, at, "amina")
    dossiers.submit(complete_id(world, here), actor=world.applicant(), at=at)
    started(world, here, at, "bela")
    with pytest.raises(WindowClosed):
        calls.close_call(here.call_id, actor=world.staff(), at=CLOSES - SECOND)
    assert calls.close_call(here.call_id, actor=world.staff(), at=CLOSES).state == "closed"
    assert states(world, here.call_id) == {"lapsed": 1, "submitted": 1}
    with pytest.raises(WrongState):
        calls.close_call(here.call_id, actor=world.staff(), at=CLOSES)


def test_the_sweep_closes_one_consortium_at_a_time_and_may_run_twice(world, opened, at):
    for slug in ("emat", "arts"):
        started(world, opened[slug], at)
    here, late = world.consortia["emat"], CLOSES + GRACE
    assert run_due(here, at=CLOSES) == Swept()
    assert run_due(here, at=late) == Swept(closed=1, lapsed=0, expired=0)
    assert states(world, opened["emat"].call_id) == {"lapsed": 1}
    assert states(world, opened["arts"].call_id, "arts") == {"draft": 1}
    assert run_due(here, at=late) == Swept()


def test_a_draft_that_slipped_past_the_closing_lapses_in_the_next_sweep(world, opened, at):
    here = opened["emat"]
    calls.close_call(here.call_id, actor=world.staff(), at=CLOSES)
    with acting(world.system()):
        Dossier.objects.create(
            consortium_id=here.consortium_id,
            call_id=here.call_id,
            applicant=world.user("bela@example.org"),
            reference="LATE",
            started_at=at,
            saved_at=at,
        )
    assert run_due(world.consortia["emat"], at=CLOSES) == Swept(lapsed=1)
    assert states(world, here.call_id) == {"lapsed": 1}

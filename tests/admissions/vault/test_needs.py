"""Individual needs: asked by the applicant, ruled on by the inclusion officer."""

from datetime import timedelta
from uuid import uuid4

import pytest

from admissions.domain import dossiers, needs, needs_rulings
from admissions.models import Dossier, NeedsCase, NeedsStep
from admissions.needs_steps import STEPS
from consortium.access import acting
from consortium.errors import Invalid, NotAllowed, NotFound, WindowClosed, WrongState
from consortium.models import JournalEntry, OutboxMessage, Transition
from tests.admission_world import CLOSES
from tests.admissions.vault.conftest import HEALTH, WANTED


def state_of(desk, state: str) -> None:
    """Put the dossier where later acts would."""
    with acting(desk.world.system()):
        Dossier.objects.update(state=state)


def test_in_a_draft_it_is_noted_for_oneself_alone(desk):
    dossier = desk.draft()
    case = desk.asked(dossier)
    assert case.state == "noted"
    found, told, reason = needs.own(dossier, actor=desk.amina)
    assert (found.pk, reason) == (case.pk, "")
    assert told == needs.Needs(asks=True, wanted=WANTED, health=HEALTH)
    with acting(desk.officer):
        assert list(NeedsCase.objects.all()) == []
    assert desk.journal() == [("needs.save", "Amina")]


def test_the_submission_asks(desk):
    case = desk.requested()
    assert (case.state, case.requested_at) == ("requested", desk.at)
    assert (case.person_name, case.person_email) == ("Amina Diallo", "amina@example.org")
    with acting(desk.officer):
        assert NeedsCase.objects.for_actor(desk.officer, "view").get().pk == case.pk
    with acting(desk.world.system()):
        (mail,) = OutboxMessage.objects.filter(to="inclusion@emat.example")
    assert "amina" not in (mail.subject + mail.body + mail.key).lower()
    assert case.reference not in mail.subject + mail.body + mail.key


def test_no_is_an_answer_and_asks_nothing(desk):
    dossier = desk.draft()
    case = desk.asked(dossier, asks="false", wanted="ignored", health="ignored")
    assert (case.state, case.wanted, case.health) == ("noted", "", "")
    dossiers.submit(dossier.pk, actor=desk.amina, at=desk.at)
    assert desk.again().state == "noted"
    assert needs.own(dossier, actor=desk.amina)[1] == needs.Needs(asks=False)
    with acting(desk.officer):
        assert list(NeedsCase.objects.all()) == []


def test_without_an_answer_a_dossier_is_complete(desk):
    dossier = desk.draft()
    assert dossiers.submit(dossier.pk, actor=desk.amina, at=desk.at).state == "submitted"
    assert needs.own(dossier, actor=desk.amina) is None


def test_after_the_submission_it_asks_at_once(desk):
    dossier = desk.draft()
    dossiers.submit(dossier.pk, actor=desk.amina, at=desk.at)
    assert desk.asked(dossier).state == "requested"


def test_taking_back_leaves_no_word_and_no_file(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        case = desk.requested()
        document = desk.attach(case)
        assert document.file.storage.exists(document.file.name)
        case = desk.asked(desk.dossier, asks="false")
    assert case.state == "withdrawn"
    assert {case.wanted, case.health, case.evidence_note, case.reason} == {""}
    assert not document.file.storage.exists(document.file.name)
    with acting(desk.officer):
        assert list(NeedsCase.objects.all()) == []


def test_withdrawing_the_dossier_takes_it_back_too(desk):
    case = desk.held()
    dossiers.withdraw(case.dossier_id, actor=desk.amina, at=desk.later)
    case = desk.again()
    assert (case.state, case.wanted, case.health) == ("withdrawn", "", "")


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({"asks": ""}, "asks"),
        ({"asks": "maybe"}, "asks"),
        ({"wanted": " "}, "wanted"),
        ({"wanted": "word " * 501}, "wanted"),
        ({"health": "\x00"}, "health"),
    ],
)
def test_what_cannot_be_right_is_refused(desk, answer, field):
    dossier = desk.draft()
    with pytest.raises(Invalid) as refused:
        desk.asked(dossier, **answer)
    assert list(refused.value.fields) == [field]
    assert needs.own(dossier, actor=desk.amina) is None


def test_a_draft_is_closed_after_the_deadline(desk):
    dossier = desk.draft()
    with pytest.raises(WindowClosed):
        needs.answer(dossier.pk, actor=desk.amina, at=CLOSES, asks="true", wanted="x")


@pytest.mark.parametrize("state", ["lapsed", "not_selected", "declined", "ineligible"])
def test_an_ended_dossier_asks_no_more_but_can_take_back(desk, state):
    desk.requested()
    state_of(desk, state)
    with pytest.raises(WrongState):
        desk.asked(desk.dossier)
    assert desk.asked(desk.dossier, asks="false").state == "withdrawn"


def test_nobody_answers_for_somebody_else(desk):
    dossier = desk.draft()
    bela = desk.world.applicant("bela")
    with pytest.raises(NotFound):
        needs.answer(dossier.pk, actor=bela, at=desk.at, asks="true", wanted="x")
    assert needs.own(dossier, actor=bela) is None


# -- the ruling


def test_reading_a_case_is_written_down_with_it(desk):
    case = desk.held()
    told = needs_rulings.read(case.pk, actor=desk.officer, at=desk.later)
    assert (told.wanted, told.health, told.step) == (WANTED, HEALTH, None)
    assert desk.journal()[-1] == ("vault.read", "inclusion verdigris")


def test_a_look_that_cannot_be_written_down_does_not_happen(desk, monkeypatch):
    case = desk.held()

    def broken(*args, **kwargs):
        raise RuntimeError("no journal")

    monkeypatch.setattr("consortium.journal.record", broken)
    with pytest.raises(RuntimeError, match="no journal"):
        needs_rulings.read(case.pk, actor=desk.officer, at=desk.later)


def test_only_the_step_leaves(desk):
    case = desk.held()
    needs_rulings.approve(
        case.pk, actor=desk.officer, at=desk.later, amount=6000, reason="peppermint"
    )
    with acting(desk.world.staff()):
        step = NeedsStep.objects.for_actor(desk.world.staff(), "view").get()
    assert (step.amount, step.reference, step.source) == (
        6000,
        case.reference,
        "global-minds.eu/special-needs",
    )
    assert step.approved_by == "inclusion verdigris"
    told = needs.own(desk.dossier, actor=desk.amina)
    assert (told[0].state, told[2]) == ("approved", "peppermint")
    with acting(desk.world.system()):
        mail = OutboxMessage.objects.filter(to="amina@example.org").latest("created_at", "id")
    assert case.reference in mail.body
    assert "6" not in mail.subject + mail.body.replace(case.reference, "")


def test_another_step_replaces_the_first_until_it_is_reported(desk):
    case = desk.held()
    for amount in (6000, 9500):
        needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=amount)
    needs_rulings.report(case.pk, actor=desk.officer, at=desk.later)
    with acting(desk.officer):
        step = NeedsStep.objects.get()
    assert (step.amount, step.reported_at) == (9500, desk.later)
    for again in (
        lambda: needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=3000),
        lambda: needs_rulings.refuse(case.pk, actor=desk.officer, at=desk.later, reason="no"),
        lambda: desk.asked(desk.dossier, asks="false"),
    ):
        with pytest.raises(WrongState):
            again()


def test_a_refusal_takes_the_step_away_and_says_why(desk):
    case = desk.held()
    needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6000)
    needs_rulings.refuse(case.pk, actor=desk.officer, at=desk.later, reason=" peppermint ")
    with acting(desk.officer):
        assert not NeedsStep.objects.exists()
    assert needs.own(desk.dossier, actor=desk.amina)[2] == "peppermint"


def test_who_was_refused_may_ask_again(desk):
    case = desk.held()
    needs_rulings.refuse(case.pk, actor=desk.officer, at=desk.later, reason="no")
    assert desk.asked(desk.dossier).state == "evidence_held"


def test_evidence_seen_elsewhere_counts(desk):
    case = desk.requested()
    with pytest.raises(WrongState):
        needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6000)
    needs_rulings.hold_evidence(
        case.pk, actor=desk.officer, at=desk.later, note="At the disability service."
    )
    needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6000)
    told = needs_rulings.read(case.pk, actor=desk.officer, at=desk.later)
    assert told.evidence_note == "At the disability service."


def test_a_step_is_one_of_the_table(desk):
    case = desk.held()
    with pytest.raises(Invalid) as refused:
        needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6001)
    assert list(refused.value.fields) == ["amount"]
    assert desk.again().state == "evidence_held"


def test_every_step_says_where_it_stands():
    assert list(STEPS) == sorted(STEPS)
    assert {step.source for amount, step in STEPS.items() if amount > 18_500} == {
        "assumption: compare with the grant agreement before paying"
    }


@pytest.mark.parametrize(
    ("act", "given", "field"),
    [
        ("refuse", {"reason": " "}, "reason"),
        ("refuse", {"reason": "x" * 2001}, "reason"),
        ("hold_evidence", {"note": ""}, "note"),
    ],
)
def test_a_ruling_says_why(desk, act, given, field):
    case = desk.requested()
    with pytest.raises(Invalid) as refused:
        getattr(needs_rulings, act)(case.pk, actor=desk.officer, at=desk.later, **given)
    assert list(refused.value.fields) == [field]
    assert desk.again().state == "requested"


@pytest.mark.parametrize("act", ["read", "report"])
def test_a_foreign_case_is_not_found(desk, act):
    case = desk.held()
    for actor in (desk.world.inclusion("arts"), desk.world.staff(), desk.world.applicant("bela")):
        with pytest.raises(NotFound):
            getattr(needs_rulings, act)(case.pk, actor=actor, at=desk.later)
    with pytest.raises(NotAllowed):
        getattr(needs_rulings, act)(case.pk, actor=desk.amina, at=desk.later)
    with pytest.raises(NotFound):
        getattr(needs_rulings, act)(uuid4(), actor=desk.officer, at=desk.later)


# -- nothing tells the office that there is a case


def test_the_office_learns_nothing_from_journal_transitions_and_outbox(desk):
    def seen() -> list[object]:
        told: list[object] = []
        for actor in (desk.world.staff(),):
            with acting(actor):
                entries = JournalEntry.objects.for_actor(actor, "view")
                moves = Transition.objects.for_actor(actor, "view")
                mails = OutboxMessage.objects.for_actor(actor, "view")
                told += [
                    sorted(rows.values_list("pk", flat=True)) for rows in (entries, moves, mails)
                ]
                told.append(sorted(JournalEntry.objects.values_list("pk", flat=True)))
                told.append(sorted(Transition.objects.values_list("pk", flat=True)))
        return told

    dossier = desk.draft()
    dossiers.submit(dossier.pk, actor=desk.amina, at=desk.at)
    before = seen()
    case = desk.asked(dossier)
    desk.attach(case)
    needs_rulings.read(case.pk, actor=desk.officer, at=desk.later)
    needs_rulings.refuse(case.pk, actor=desk.officer, at=desk.later, reason="no")
    desk.asked(dossier, asks="false")
    assert seen() == before
    assert len(desk.journal()) > 6


def test_the_reason_of_a_ruling_stands_in_no_journal(desk):
    case = desk.held()
    needs_rulings.refuse(case.pk, actor=desk.officer, at=desk.later, reason="peppermint")
    with acting(desk.officer):
        for model in (JournalEntry, Transition):
            rows = [str(row) for row in model.objects.values()]
            assert rows
            assert not any("peppermint" in row for row in rows)


COLUMNS = ("state", "reference", "saved_at", "submitted_at", "declared_true", "statement")


def test_asking_moves_nothing_of_the_dossier(desk):
    dossier = desk.draft()
    with acting(desk.amina):
        before = list(Dossier.objects.filter(pk=dossier.pk).values_list(*COLUMNS))
    needs.answer(
        dossier.pk, actor=desk.amina, at=desk.at + timedelta(days=1), asks="true", wanted="x"
    )
    with acting(desk.amina):
        assert list(Dossier.objects.filter(pk=dossier.pk).values_list(*COLUMNS)) == before

"""Ruling on eligibility."""

import pytest

from admissions.domain import eligibility
from admissions.domain.eligibility import Finding
from admissions.models import Dossier, EligibilityCheck
from admissions.visibility import UNSENT
from consortium import lifecycle
from consortium.access import acting
from consortium.errors import Incomplete, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import JournalEntry, OutboxMessage, Transition
from consortium.roles import Role
from tests.admissions.selection_world import AFTER, MET, both

UNMET = {"degree": Finding(met=False, remark="120 ECTS."), "english": Finding(met=True)}


@pytest.fixture
def here(world, calls):
    return both(world, calls)[0]


def rule(here, dossier, findings=MET, **rest):
    return eligibility.rule(
        dossier.pk, **{"actor": here.officer, "at": AFTER, "findings": findings, **rest}
    )


def test_meeting_every_rule_makes_eligible(here):
    amina, bela = here.submitted("amina", "bela")
    check = rule(here, amina)
    assert (check.eligible, check.ruled_by, check.ruled_at) == (True, "officer verdigris", AFTER)
    assert check.findings == {
        "degree": {"met": True, "remark": ""},
        "english": {"met": True, "remark": ""},
    }
    assert (here.again(amina).state, here.again(bela).state) == ("eligible", "submitted")


def test_one_rule_not_met_makes_ineligible_and_the_applicant_reads_why(here):
    (amina,) = here.submitted("amina")
    rule(here, amina, UNMET)
    assert here.again(amina).state == "ineligible"
    applicant = here.applicant("amina")
    with acting(applicant):
        seen = EligibilityCheck.objects.for_actor(applicant, "view").get()
    assert seen.findings["degree"] == {"met": False, "remark": "120 ECTS."}


def test_a_ruling_is_journalled_and_mailed_without_the_decision(here):
    (amina,) = here.submitted("amina")
    check = rule(here, amina, UNMET)
    with acting(here.system):
        entry = JournalEntry.objects.get(act="dossier.find_ineligible")
        move = Transition.objects.get(subject="dossier")
        mail = OutboxMessage.objects.get()
    assert entry.facts == {"check": str(check.pk), "not_met": ["degree"]}
    assert (move.source, move.target, move.by_name) == (
        "submitted",
        "ineligible",
        "officer verdigris",
    )
    assert mail.to == "amina@example.org"
    assert "eligible" not in mail.subject + mail.body


def test_the_same_ruling_twice_stands_once(here):
    (amina,) = here.submitted("amina")
    assert rule(here, amina) == rule(here, amina)
    with acting(here.system):
        assert (EligibilityCheck.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_a_ruling_is_overturned_with_a_reason(here):
    (amina,) = here.submitted("amina")
    rule(here, amina, UNMET)
    with pytest.raises(Invalid) as refused:
        rule(here, amina)
    assert refused.value.fields == {"reason": "Say what changed."}
    assert here.again(amina).state == "ineligible"
    rule(here, amina, reason="A second transcript arrived.")
    assert here.again(amina).state == "eligible"


def test_another_remark_under_the_same_verdict_is_a_new_check(here):
    (amina,) = here.submitted("amina")
    rule(here, amina)
    rule(here, amina, MET | {"english": Finding(met=True, remark="IELTS 7.")})
    with acting(here.system):
        assert EligibilityCheck.objects.count() == 2
        assert JournalEntry.objects.filter(act="dossier.confirm_eligibility").count() == 1
    assert here.again(amina).state == "eligible"


@pytest.mark.parametrize(
    ("findings", "error", "fields"),
    [
        ({"degree": Finding(met=True)}, Incomplete, {"english": "Say whether it is met."}),
        (MET | {"age": Finding(met=True)}, Invalid, {"age": "The call has no such rule."}),
        (
            MET | {"degree": Finding(met=False, remark="  ")},
            Invalid,
            {"degree": "Say why it is not met."},
        ),
    ],
)
def test_a_ruling_that_is_not_whole_is_refused_and_nothing_is_written(
    here, findings, error, fields
):
    (amina,) = here.submitted("amina")
    with pytest.raises(error) as refused:
        rule(here, amina, findings)
    assert refused.value.fields == fields
    assert here.again(amina).state == "submitted"
    with acting(here.system):
        assert EligibilityCheck.objects.count() == 0


@pytest.mark.parametrize("state", sorted(set(Dossier.lifecycle.states) - eligibility.RULED))
def test_only_between_submission_and_review(here, state):
    (amina,) = here.submitted("amina", state=state)
    with pytest.raises(NotFound if state in UNSENT else WrongState):
        rule(here, amina)
    assert here.again(amina).state == state


def test_every_state_that_is_ruled_on_leads_somewhere():
    events = ("find_eligible", "find_ineligible")
    table: lifecycle.Lifecycle = Dossier.lifecycle
    sources = {state for event in events for state in table.moves[event][0]}
    assert sources == eligibility.RULED


def test_who_may_not_rule(here):
    (amina,) = here.submitted("amina")
    with pytest.raises(NotAllowed):
        rule(here, amina, actor=here.committee)
    for stranger in (here.applicant("bela"), here.reviewer("waw"), here.world.partner("waw")):
        with pytest.raises(NotFound):
            rule(here, amina, actor=stranger)
    with pytest.raises(NotAllowed):
        rule(here, amina, actor=here.applicant("amina"))


def test_another_consortium_s_dossier_is_not_found(world, calls):
    here, there = both(world, calls)
    (foreign,) = there.submitted("amina")
    with pytest.raises(NotFound):
        rule(here, foreign)
    with pytest.raises(NotFound):
        rule(here, foreign, actor=world.staff(Role.COORDINATOR, "emat"))
    assert there.again(foreign).state == "submitted"

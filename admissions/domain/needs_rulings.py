"""Individual needs, as the inclusion officer reads and rules on them (domain.md 1.4)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from admissions import messages
from admissions.models import NeedsCase, NeedsStep
from admissions.needs_steps import STEPS
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Invalid
from consortium.models import opened, put

LONGEST = 2000
SHOWN = ("wanted", "health", "evidence_note", "reason")


@dataclass(frozen=True, slots=True)
class Reading:
    """A case, opened. step: what was approved, None where nothing was."""

    case: NeedsCase
    wanted: str
    health: str
    evidence_note: str
    reason: str
    step: NeedsStep | None


def read(case_id: object, *, actor: Actor, at: datetime) -> Reading:
    """Open one case; the look is journalled in the same transaction. Raises NotFound."""
    with acting(actor):
        case = NeedsCase.objects.reach(actor, "rule", pk=case_id)
        facts = {"fields": list(SHOWN)}
        journal.record("vault.read", case, actor=actor, at=at, facts=facts)
        step = NeedsStep.objects.for_actor(actor, "view").filter(dossier_id=case.dossier_id).first()
        texts = {name: opened(case, name) for name in SHOWN}
        return Reading(case=case, step=step, **texts)


def hold_evidence(case_id: object, *, actor: Actor, at: datetime, note: str) -> NeedsCase:
    """Say where evidence was seen that did not come as a file: the disability service, a visit.

    Raises Invalid without a note, WrongState where evidence is held already.
    """
    said = _said(note, "note", _("Say where you saw it."))
    with acting(actor):
        case = NeedsCase.objects.locked(actor, "rule", case_id)
        lifecycle.advance(case, "hold_evidence", actor=actor, at=at)
        put(case, evidence_note=said)
        case.save(update_fields=["evidence_note"])
    return case


def approve(
    case_id: object, *, actor: Actor, at: datetime, amount: int, reason: str = ""
) -> NeedsCase:
    """Approve a step, or another one than before until it is reported. It alone leaves the vault.

    amount: whole euros, of STEPS. Writes the step, the sealed reason, and mails that there is news.
    Raises Invalid for an amount that is no step, WrongState before evidence is held.
    """
    step = STEPS.get(amount)
    if step is None:
        raise Invalid(
            _("Support is a step of the table of unit costs."),
            fields={"amount": _("Choose one of the steps.")},
        )
    said = _said(reason, "reason")
    with acting(actor):
        case = NeedsCase.objects.locked(actor, "rule", case_id)
        _rule(case, "approve", said, actor=actor, at=at)
        NeedsStep.objects.update_or_create(
            consortium_id=case.consortium_id,
            dossier_id=case.dossier_id,
            defaults={
                "reference": case.reference,
                "amount": step.amount,
                "source": step.source,
                "approved_at": at,
                "approved_by": actor.name,
            },
        )
        messages.needs_news(case, at=at)
    return case


def refuse(case_id: object, *, actor: Actor, at: datetime, reason: str) -> NeedsCase:
    """Refuse, with a reason that the applicant reads. A step approved before is gone.

    Raises Invalid without a reason, WrongState once reported.
    """
    said = _said(reason, "reason", _("Say why: the applicant reads it."))
    with acting(actor):
        case = NeedsCase.objects.locked(actor, "rule", case_id)
        _rule(case, "refuse", said, actor=actor, at=at)
        NeedsStep.objects.for_actor(actor, "write").filter(dossier_id=case.dossier_id).delete()
        messages.needs_news(case, at=at)
    return case


def report(case_id: object, *, actor: Actor, at: datetime) -> NeedsCase:
    """Say that the step was reported to the agency; from then on it stays. Raises WrongState."""
    with acting(actor):
        case = NeedsCase.objects.locked(actor, "rule", case_id)
        lifecycle.advance(case, "report", actor=actor, at=at)
        steps = NeedsStep.objects.for_actor(actor, "write").filter(dossier_id=case.dossier_id)
        steps.update(reported_at=at)
    return case


def _rule(case: NeedsCase, event: str, said: str, *, actor: Actor, at: datetime) -> None:
    """The reason is sealed with the case: transitions and the journal are no place for it."""
    lifecycle.advance(case, event, actor=actor, at=at)
    put(case, reason=said)
    case.ruled_at, case.ruled_by = at, actor.name[:200]
    case.save(update_fields=["reason", "ruled_at", "ruled_by"])


def _said(text: str, field: str, needed: str = "") -> str:
    said = text.strip()
    if needed and not said:
        raise Invalid(_("A ruling on support says why."), fields={field: needed})
    if len(said) > LONGEST:
        raise Invalid(
            _("A note has at most %(longest)d characters.") % {"longest": LONGEST},
            fields={field: _("This has %(count)d.") % {"count": len(said)}},
        )
    return said

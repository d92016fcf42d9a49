"""Draft, open, extend and close a call."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError
from django.utils.translation import gettext as _

from admissions import messages
from admissions.document_kinds import Kind
from admissions.domain.call_spec import (
    FORMATS,
    PLAIN,
    CallSpec,
    CriterionSpec,
    RequirementSpec,
    RouteSpec,
    RuleSpec,
    fingerprint,
    spec_of,
)
from admissions.models import (
    Call,
    Criterion,
    DocumentRequirement,
    Dossier,
    EligibilityRule,
    ReferenceRequest,
)
from admissions.windows import told
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Incomplete, Invalid, NotAllowed, WindowClosed, WrongState
from mobility_tracks.models import Intake

__all__ = [
    "CallSpec",
    "CriterionSpec",
    "RequirementSpec",
    "RouteSpec",
    "RuleSpec",
    "close_call",
    "draft_call",
    "extend_deadline",
    "open_call",
    "redraft",
]


def draft_call(intake: Intake, *, actor: Actor, at: datetime, spec: CallSpec) -> Call:
    """Write a call with its documents, criteria and rules, as a draft that only the office sees.

    Needs `manage_calls`. Raises Invalid for a spec that contradicts itself, Conflict for an address
    in use.
    """
    _check(spec)
    if not actor.may("manage_calls"):
        raise NotAllowed(_("Only who manages calls may draft one."))
    try:
        with acting(actor):
            found = Intake.objects.reach(actor, "view", pk=intake.pk)
            call = Call(consortium_id=actor.tenant, intake=found)
            _write(call, spec)
            journal.record("call.draft", call, actor=actor, at=at, facts={"slug": spec.slug})
    except IntegrityError:
        raise Conflict(
            _("Each call of a consortium has an address of its own."),
            fact=_("“%(slug)s” is in use.") % {"slug": spec.slug},
            next_step=_("Choose another address."),
            fields={"slug": _("This address is in use.")},
        ) from None
    return call


def redraft(call_id: object, *, actor: Actor, at: datetime, spec: CallSpec) -> Call:
    """Write a draft anew from `spec`. Raises WrongState once the call has been opened."""
    _check(spec)
    with acting(actor):
        call = Call.objects.locked(actor, "manage", call_id)
        if call.state != "draft":
            raise WrongState(
                _("What a call asks for is frozen when it opens."),
                fact=_("This call is %(state)s.") % {"state": call.state},
                next_step=_("Draft a new call, or extend the deadline of this one."),
            )
        for parts in (call.requirements, call.criteria, call.eligibility_rules):
            parts.all().delete()
        _write(call, spec)
        journal.record("call.redraft", call, actor=actor, at=at)
    return call


def open_call(call_id: object, *, actor: Actor, at: datetime) -> Call:
    """Publish a call and freeze what it asks for (domain.md 6.5, invariant 9).

    It takes dossiers from `opens_at` on. Writes state and `frozen_hash`. Raises WindowClosed when
    its deadline has passed, Incomplete when weights do not add up to 100 percent or the programme
    version is not published.
    """
    with acting(actor):
        call = Call.objects.locked(actor, "manage", call_id)
        spec = spec_of(call)
        _check_can_open(call, spec, at)
        call.frozen_hash = fingerprint(spec)
        call.save(update_fields=["frozen_hash"])
        facts = {"frozen_hash": call.frozen_hash}
        lifecycle.advance(call, "open", actor=actor, at=at, facts=facts)
    return call


def extend_deadline(
    call_id: object, *, actor: Actor, at: datetime, closes_at: datetime, reason: str
) -> Call:
    """Move the deadline later, with it that of the references, and tell everyone with a draft.

    Raises Invalid when the new deadline is not later or no reason is given; WrongState unless the
    call is open.
    """
    if not reason.strip():
        raise Invalid(
            _("An extension is published with its reason."),
            fields={"reason": _("Say why the deadline moves.")},
        )
    with acting(actor):
        call = Call.objects.locked(actor, "manage", call_id)
        before = call.closes_at
        _check_is_later(call, at, closes_at)
        facts = {"from": before.isoformat(), "to": closes_at.isoformat()}
        lifecycle.advance(call, "extend", actor=actor, at=at, reason=reason, facts=facts)
        call.closes_at = closes_at
        call.save(update_fields=["closes_at"])
        with acting(Actor.system(actor.tenant)):
            requests = ReferenceRequest.objects.filter(dossier__call=call, due_at=before)
            requests.update(due_at=closes_at)
            for dossier in Dossier.objects.filter(call=call, state="draft").order_by("pk"):
                messages.deadline_extended(dossier, call=call, at=at)
    return call


def close_call(call_id: object, *, actor: Actor, at: datetime) -> Call:
    """End a call whose deadline has passed; drafts lapse. Raises WindowClosed before the deadline."""
    with acting(actor):
        call = Call.objects.locked(actor, "manage", call_id)
        if at < call.closes_at:
            raise WindowClosed(
                _("A call closes after its deadline, not before."),
                fact=_("The deadline is %(when)s.") % {"when": told(call.closes_at, call.zone)},
                next_step=_("Wait until then."),
            )
        lifecycle.advance(call, "close", actor=actor, at=at)
        lapse_drafts(call, at=at)
    return call


def lapse_drafts(call: Call, *, at: datetime) -> int:
    """Lapse what was not submitted to a closed call; returns how many. Needs an open context."""
    system = Actor.system(call.consortium_id)
    with acting(system):
        drafts = Dossier.objects.filter(call_id=call.pk, state="draft").order_by("pk")
        lapsed = list(drafts.select_for_update(no_key=True, of=("self",), skip_locked=True))
        for dossier in lapsed:
            lifecycle.advance(dossier, "lapse", actor=system, at=at)
    return len(lapsed)


def _write(call: Call, spec: CallSpec) -> None:
    for name in PLAIN:
        setattr(call, name, getattr(spec, name))
    call.routes = [route.stored() for route in spec.routes]
    call.save()
    DocumentRequirement.objects.bulk_create(
        DocumentRequirement(
            **_of(call, position), **_columns(each) | {"formats": list(each.formats)}
        )
        for position, each in enumerate(spec.requirements)
    )
    Criterion.objects.bulk_create(
        Criterion(**_of(call, position), **_columns(each) | {"anchors": dict(each.anchors)})
        for position, each in enumerate(spec.criteria)
    )
    EligibilityRule.objects.bulk_create(
        EligibilityRule(**_of(call, position), **_columns(each))
        for position, each in enumerate(spec.rules)
    )


def _of(call: Call, position: int) -> dict[str, Any]:
    return {"consortium_id": call.consortium_id, "call": call, "position": position}


def _columns(part: RequirementSpec | CriterionSpec | RuleSpec) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def _check(spec: CallSpec) -> None:
    wrong: dict[str, str] = {}
    if spec.opens_at >= spec.closes_at:
        wrong["closes_at"] = _("The deadline must lie after the opening.")
    if spec.zone not in available_timezones():
        wrong["zone"] = _("This is no time zone; write it as in Europe/Paris.")
    if spec.places < 1:
        wrong["places"] = _("A call offers at least one place.")
    parts = ("routes", "requirements", "criteria", "rules")
    wrong |= {part: _("Each code may stand once.") for part in parts if _twice(getattr(spec, part))}
    if any(not each.formats or not FORMATS.issuperset(each.formats) for each in spec.requirements):
        wrong["requirements"] = _("A document is a pdf, jpg or png.")
    if any(each.required and each.kind == Kind.MEDICAL for each in spec.requirements):
        wrong["requirements"] = _("Medical evidence is given by those who ask for support only.")
    if wrong:
        raise Invalid(_("A call must not contradict itself."), fields=wrong)


def _twice(parts: Iterable[RouteSpec | RequirementSpec | CriterionSpec | RuleSpec]) -> bool:
    codes = [part.code for part in parts]
    return len(set(codes)) < len(codes)


def _check_can_open(call: Call, spec: CallSpec, at: datetime) -> None:
    if call.closes_at <= at:
        raise WindowClosed(
            _("A call can open only before its deadline."),
            fact=_("Its deadline was %(when)s.") % {"when": told(call.closes_at, call.zone)},
            next_step=_("Set a later deadline in the draft."),
        )
    total = sum(criterion.weight for criterion in spec.criteria)
    if total != 100:
        raise Incomplete(
            _("The weights of the criteria add up to 100 percent."),
            fact=_("They add up to %(total)d.") % {"total": total},
            next_step=_("Correct the weights, then open the call."),
            fields={"criteria": _("Weights must add up to 100.")},
        )
    if call.intake.version.state != "published":
        raise Incomplete(
            _("A call opens for a published programme version."),
            fact=_("“%(version)s” is not published.") % {"version": call.intake.version.title},
            next_step=_("Publish the programme version first."),
        )


def _check_is_later(call: Call, at: datetime, closes_at: datetime) -> None:
    if closes_at <= max(call.closes_at, at):
        raise Invalid(
            _("A deadline moves only later."),
            fact=_("It is %(when)s.") % {"when": told(call.closes_at, call.zone)},
            fields={"closes_at": _("Choose a later time.")},
        )

"""Allocation rounds: open, close, decide, publish. Students read the plan once it is published."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, NotFound, WindowClosed
from consortium.lifecycle import advance
from mobility_tracks import messages
from mobility_tracks.domain.allocation.plan import replays, result_of, solved
from mobility_tracks.domain.allocation.problem import Case, case_of
from mobility_tracks.domain.allocation.takers import students_of
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.round_drafts import discard_round, draft_round, redraft_round
from mobility_tracks.domain.round_opening import open_round
from mobility_tracks.domain.round_plans import KEPT, check_alone, give_tracks, plan_stays
from mobility_tracks.domain.round_window import told
from mobility_tracks.domain.what_ifs import since
from mobility_tracks.models import AllocationRound, Placement
from mobility_tracks.placement import load

__all__ = [
    "close_round",
    "decide",
    "discard_round",
    "draft_round",
    "open_round",
    "outcome",
    "publish",
    "redraft_round",
    "replay",
    "save_preferences",
]


def close_round(round_id: object, *, actor: Actor, at: datetime) -> AllocationRound:
    """End the giving of wishes. Needs `run_rounds`. Raises WindowClosed before the deadline."""
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        if at < round_.closes_at:
            raise WindowClosed(
                _("A round closes after its deadline, not before."),
                fact=_("The deadline is %(when)s.") % {"when": told(round_.closes_at, round_.zone)},
                next_step=_("Wait until then."),
            )
        advance(round_, "close", actor=actor, at=at)
    return round_


def decide(round_id: object, *, actor: Actor, at: datetime) -> AllocationRound:
    """Solve the round and plan every student's stay; only the office sees it yet.

    Needs `run_rounds`. Writes the plan with proof, reasons and inputs, and planned placements in
    place of earlier ones of this round. Equal inputs give the same plan, and then a second call
    writes nothing. Raises Conflict, with nothing written, when no plan meets every demand.
    """
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        if round_.state != "decided":
            advance(round_, "decide", actor=actor, at=at)
        case = case_of(round_)
        plan = solved(case)
        if round_.fingerprint == plan.inputs and "certificate" in round_.result:
            return round_
        if round_.fingerprint:
            advance(round_, "decide", actor=actor, at=at)
        kept = {name: round_.result[name] for name in KEPT if name in round_.result}
        round_.result, round_.fingerprint = kept | result_of(case, plan), plan.inputs
        round_.save(update_fields=["result", "fingerprint"])
        plan_stays(round_, case)
    return round_


def publish(round_id: object, *, actor: Actor, at: datetime) -> AllocationRound:
    """Announce the plan: each student sees their place, each host its students.

    Needs `publish_rounds`. Writes `published_at`, announces the placements and mails each student
    once. Raises Conflict when a student has joined or left since the decision.
    """
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "publish", round_id)
        advance(round_, "publish", actor=actor, at=at)
        with acting(Actor.system(actor.tenant)):
            planned = Placement.objects.filter(round=round_, state="planned")
            placements = list(
                planned.select_related("enrolment")
                .select_for_update(no_key=True, of=("self",))
                .order_by("pk")
            )
            told = [placement.enrolment for placement in placements]
            if round_.is_of_tracks:
                case = case_of(round_)
                check_alone(round_, case.students.values())
                _check_current(round_, case)
                give_tracks(round_, case, round_.result["places"], actor=actor, at=at)
                told = list(case.students.values())
            else:
                _check_complete(round_, placements)
            for placement in placements:
                advance(placement, "announce", actor=actor, at=at)
            messages.plan_published(round_, told, at=at)
        round_.published_at = at
        round_.save(update_fields=["published_at"])
    return round_


def _check_complete(round_: AllocationRound, placements: list[Placement]) -> None:
    waiting = {student.pk for student in students_of(round_)}
    placed = {placement.enrolment_id for placement in placements}
    if waiting != placed:
        raise Conflict(
            _("A plan is published for exactly the students who wait for a place."),
            fact=_("%(joined)d joined and %(left)d left since it was decided.")
            % {"joined": len(waiting - placed), "left": len(placed - waiting)},
            next_step=_("Decide again, then publish."),
        )


def _check_current(round_: AllocationRound, case: Case) -> None:
    """Tracks hold for the rest of the studies, so nothing at all may have changed beneath them."""
    changes = list(since(load(round_.result["inputs"]), case.problem))
    if changes:
        raise Conflict(
            _("A plan is published as it was decided, for exactly the students who wait for it."),
            fact=_("Students, their paths, seats or rules have changed since: %(n)d changes.")
            % {"n": len(changes)},
            next_step=_("Decide again, then publish."),
        )


def outcome(round_id: object, *, actor: Actor) -> dict[str, Any]:
    """What may be said of a decided round without naming anybody: procedure, profile and proof.

    The office reads it once decided, everyone else who sees the round once published; NotFound
    before.
    """
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "view", pk=round_id)
        is_told = round_.state == "published" or (
            actor.may("run_rounds") and round_.state == "decided"
        )
        if not is_told:
            raise NotFound
        with acting(Actor.system(actor.tenant)):
            rows = AllocationRound.objects.filter(pk=round_.pk)
            result: dict[str, Any] = rows.values_list("result", flat=True)[0]
    return {name: result[name] for name in _OF_ALL}


_OF_ALL = (
    *("policy", "policy_sentence", "seed", "profile", "indifferent", "objective", "bound"),
    *("proven", "checked", "fingerprint", "digest", "solver", "unchecked"),
)


def replay(round_id: object, *, actor: Actor) -> bool:
    """Whether the kept inputs of a decided round still give its plan. Needs `run_rounds`."""
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "run", pk=round_id)
        if not round_.fingerprint:
            raise NotFound
        return replays(round_.result)

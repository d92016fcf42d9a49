"""Allocation rounds: open, close, decide, publish. Students read the plan once it is published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Incomplete, NotFound, WindowClosed
from consortium.lifecycle import advance
from mobility_tracks import messages
from mobility_tracks.domain.allocation.plan import in_sentences, replays, result_of, solved
from mobility_tracks.domain.allocation.problem import Case, case_of, seats_of, students_of
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.round_drafts import draft_round
from mobility_tracks.domain.round_window import told
from mobility_tracks.domain.stays import new_stay, sending_partner, settle_senders
from mobility_tracks.models import AllocationRound, Enrolment, Placement

__all__ = [
    "close_round",
    "decide",
    "draft_round",
    "open_round",
    "outcome",
    "publish",
    "replay",
    "save_preferences",
]


def open_round(
    round_id: object, *, actor: Actor, at: datetime, merits: Mapping[str, int] | None = None
) -> AllocationRound:
    """Freeze policy, seed and seats, and tell every student of the intake.

    Needs `run_rounds`. `merits`: a whole number by enrolment reference, more is better, wanted by
    the policy that respects merit and frozen with the rest. Raises WindowClosed when the deadline
    has passed, Conflict when seats and students do not fit or a round for the period is open,
    Incomplete when a merit is missing.
    """
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        students = students_of(round_)
        _check_time(round_, at)
        _check_alone(round_)
        _check_seats(round_, len(students))
        if round_.policy == AllocationRound.Policy.MERIT_RESPECTED:
            round_.result = {"merits": _merits(students, merits or {})}
            round_.save(update_fields=["result"])
        advance(round_, "open", actor=actor, at=at, facts={"students": len(students)})
        messages.round_opened(round_, students, at=at)
    return round_


def _check_time(round_: AllocationRound, at: datetime) -> None:
    if at >= round_.closes_at:
        raise WindowClosed(
            _("A round opens before its deadline."),
            fact=_("The deadline was %(when)s.") % {"when": told(round_.closes_at, round_.zone)},
            next_step=_("Draft a round with a later one."),
        )


def _check_alone(round_: AllocationRound) -> None:
    others = AllocationRound.objects.filter(
        intake_id=round_.intake_id, period_id=round_.period_id, state="open"
    )
    if others.exclude(pk=round_.pk).exists():
        raise Conflict(
            _("One round at a time asks for wishes for a period."),
            fact=_("Another one for this period is open."),
            next_step=_("Close that one first."),
        )


def _check_seats(round_: AllocationRound, students: int) -> None:
    seats = seats_of(round_).values()
    most, least = sum(room.most for room in seats), sum(room.least for room in seats)
    words = {"students": students, "most": most, "least": least}
    if students == 0:
        raise Incomplete(
            _("A round opens for students."),
            fact=_("Nobody in this intake is waiting for a place in this period."),
        )
    if most < students:
        raise Conflict(
            _("A round has a seat for every student."),
            fact=_("There are %(students)d students and %(most)d seats.") % words,
            next_step=_("Ask the hosts for more seats and draft the round anew."),
        )
    if least > students:
        raise Conflict(
            _("A round fills every host to its least number."),
            fact=_("There are %(students)d students and the hosts need %(least)d.") % words,
            next_step=_("Lower the least numbers and draft the round anew."),
        )


def _merits(students: list[Enrolment], merits: Mapping[str, int]) -> dict[str, int]:
    missing = [student.reference for student in students if student.reference not in merits]
    if missing:
        raise Incomplete(
            _("This procedure serves students in order of merit, so each has one."),
            fact=_("%(n)d students have none: %(references)s.")
            % {"n": len(missing), "references": ", ".join(missing[:5])},
            next_step=_("Give their merits, or choose another procedure."),
        )
    return {student.reference: merits[student.reference] for student in students}


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
        kept = {name: round_.result[name] for name in ("merits",) if name in round_.result}
        round_.result, round_.fingerprint = kept | result_of(case, plan), plan.inputs
        round_.save(update_fields=["result", "fingerprint"])
        _plan_stays(round_, case)
    return round_


def _plan_stays(round_: AllocationRound, case: Case) -> None:
    Placement.objects.filter(round=round_, state="planned").delete()
    sending, year = sending_partner(round_.consortium_id), round_.intake.year
    Placement.objects.bulk_create(
        new_stay(
            case.students[place["reference"]],
            case.offerings[place["offering"]],
            sending=sending,
            year=year,
            round_=round_,
            reason=in_sentences(place),
        )
        for place in round_.result["places"]
    )
    settle_senders(round_.consortium_id, [each.pk for each in case.students.values()])


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
            _check_complete(round_, placements)
            for placement in placements:
                advance(placement, "announce", actor=actor, at=at)
            messages.plan_published(round_, [p.enrolment for p in placements], at=at)
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

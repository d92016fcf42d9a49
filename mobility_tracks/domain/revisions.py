"""Adopting what a what-if has shown: the plan of a decided round, or of a published one, revised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid
from consortium.lifecycle import advance
from mobility_tracks import messages
from mobility_tracks.domain.allocation.plan import plan_of, result_of
from mobility_tracks.domain.allocation.scene import rooms_in
from mobility_tracks.domain.round_plans import (
    KEPT,
    check_alone,
    give_tracks,
    made_stays,
    plan_stays,
    settled,
)
from mobility_tracks.domain.stays import GONE, MOVABLE, give_up
from mobility_tracks.domain.what_ifs import Answer, Question, answered
from mobility_tracks.models import AllocationRound, Placement, RoundSeats


def adopt(
    round_id: object,
    question: Question,
    *,
    seen: str,
    reason: str,
    actor: Actor,
    at: datetime,
) -> AllocationRound:
    """Make the answer to a question the plan of the round. `seen`: the digest that was shown.

    Needs `run_rounds`, for a published round `publish_rounds`. Writes seats, plan, proof, a
    transition with the reason and the stays of those who move; of a published round their old stays
    are cancelled, the new ones announced, and they alone are written to. Raises Invalid without a
    reason, Conflict where the answer is no longer the one shown, holds something that was frozen, or
    would move somebody whose stay has begun; and what asking raises. Then nothing is written.
    """
    if not reason.strip():
        raise Invalid(
            _("A plan is revised for a reason."),
            fields={"reason": _("Say it in a sentence; those who move read it.")},
        )
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        if round_.state == "published":
            round_ = AllocationRound.objects.locked(actor, "publish", round_id)
        answer = answered(round_, question)
        _check(answer, seen)
        _write_seats(round_, question, answer)
        was_published = round_.state == "published"
        event = "revise" if was_published else "decide"
        facts = {"moves": len(answer.what.difference.moves), "digest": answer.digest}
        before = plan_of(round_.result).assignment
        advance(round_, event, actor=actor, at=at, reason=reason, facts=facts)
        _keep(round_, answer, question)
        with acting(Actor.system(actor.tenant)):
            if was_published:
                _move(round_, answer, before, actor=actor, at=at, reason=reason)
            else:
                plan_stays(round_, answer.case)
    return round_


def _check(answer: Answer, seen: str) -> None:
    if answer.obstacles:
        raise Conflict(_("This answer cannot be adopted."), fact=" ".join(answer.obstacles))
    if answer.digest != seen:
        raise Conflict(
            _("What is adopted is what was shown."),
            fact=_("Something has changed since, and the answer is another one now."),
            next_step=_("Look at the new answer, then adopt it."),
        )


def _write_seats(round_: AllocationRound, question: Question, answer: Answer) -> None:
    """Seats given by hand were taken off before the plan was asked; here they count again. What
    nobody can choose any more, as its host dropped out, goes."""
    rows = RoundSeats.objects.filter(round=round_).select_related("offering", "track")
    rooms, left = rooms_in(answer.case.problem), rooms_in(answer.what.problem)
    for row in rows:
        if row.code not in left:
            row.delete()
        elif row.code in question.seats:
            least, most = question.seats[row.code]
            by_hand = row.most - rooms[row.code].most
            row.least = max(0, least + min(by_hand, row.least - rooms[row.code].least))
            row.most = most + by_hand
            row.save(update_fields=["least", "most"])


def _keep(round_: AllocationRound, answer: Answer, question: Question) -> None:
    case = replace(answer.case, problem=answer.what.problem)
    by_hand = {
        **round_.result.get("by_hand", {}),
        **{who: list(given) for who, given in question.by_hand.items()},
    }
    kept = {name: round_.result[name] for name in KEPT if name in round_.result}
    result = kept | result_of(case, answer.what.plan) | {"by_hand": by_hand}
    round_.result, round_.fingerprint = result, answer.what.plan.inputs
    round_.save(update_fields=["result", "fingerprint"])


def _move(
    round_: AllocationRound,
    answer: Answer,
    before: Mapping[str, str | None],
    *,
    actor: Actor,
    at: datetime,
    reason: str,
) -> None:
    """Those who move or have come: old stays given up, new ones announced, a message each.

    `before`: by reference, what each had by the plan until now.
    """
    held = _held(round_)
    places = {place["reference"]: place for place in round_.result["places"]}
    wanted = {who: {o.pk for o in settled(answer.case, place)} for who, place in places.items()}
    moving = [
        who
        for who, place in places.items()
        if before.get(who) != place["offering"]
        or (not round_.is_of_tracks and not wanted[who] & held.get(who, {}).keys())
    ]
    leaving = [
        stay
        for who in moving
        for offering, stay in held.get(who, {}).items()
        if offering not in wanted[who]
    ]
    _check_movable(leaving)
    for stay in leaving:
        give_up(stay, actor=actor, at=at, reason=reason)
    moved = [places[who] for who in moving]
    if round_.is_of_tracks:
        check_alone(round_, [answer.case.students[who] for who in moving])
    for stay in made_stays(round_, answer.case, moved):
        stay.refresh_from_db(fields=["sending"])
        advance(stay, "announce", actor=actor, at=at, reason=reason)
    give_tracks(round_, answer.case, moved, actor=actor, at=at)
    told = [answer.case.students[who] for who in moving]
    messages.plan_revised(round_, told, digest=answer.digest, at=at)


def _held(round_: AllocationRound) -> dict[str, dict[UUID, Placement]]:
    """By reference and offering, the live stays that the round gave; locked."""
    rows = Placement.objects.filter(round=round_).exclude(state__in=GONE)
    found: dict[str, dict[UUID, Placement]] = {}
    for row in rows.select_related("enrolment").select_for_update(no_key=True, of=("self",)):
        found.setdefault(row.enrolment.reference, {})[row.offering_id] = row
    return found


def _check_movable(stays: Sequence[Placement]) -> None:
    begun = [stay for stay in stays if stay.state not in MOVABLE]
    if begun:
        raise Conflict(
            _("A stay that has begun is not replaced by another."),
            fact=_("Those of %(students)s have begun.")
            % {"students": ", ".join(stay.enrolment.person_name for stay in begun)},
            next_step=_("Ask for the plan with the fewest moves, or place them by hand."),
        )

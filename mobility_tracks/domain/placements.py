"""Place a student by hand, and receive one."""

from datetime import datetime

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState
from consortium.lifecycle import advance
from mobility_tracks.domain.allocation.course import judging_for
from mobility_tracks.domain.allocation.ground import taken_in
from mobility_tracks.domain.seats import seats_counted
from mobility_tracks.domain.stays import (
    GONE,
    MOVABLE,
    STUDY,
    give_up,
    new_stay,
    sending_partner,
    settle_senders,
    stays_elsewhere,
)
from mobility_tracks.models import Enrolment, Offering, Placement


def place(
    enrolment_id: object, *, actor: Actor, at: datetime, offering_id: object, reason: str
) -> Placement:
    """Place a student by hand, as for a thesis in a laboratory; announced at once.

    Needs `run_rounds`. A stay in the same period that has not begun is given up for the new one.
    In a semester or term the version's rules hold; one that the board may override gives way to
    `reason`, and the journal names it. Raises Invalid without a reason or for an offering of
    another version, Conflict for a seat taken, a rule broken or a stay that has begun.
    """
    if not reason.strip():
        raise Invalid(
            _("A place given by hand is kept with its reason."),
            fields={"reason": _("Say why the student goes there.")},
        )
    with acting(actor):
        enrolment = Enrolment.objects.locked(actor, "place", enrolment_id)
        _check_enrolled(enrolment)
        offering = _offering(offering_id, enrolment)
        present = _present(enrolment, offering)
        _check_seat(enrolment, offering)
        overruled = _overruled(enrolment, offering)
        with acting(Actor.system(actor.tenant)):
            for placement in present:
                give_up(placement, actor=actor, at=at, reason=reason)
            sending, year = sending_partner(actor.tenant), enrolment.intake.year
            placement = new_stay(enrolment, offering, sending=sending, year=year, reason=reason)
            placement.save(force_insert=True)
            settle_senders(actor.tenant, [enrolment.pk])
            placement.refresh_from_db(fields=["sending"])
            facts = {"by_hand": True, "overruled": overruled}
            advance(placement, "announce", actor=actor, at=at, reason=reason, facts=facts)
    return placement


def receive(placement_id: object, *, actor: Actor, at: datetime) -> Placement:
    """The host says that the student has arrived. Needs `host_students` for the placement's host.

    Raises WrongState unless the placement is announced or accepted.
    """
    with acting(actor):
        placement = Placement.objects.locked(actor, "receive", placement_id)
        advance(placement, "arrive", actor=actor, at=at)
    return placement


def _check_enrolled(enrolment: Enrolment) -> None:
    if enrolment.state != "enrolled":
        raise WrongState(
            _("Places are for students who are enrolled."),
            fact=_("%(name)s is %(state)s.")
            % {"name": enrolment.person_name, "state": enrolment.state.replace("_", " ")},
        )


def _offering(offering_id: object, enrolment: Enrolment) -> Offering:
    system = Actor.system(enrolment.consortium_id)
    rows = Offering.objects.select_related("period__version", "host__institution")
    found = rows.reach(system, "view", pk=offering_id)
    if found.period.version_id != enrolment.intake.version_id:
        raise Invalid(
            _("A student is placed where the version of their intake has an offering."),
            fact=_("%(title)s belongs to another version.") % {"title": found},
            fields={"offering": _("Choose an offering of the student's own version.")},
        )
    return found


def _present(enrolment: Enrolment, offering: Offering) -> list[Placement]:
    """The live stays of the same period. Raises Conflict for the same one, or one that has begun."""
    rows = Placement.objects.filter(enrolment=enrolment, period_id=offering.period_id)
    present = list(rows.exclude(state__in=GONE).select_for_update(no_key=True, of=("self",)))
    for placement in present:
        if placement.offering_id == offering.pk and placement.state != "planned":
            raise Conflict(
                _("A student is placed once at each offering."),
                fact=_("%(name)s has this place already.") % {"name": enrolment.person_name},
            )
        if placement.state not in MOVABLE:
            raise Conflict(
                _("A stay that has begun is not replaced by another."),
                fact=_("%(name)s's stay in %(period)s is %(state)s.")
                % {
                    "name": enrolment.person_name,
                    "period": offering.period.title,
                    "state": placement.state.replace("_", " "),
                },
                next_step=_("Cancel that stay first, if it has ended early."),
            )
    return present


def _check_seat(enrolment: Enrolment, offering: Offering) -> None:
    # Locked so that two places by hand cannot both take the last seat, nor its host take it back.
    Offering.objects.select_for_update(no_key=True).get(pk=offering.pk)
    seats = seats_counted(offering, enrolment.intake_id)
    if seats is None:
        return
    held = Placement.objects.filter(offering=offering, enrolment__intake_id=enrolment.intake_id)
    taken = held.exclude(state__in=GONE).exclude(enrolment=enrolment).count()
    if taken >= seats:
        raise Conflict(
            _("A host takes as many students of an intake as it has seats."),
            fact=_("%(title)s has %(seats)d seats, and %(taken)d are taken.")
            % {"title": offering, "seats": seats, "taken": taken},
            next_step=_("Choose another host, or ask this one to confirm a seat more."),
        )


def _overruled(enrolment: Enrolment, offering: Offering) -> list[str]:
    """Keys of rules that give way to the board's reason. Raises Conflict for one that does not."""
    if offering.period.kind not in STUDY:
        return []
    judging = judging_for(enrolment.intake)
    stays = stays_elsewhere(offering.period_id).filter(enrolment=enrolment)
    where = taken_in(stays), offering.code, enrolment.residence_country
    soft = {key for key, bound in judging.rules.items() if bound.rule.board_may_override}
    firm = [closing.verdict for closing in judging.firm(*where, soft)]
    if firm:
        raise Conflict(
            " ".join(verdict.rule for verdict in firm),
            fact=f"{offering}: {'; '.join(verdict.fact for verdict in firm)}.",
            next_step=_("What would change it: %(remedies)s.")
            % {"remedies": "; ".join(verdict.remedy for verdict in firm)},
        )
    closings = judging.said(*where).closings
    closing = dict.fromkeys(key for each in closings for key in each.rules)
    return [key for key in closing if key in soft]

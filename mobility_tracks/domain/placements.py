"""Place a student by hand, and receive one."""

from datetime import datetime

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState
from consortium.lifecycle import advance
from mobility_tracks.domain.allocation.rules import in_residence, read_rules
from mobility_tracks.domain.allocation.scene import Scene, scene_of
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
from mobility_tracks.placement import Option, Seats, Student
from mobility_tracks.placement.rules import judge


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
    rows = Offering.objects.select_related("period", "host__institution")
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
    if offering.max_seats is None:
        return
    # Locked so that two places by hand cannot both take the last seat.
    Offering.objects.select_for_update(no_key=True).get(pk=offering.pk)
    held = Placement.objects.filter(offering=offering, enrolment__intake_id=enrolment.intake_id)
    taken = held.exclude(state__in=GONE).exclude(enrolment=enrolment).count()
    if taken >= offering.max_seats:
        raise Conflict(
            _("A host takes as many students of an intake as it has seats."),
            fact=_("%(title)s has %(seats)d seats, and %(taken)d are taken.")
            % {"title": offering, "seats": offering.max_seats, "taken": taken},
            next_step=_("Choose another host, or ask this one for a seat more in a new version."),
        )


def _overruled(enrolment: Enrolment, offering: Offering) -> list[str]:
    """Keys of rules that give way to the board's reason. Raises Conflict for one that does not."""
    if offering.period.kind not in STUDY:
        return []
    scene = scene_of(offering.period, [offering])
    reading = read_rules(scene)
    option = Option(offering.code, (scene.stay(offering),), Seats(1))
    student = _student(enrolment, offering, scene)
    broken = [(rule.id, judge(rule, student, option)) for rule in reading.rules]
    refusals = [(key, verdict) for key, verdict in broken if verdict is not None]
    firm = [verdict for key, verdict in refusals if key not in reading.overridable]
    at_home = list(in_residence(reading, student, {offering.code: option.countries[0]}))
    if firm or at_home:
        facts = [verdict.fact for verdict in firm]
        raise Conflict(
            " ".join([*(verdict.rule for verdict in firm), *(rule for _code, rule in at_home)]),
            fact=f"{'; '.join(facts).replace(offering.code, str(offering))}." if facts else "",
            next_step=_("Choose a host in another country."),
        )
    return [key for key, _verdict in refusals]


def _student(enrolment: Enrolment, offering: Offering, scene: Scene) -> Student:
    stays = stays_elsewhere(offering.period_id).filter(enrolment=enrolment)
    return Student(
        id=enrolment.reference,
        residence_country=enrolment.residence_country,
        visited=tuple(scene.stay(placement) for placement in stays),
    )

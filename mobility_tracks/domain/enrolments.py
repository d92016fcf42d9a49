"""Enrol a student in an intake, and withdraw one."""

import re
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Count
from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotAllowed
from consortium.lifecycle import advance
from mobility_tracks.domain.stays import (
    STUDY,
    give_up,
    new_stay,
    sending_partner,
    settle_senders,
)
from mobility_tracks.models import Enrolment, Intake, Offering, Placement, Track

_COUNTRY = re.compile(r"[A-Z]{2}")
CANCELLABLE = ("planned", "announced", "accepted_by_host", "arrived")


def enrol(
    intake: Intake,
    *,
    actor: Actor,
    at: datetime,
    student_id: int,
    reference: str,
    person_name: str,
    person_email: str,
    nationality: str,
    residence_country: str,
    track: Track | None = None,
) -> Enrolment:
    """Make somebody a student of the intake and announce where everybody goes.

    Needs `enrol_students`. Writes the enrolment in state enrolled and, for every semester and term
    with exactly one offering, an announced placement there: the coordinator sends the student to
    the first, and each host to the next. Raises Invalid
    for a country that is no code or a track of another version, Conflict for a second enrolment.
    """
    countries = {"nationality": nationality, "residence_country": residence_country}
    _check_countries(countries)
    if not actor.may("enrol_students"):
        raise NotAllowed(_("Only who enrols students may do this."))
    with acting(actor):
        found = Intake.objects.reach(actor, "view", pk=intake.pk)
        _check_track(track, found)
        enrolment = _created(
            Enrolment(
                consortium_id=actor.tenant,
                intake=found,
                student_id=student_id,
                reference=reference,
                person_name=person_name,
                person_email=person_email,
                track=track,
                enrolled_at=at,
                **countries,
            )
        )
        advance(enrolment, "enrol", actor=actor, at=at)
        with acting(Actor.system(actor.tenant)):
            _announce_fixed(enrolment, found, actor=actor, at=at)
    return enrolment


def _check_countries(countries: dict[str, str]) -> None:
    bad = [field for field, code in countries.items() if not _COUNTRY.fullmatch(code)]
    if bad:
        raise Invalid(
            _(
                "An enrolment states nationality and country of residence; the mobility rule needs it."
            ),
            fields={field: _("Give a country code of two capital letters.") for field in bad},
        )


def _check_track(track: Track | None, intake: Intake) -> None:
    if track is not None and track.version_id != intake.version_id:
        raise Invalid(
            _("A student's track belongs to the version of the intake."),
            fact=_("%(track)s does not.") % {"track": track.title},
            fields={"track": _("Choose a track of this intake.")},
        )


def _created(enrolment: Enrolment) -> Enrolment:
    try:
        # A savepoint, so that the outer transaction survives the refusal.
        with acting(Actor.system(enrolment.consortium_id)):
            enrolment.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("A person is enrolled once in an intake, and a reference stands for one enrolment."),
            fact=_("%(name)s or the reference %(reference)s is enrolled already.")
            % {"name": enrolment.person_name, "reference": enrolment.reference},
            next_step=_("Open the enrolment that exists."),
        ) from None
    return enrolment


def _announce_fixed(enrolment: Enrolment, intake: Intake, *, actor: Actor, at: datetime) -> None:
    offerings = (
        Offering.objects.filter(period__version_id=intake.version_id, period__kind__in=STUDY)
        .alias(choices=Count("period__offerings"))
        .filter(choices=1)
        .select_related("period")
        .order_by("period__position")
    )
    sending = sending_partner(enrolment.consortium_id)
    for offering in offerings:
        placement = new_stay(enrolment, offering, sending=sending, year=intake.year)
        placement.save(force_insert=True)
        advance(placement, "announce", actor=actor, at=at)
    settle_senders(enrolment.consortium_id, [enrolment.pk])


def withdraw(enrolment_id: object, *, actor: Actor, at: datetime, reason: str) -> Enrolment:
    """End an enrolment; placements that have not ended by `at` are cancelled.

    Needs `enrol_students`. Raises Invalid without a reason, WrongState when it has ended.
    """
    if not reason.strip():
        raise Invalid(
            _("A withdrawal is kept with its reason."),
            fields={"reason": _("Say why the student leaves.")},
        )
    with acting(actor):
        enrolment = Enrolment.objects.locked(actor, "enrol", enrolment_id)
        advance(enrolment, "withdraw", actor=actor, at=at, reason=reason)
        with acting(Actor.system(actor.tenant)):
            ahead = Placement.objects.filter(enrolment=enrolment, state__in=CANCELLABLE)
            for placement in ahead.exclude(ends_on__lt=at.date()).select_for_update(
                no_key=True, of=("self",)
            ):
                give_up(placement, actor=actor, at=at, reason=reason)
    return enrolment

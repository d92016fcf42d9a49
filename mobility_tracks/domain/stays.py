"""Making and giving up placements: what enrolment, rounds and placing by hand have in common."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consortium.actor import Actor
from consortium.errors import Incomplete
from consortium.lifecycle import advance
from mobility_tracks.calendar import resolve
from mobility_tracks.models import AllocationRound, Enrolment, Offering, Period, Placement
from partners.models import Partnership

# A study period counts for mobility; a thesis is a stop of the path too (domain.md 1.2).
STUDY = (Period.Kind.SEMESTER, Period.Kind.TERM)
STOPS = (*STUDY, Period.Kind.THESIS)
GONE = ("cancelled", "refused")


def sending_partner(consortium_id: int) -> Partnership:
    """Where students are enrolled and credits awarded: the EU portal's sending organisation.

    Assumption: no programme file says which full partner enrols whom, so the coordinator sends
    everybody. Raises Incomplete for a consortium without one.
    """
    rows = Partnership.objects.filter(consortium_id=consortium_id, kind="coordinator")
    found = rows.order_by("position").first()
    if found is None:
        raise Incomplete(
            _("Every placement has a sending partner."),
            fact=_("This consortium has no coordinator."),
            next_step=_("Name one in the programme file."),
        )
    return found


def new_stay(
    enrolment: Enrolment,
    offering: Offering,
    *,
    sending: Partnership,
    year: int,
    round_: AllocationRound | None = None,
    reason: str = "",
) -> Placement:
    """An unsaved, planned placement: dates and credits are those of the offering in the intake of
    `year`. Needs `offering.period`."""
    period = offering.period
    return Placement(
        consortium_id=enrolment.consortium_id,
        enrolment=enrolment,
        period=period,
        offering=offering,
        host_id=offering.host_id,
        sending=sending,
        round=round_,
        starts_on=resolve(period.starts, year=year),
        ends_on=resolve(period.ends, year=year),
        ects=period.ects if offering.ects is None else offering.ects,
        reason=reason,
    )


def give_up(placement: Placement, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel a placement; one that nobody was told of goes without a trace in anybody's list."""
    if placement.state == "planned":
        placement.delete()
    else:
        advance(placement, "cancel", actor=actor, at=at, reason=reason)


def stays_elsewhere(period_id: UUID) -> QuerySet[Placement]:
    """Announced stays in other periods that make up students' paths, with what a path is read by."""
    return (
        Placement.objects.exclude(state__in=(*GONE, "planned"))
        .exclude(period_id=period_id)
        .filter(period__kind__in=STOPS, period__parent=None)
        .select_related("period", "offering", "host__institution")
        .order_by("period__position", "pk")
    )

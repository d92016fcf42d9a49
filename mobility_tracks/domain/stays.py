"""Making and giving up placements: what enrolment, rounds and placing by hand have in common."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
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
MOVABLE = ("planned", "announced", "accepted_by_host")


def sending_partner(consortium_id: int) -> Partnership:
    """The coordinator, who enrols everybody to begin with and sends them to their first stay.

    Raises Incomplete for a consortium without one.
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


def settle_senders(consortium_id: int, enrolment_ids: Collection[UUID]) -> None:
    """Say of each stay that has not begun who sends the student there. Needs the system's wall.

    That is where the student is enrolled and the credits are awarded (the EU portal's sending
    organisation: domain.md 1.6). Assumption, as no programme file says who enrols whom: a student
    is enrolled where they study, so the host of the stay before sends them; one that awards no
    degree never does, and leaves it to who sent them to it. Two statements for all of them.
    """
    rows = (
        Placement.objects.filter(
            consortium_id=consortium_id,
            enrolment_id__in=enrolment_ids,
            period__kind__in=STOPS,
            period__parent=None,
        )
        .exclude(state__in=GONE)
        .select_related("period", "host", "sending")
        .order_by("enrolment_id", "period__position", "starts_on", "pk")
    )
    first = sending_partner(consortium_id)
    changed = [
        stay
        for _student, stays in groupby(rows, lambda row: row.enrolment_id)
        for stay in _resent(stays, first)
    ]
    Placement.objects.bulk_update(changed, ["sending"], batch_size=500)


def _resent(stays: Iterable[Placement], sender: Partnership) -> Iterator[Placement]:
    """Stays of one student, in order, whose sender is not the one they should have."""
    for _position, together in groupby(stays, lambda stay: stay.period.position):
        following = sender
        for stay in together:
            if stay.state in MOVABLE and stay.sending_id != sender.pk:
                stay.sending = sender
                yield stay
            following = stay.host if stay.host.awards_degree else stay.sending
        sender = following


def give_up(placement: Placement, *, actor: Actor, at: datetime, reason: str) -> None:
    """Cancel a placement; one that nobody was told of goes without a trace in anybody's list."""
    if placement.state == "planned":
        placement.delete()
    else:
        advance(placement, "cancel", actor=actor, at=at, reason=reason)


def stays_elsewhere(period_id: UUID) -> QuerySet[Placement]:
    """Announced stays in other periods that make up students' paths, with what a path is read by."""
    return _announced().exclude(period_id=period_id)


def stays_beside(round_: AllocationRound) -> QuerySet[Placement]:
    """Announced stays that the round does not decide on: those of other periods; of a round for
    tracks all but its own that have not begun."""
    if round_.period_id is not None:
        return stays_elsewhere(round_.period_id)
    return _announced().exclude(round=round_, state__in=MOVABLE)


def _announced() -> QuerySet[Placement]:
    return (
        Placement.objects.exclude(state__in=(*GONE, "planned"))
        .filter(period__kind__in=STOPS, period__parent=None)
        .select_related("period", "offering", "host__institution")
        .order_by("period__position", "pk")
    )

"""Who takes part in a round, and how many seats are left for them."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Q

from mobility_tracks.domain.allocation.choices import on_offer, settled_by, settled_by_all
from mobility_tracks.domain.stays import GONE
from mobility_tracks.models import AllocationRound, Enrolment, Placement, RoundSeats
from mobility_tracks.placement import Seats


def students_of(round_: AllocationRound) -> list[Enrolment]:
    """Everybody enrolled in the intake who waits for what the round gives.

    That is who was not placed in the period by hand; in a round for tracks, who has none but by the
    plan that it has published.
    """
    rows = Enrolment.objects.filter(intake_id=round_.intake_id, state="enrolled")
    if round_.period is None:
        places = round_.result.get("places", ()) if round_.published_at else ()
        own = [place["reference"] for place in places]
        waiting = rows.filter(Q(track=None) | Q(reference__in=own))
    else:
        placed = Placement.objects.filter(period=round_.period).exclude(state__in=GONE)
        waiting = rows.exclude(pk__in=placed.exclude(round=round_).values("enrolment_id"))
    return list(waiting.select_related("track").order_by("reference"))


def seats_of(round_: AllocationRound, students: Sequence[Enrolment]) -> dict[str, Seats]:
    """Seats by code of the choice, and of the offering that tracks pass, less those that others of
    the intake hold. `students`: those who take part."""
    rows = RoundSeats.objects.filter(round=round_).select_related("offering", "track")
    taken = _stays_taken(round_, students)
    if round_.is_of_tracks:
        taken += _tracks_taken(round_, students)
    return {
        row.code: Seats(
            most=max(0, row.most - taken[row.track_id or row.offering_id]),
            least=max(0, row.least - taken[row.track_id or row.offering_id]),
        )
        for row in rows.order_by("track__position", "offering__position", "offering__code")
    }


def _stays_taken(round_: AllocationRound, students: Sequence[Enrolment]) -> Counter[object]:
    """By offering. Who takes part in a round for tracks and is there already takes a track that
    passes it, and the seat with the track; where a track may leave the period open, it is held
    beside."""
    rows = Placement.objects.filter(enrolment__intake_id=round_.intake_id)
    held = rows.exclude(state__in=GONE).exclude(round=round_)
    if round_.period is None:
        settled = list(settled_by_all(on_offer(round_).choices))
        taking_part = [student.pk for student in students]
        held = held.exclude(enrolment__in=taking_part, period__code__in=settled)
    else:
        held = held.filter(period=round_.period)
    return Counter(held.values_list("offering_id", flat=True))


def _tracks_taken(round_: AllocationRound, students: Sequence[Enrolment]) -> Counter[object]:
    """By track of those who have one already, and by offering that it settles where they have no
    stay yet."""
    rows = Enrolment.objects.filter(intake_id=round_.intake_id, state="enrolled")
    others = rows.exclude(pk__in=[student.pk for student in students]).exclude(track=None)
    going = list(others.select_related("track"))
    stays = Placement.objects.filter(enrolment__in=[each.pk for each in going])
    there = set(stays.exclude(state__in=GONE).values_list("enrolment_id", "period_id"))
    settled = settled_by({each.track for each in going if each.track})
    ahead = (
        offering.pk
        for each in going
        for offering in settled.get(each.track.code if each.track else "", ())
        if (each.pk, offering.period_id) not in there
    )
    return Counter([*(each.track_id for each in going), *ahead])

"""From the plan of a round to the stays, and the tracks, of its students."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from consortium import journal
from consortium.actor import Actor
from consortium.errors import Conflict
from mobility_tracks.domain.allocation.plan import in_sentences
from mobility_tracks.domain.allocation.problem import Case
from mobility_tracks.domain.stays import GONE, new_stay, sending_partner, settle_senders
from mobility_tracks.models import AllocationRound, Enrolment, Offering, Placement

Place = Mapping[str, Any]

# What a round keeps from decision to decision: merits frozen when it opened, places by hand.
KEPT = ("merits", "by_hand")


def plan_stays(round_: AllocationRound, case: Case) -> None:
    """Planned stays in place of earlier planned ones of the round; those announced are not touched."""
    Placement.objects.filter(round=round_, state="planned").delete()
    made_stays(round_, case, round_.result["places"])


def made_stays(round_: AllocationRound, case: Case, places: Sequence[Place]) -> list[Placement]:
    """A planned stay for each that a place settles, but in periods where the student has one; who
    sends all these students is settled anew."""
    sending, year = sending_partner(round_.consortium_id), round_.intake.year
    stays = Placement.objects.bulk_create(
        new_stay(
            case.students[place["reference"]],
            offering,
            sending=sending,
            year=year,
            round_=round_,
            reason=in_sentences(dict(place)),
        )
        for place, offering in _wanted(case, places)
    )
    settle_senders(round_.consortium_id, list({stay.enrolment_id for stay in stays}))
    return stays


def _wanted(case: Case, places: Sequence[Place]) -> Iterator[tuple[Place, Offering]]:
    students = [case.students[place["reference"]].pk for place in places]
    held = Placement.objects.filter(enrolment__in=students).exclude(state__in=GONE)
    filled: set[tuple[UUID, UUID]] = set(held.values_list("enrolment_id", "period_id"))
    for place in places:
        student = case.students[place["reference"]]
        for offering in settled(case, place):
            if (student.pk, offering.period_id) not in filled:
                yield place, offering


def settled(case: Case, place: Place) -> tuple[Offering, ...]:
    """The offerings that a place of the plan stands for."""
    return case.choices[place["offering"]].stays


def check_alone(round_: AllocationRound, students: Iterable[Enrolment]) -> None:
    """Raises Conflict where another round has a plan for one of them that nobody was told of: two
    plans for one period would go one over the other."""
    rows = Placement.objects.filter(state="planned", enrolment__in=[each.pk for each in students])
    other = rows.exclude(round=round_).select_related("round").first()
    if other is not None:
        raise Conflict(
            _("One plan at a time says where a student goes."),
            fact=_("“%(round)s” has a plan for some of the same students that is not published.")
            % {"round": other.round},
            next_step=_("Publish that one first, then decide this one again."),
        )


def give_tracks(
    round_: AllocationRound, case: Case, places: Sequence[Place], *, actor: Actor, at: datetime
) -> None:
    """Write down, of a round for tracks, which one each student goes; a journal row for each.

    Needs the system's wall.
    """
    if not round_.is_of_tracks:
        return
    given = []
    for place in places:
        student, track = case.students[place["reference"]], case.choices[place["offering"]].track
        if student.track_id != (track.pk if track else None):
            student.track = track
            given.append(student)
    Enrolment.objects.bulk_update(given, ["track"], batch_size=500)
    for student in given:
        facts = {"track": student.track.code if student.track else "", "round": str(round_.pk)}
        journal.record("track.give", student, actor=actor, at=at, facts=facts)

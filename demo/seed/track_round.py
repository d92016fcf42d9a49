"""Travessia's students choose their tracks: an open round in which half of them have said theirs."""

import random
from datetime import time, timedelta

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium
from demo.seed.calendar import Calendar
from demo.seed.people import member_actor
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.rounds import draft_round, open_round
from mobility_tracks.models import AllocationRound, Enrolment, Intake, Track

DAYS_OPEN, DAYS_TO_GO = 2, 5
EVENING = time(20)
PER_TRACK = (0, 4)
# Rio de Janeiro and Ljubljana have few, so that Amiens opens in the third term for the rest.
ROOMS = {
    "t2-lju": (0, 6),
    "t2-ssa": (0, 4),
    "t2-opo": (0, 5),
    "t3-gig": (0, 5),
    "t3-lju": (0, 4),
    "t3-ami": (0, 4),
}
ANSWERED = 0.6
MOST_WISHES = 3


def opened(consortium: Consortium, calendar: Calendar, rng: random.Random) -> None:
    """Needs the students who have accepted their places."""
    ines = member_actor("ines", consortium, Wall.STAFF, calendar)
    at = calendar.ago(DAYS_OPEN)
    with acting(Actor.system(consortium.pk)):
        intake = Intake.objects.filter(consortium=consortium).order_by("-year")[0]
        tracks = Track.objects.filter(version=intake.version_id).order_by("position")
        codes = list(tracks.values_list("code", flat=True))
        students = list(Enrolment.objects.filter(intake=intake).order_by("reference"))
    drafted = draft_round(
        intake.pk,
        actor=ines,
        at=at - timedelta(hours=5),
        period="",
        title=f"Tracks of {intake.name}",
        opens_at=at,
        closes_at=calendar.instant(DAYS_TO_GO, EVENING),
        zone=consortium.zone,
        policy=AllocationRound.Policy.RANK_MAXIMAL,
        seed=f"{intake.year}-tracks",
        seats=dict.fromkeys(codes, PER_TRACK),
        rooms=ROOMS,
    )
    round_ = open_round(drafted.pk, actor=ines, at=at)
    for enrolment in students:
        if rng.random() < ANSWERED:
            _wish(round_, enrolment, codes, consortium, rng)


def _wish(
    round_: AllocationRound,
    enrolment: Enrolment,
    codes: list[str],
    consortium: Consortium,
    rng: random.Random,
) -> None:
    actor = Actor(
        wall=Wall.APPLICANT,
        consortium_id=consortium.pk,
        user_id=enrolment.student_id,
        name=enrolment.person_name,
    )
    with acting(actor):
        closed = own_ground(round_, enrolment).closed
    wanted = rng.sample([code for code in codes if code not in closed], k=MOST_WISHES)
    save_preferences(
        round_.pk,
        actor=actor,
        at=round_.opens_at + timedelta(hours=rng.randrange(2, 24 * DAYS_OPEN - 4)),
        enrolment_id=enrolment.pk,
        ranks=[[code] for code in wanted],
    )

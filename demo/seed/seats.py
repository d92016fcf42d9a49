"""What hosts of i-MESC say of their seats in the third semester: one twice, one once, one not yet."""

from datetime import datetime, timedelta

from consortium.access import acting
from consortium.actor import Wall
from consortium.models import Consortium
from demo.seed.calendar import Calendar
from demo.seed.people import member_actor
from mobility_tracks.domain.seats import confirm_seats
from mobility_tracks.models import Intake, Offering

# Days before the round is drafted; who speaks, for which offering, least and most, with which note.
TOLD = (
    (40, "gasper", "s3-lju", (8, 12), ""),
    (
        21,
        "amaia",
        "s3-bil",
        (8, 10),
        "The thermal storage course has ten places in the laboratory.",
    ),
    (9, "gasper", "s3-lju", (8, 10), "Two places went to another programme."),
)


def confirmed(
    intake: Intake, consortium: Consortium, calendar: Calendar, *, before: datetime
) -> None:
    """Amiens has not answered, so its seats are still the programme's."""
    for days, who, code, (least, most), note in TOLD:
        actor = member_actor(who, consortium, Wall.PARTNER, calendar)
        with acting(actor):
            offering = Offering.objects.for_actor(actor, "view").get(
                code=code, period__version=intake.version_id
            )
        confirm_seats(
            offering.pk,
            actor=actor,
            at=before - timedelta(days=days),
            intake_id=intake.pk,
            least=least,
            most=most,
            note=note,
        )

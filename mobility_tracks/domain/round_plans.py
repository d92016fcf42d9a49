"""From the plan of a round to the stays of its students."""

from mobility_tracks.domain.allocation.plan import in_sentences
from mobility_tracks.domain.allocation.problem import Case
from mobility_tracks.domain.stays import new_stay, sending_partner, settle_senders
from mobility_tracks.models import AllocationRound, Placement

# What a round keeps from decision to decision: merits frozen when it opened, places by hand.
KEPT = ("merits", "by_hand")


def plan_stays(round_: AllocationRound, case: Case) -> None:
    """Planned stays in place of earlier planned ones of the round; those announced are not touched."""
    Placement.objects.filter(round=round_, state="planned").delete()
    sending, year = sending_partner(round_.consortium_id), round_.intake.year
    Placement.objects.bulk_create(
        new_stay(
            case.students[place["reference"]],
            case.offerings[place["offering"]],
            sending=sending,
            year=year,
            round_=round_,
            reason=in_sentences(place),
        )
        for place in round_.result["places"]
    )
    settle_senders(round_.consortium_id, [each.pk for each in case.students.values()])

"""From the plan of a round to the stays of its students."""

from collections.abc import Mapping, Sequence
from typing import Any

from mobility_tracks.domain.allocation.plan import in_sentences
from mobility_tracks.domain.allocation.problem import Case
from mobility_tracks.domain.stays import new_stay, sending_partner, settle_senders
from mobility_tracks.models import AllocationRound, Placement

# What a round keeps from decision to decision: merits frozen when it opened, places by hand.
KEPT = ("merits", "by_hand")


def plan_stays(round_: AllocationRound, case: Case) -> None:
    """Planned stays in place of earlier planned ones of the round; those announced are not touched."""
    Placement.objects.filter(round=round_, state="planned").delete()
    made_stays(round_, case, round_.result["places"])


def made_stays(
    round_: AllocationRound, case: Case, places: Sequence[Mapping[str, Any]]
) -> list[Placement]:
    """A planned stay for each place; who sends all these students is settled anew."""
    sending, year = sending_partner(round_.consortium_id), round_.intake.year
    stays = Placement.objects.bulk_create(
        new_stay(
            case.students[place["reference"]],
            case.offerings[place["offering"]],
            sending=sending,
            year=year,
            round_=round_,
            reason=in_sentences(dict(place)),
        )
        for place in places
    )
    settle_senders(round_.consortium_id, [stay.enrolment_id for stay in stays])
    return stays

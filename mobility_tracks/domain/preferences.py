"""A student's wishes in an allocation round."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState
from mobility_tracks.domain.round_window import require_open
from mobility_tracks.models import AllocationRound, Enrolment, Preference, RoundSeats


def save_preferences(
    round_id: object,
    *,
    actor: Actor,
    at: datetime,
    enrolment_id: object,
    offerings: Sequence[str],
) -> list[Preference]:
    """Replace the student's wishes: offering codes, the most wanted first; none is a wish too.

    Needs the student's own enrolment, in state enrolled. Raises WindowClosed outside the round's
    window, Invalid for an offering named twice or not on offer, Conflict for an enrolment in
    another intake, WrongState after leaving. Wishes saved before stay as they were when refused.
    """
    _check_once(offerings)
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "view", pk=round_id)
        require_open(round_, at)
        enrolment = _enrolment(enrolment_id, round_, actor)
        by_code = _on_offer(round_, actor)
        _check_offered(offerings, by_code)
        # The student's own row is the lock: two tabs save one after the other.
        Preference.objects.filter(round=round_, enrolment=enrolment).delete()
        wishes = Preference.objects.bulk_create(
            Preference(
                consortium_id=actor.tenant,
                round=round_,
                enrolment=enrolment,
                offering_id=by_code[code],
                rank=rank,
                saved_at=at,
            )
            for rank, code in enumerate(offerings, 1)
        )
        facts = {"round": str(round_.pk), "wishes": len(wishes)}
        journal.record("preferences.save", enrolment, actor=actor, at=at, facts=facts)
    return wishes


def _check_once(offerings: Sequence[str]) -> None:
    twice = sorted(code for code, count in Counter(offerings).items() if count > 1)
    if twice:
        raise Invalid(
            _("Each host is ranked once."),
            fact=_("%(codes)s stands in your list more than once.") % {"codes": ", ".join(twice)},
            fields={"offerings": _("Leave each host in one place only.")},
        )


def _enrolment(enrolment_id: object, round_: AllocationRound, actor: Actor) -> Enrolment:
    seen = Enrolment.objects.reach(actor, "view", pk=enrolment_id)
    if seen.intake_id != round_.intake_id:
        raise Conflict(
            _("A round is for the students of its intake."),
            fact=_("You are not enrolled in this intake."),
            next_step=_("Choose the round of your own intake."),
        )
    if seen.state != "enrolled":
        raise WrongState(
            _("Wishes are for students who are enrolled."),
            fact=_("Your enrolment is %(state)s.") % {"state": seen.state.replace("_", " ")},
            next_step=_("Write to the office if this is wrong."),
        )
    return Enrolment.objects.locked(actor, "rank", enrolment_id)


def _on_offer(round_: AllocationRound, actor: Actor) -> dict[str, UUID]:
    rows = RoundSeats.objects.for_actor(actor, "view").filter(round=round_)
    return dict(rows.values_list("offering__code", "offering_id"))


def _check_offered(offerings: Sequence[str], by_code: dict[str, UUID]) -> None:
    foreign = [code for code in offerings if code not in by_code]
    if foreign:
        raise Invalid(
            _("Only hosts of this round can be ranked."),
            fact=_("%(codes)s is not on offer in it.") % {"codes": ", ".join(foreign)},
            next_step=_("Reload the page to see which are."),
            fields={"offerings": _("Choose among the hosts of this round.")},
        )

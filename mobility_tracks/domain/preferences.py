"""A student's wishes in an allocation round."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, WrongState
from mobility_tracks.domain.allocation.own import Own, own_ground
from mobility_tracks.domain.round_window import require_open
from mobility_tracks.domain.round_wishes import Wishes, check, dense
from mobility_tracks.models import AllocationRound, Enrolment, Preference


def save_preferences(
    round_id: object,
    *,
    actor: Actor,
    at: datetime,
    enrolment_id: object,
    ranks: Sequence[Sequence[str]],
    impossible: Mapping[str, str] | None = None,
) -> list[Preference]:
    """Replace the student's wishes; none is a wish too.

    Needs the student's own enrolment, in state enrolled. `ranks`: classes of codes of offerings, or
    of tracks, the most wanted first, one class holding what is equally good. `impossible`: by code
    why it is not possible, 5 to 300 characters; no plan gives it. Raises WindowClosed outside the
    round's window, Invalid for a choice named twice, not on offer or closed to the student
    by a rule, Conflict for an enrolment in another intake, for a track where the student has one, and
    where nothing possible would be left,
    WrongState after leaving. Wishes saved before stay as they were when refused.
    """
    reasons = {code: reason.strip() for code, reason in (impossible or {}).items()}
    wishes = Wishes(tuple(tuple(codes) for codes in ranks), reasons)
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "view", pk=round_id)
        require_open(round_, at)
        enrolment = _enrolment(enrolment_id, round_, actor)
        own = own_ground(round_, enrolment)
        check(wishes, names=own.names, closed=own.closed)
        # The student's own row is the lock: two tabs save one after the other.
        Preference.objects.filter(round=round_, enrolment=enrolment).delete()
        kept = Preference.objects.bulk_create(_rows(wishes, round_, enrolment, own, at))
        facts = {
            "round": str(round_.pk),
            "wishes": len(wishes.ranked),
            "impossible": len(wishes.impossible),
        }
        journal.record("preferences.save", enrolment, actor=actor, at=at, facts=facts)
    return kept


def _rows(
    wishes: Wishes, round_: AllocationRound, enrolment: Enrolment, own: Own, at: datetime
) -> Iterable[Preference]:
    ranked = ((code, rank, "") for code, rank in dense(wishes.ranks))
    ruled_out = ((code, None, because) for code, because in wishes.impossible.items())
    for code, rank, because in chain(ranked, ruled_out):
        choice = own.offered.choices[code]
        yield Preference(
            consortium_id=round_.consortium_id,
            round=round_,
            enrolment=enrolment,
            offering=None if choice.track else choice.offering,
            track=choice.track,
            rank=rank,
            because=because,
            saved_at=at,
        )


def _enrolment(enrolment_id: object, round_: AllocationRound, actor: Actor) -> Enrolment:
    seen = Enrolment.objects.reach(actor, "view", pk=enrolment_id)
    if seen.intake_id != round_.intake_id:
        raise Conflict(
            _("A round is for the students of its intake."),
            fact=_("You are not enrolled in this intake."),
            next_step=_("Choose the round of your own intake."),
        )
    if round_.is_of_tracks and seen.track is not None:
        raise Conflict(
            _("A round for tracks is for students who have none yet."),
            fact=_("You go the track “%(track)s”.") % {"track": seen.track.title},
            next_step=_("Write to the office if you want another one."),
        )
    if seen.state != "enrolled":
        raise WrongState(
            _("Wishes are for students who are enrolled."),
            fact=_("Your enrolment is %(state)s.") % {"state": seen.state.replace("_", " ")},
            next_step=_("Write to the office if this is wrong."),
        )
    return Enrolment.objects.locked(actor, "rank", enrolment_id)

"""A decided round as one file, for whoever wants to check the plan without us."""

from datetime import datetime

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, WrongState
from mobility_tracks.domain.allocation.plan import file_of
from mobility_tracks.models import AllocationRound


def export_round(round_id: object, *, actor: Actor, at: datetime) -> str:
    """Problem, plan and certificate of a decided round, as `manage.py verify_round` reads them.

    Needs `run_rounds`. Students are in it by their public reference, with what the rules ask about:
    wishes, country of residence, merit where it counts, earlier stays. Writes a journal entry.
    Raises WrongState before the decision, Conflict for a plan that has no certificate.
    """
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "run", pk=round_id)
        if not round_.fingerprint:
            raise WrongState(
                _("A round has a file for checking once it is decided."),
                fact=_("This one has no plan yet."),
            )
        text = file_of(round_.result)
        if text is None:
            raise Conflict(
                _("A file for checking holds a plan with its certificate."),
                fact=_("This plan was kept without one."),
                next_step=_("Solve it again and compare instead."),
            )
        facts = {"students": len(round_.result["places"]), "digest": round_.result["digest"]}
        journal.record("round.export", round_, actor=actor, at=at, facts=facts)
    return text

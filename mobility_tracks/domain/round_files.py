"""A round as one file, for whoever wants to check it without us: its plan, or that it has none."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, WrongState
from mobility_tracks.domain.allocation.plan import file_of
from mobility_tracks.domain.allocation.problem import case_of
from mobility_tracks.models import AllocationRound
from mobility_tracks.placement import Infeasible, Problem, none_file, solve
from mobility_tracks.placement import ProblemInvalid as Contradiction
from mobility_tracks.placement.prover import Unproved

Facts = dict[str, Any]


def export_round(round_id: object, *, actor: Actor, at: datetime) -> str:
    """What `manage.py verify_round` reads: of a decided round problem, plan and certificate; of a
    closed one that has no plan the proof of that.

    Needs `run_rounds`. Students are in it by their public reference, with what the rules ask about:
    wishes, country of residence, merit where it counts, earlier stays. Writes a journal entry.
    Raises WrongState before the decision of a round that has a plan, Conflict where no certificate
    was found.
    """
    with acting(actor):
        round_ = AllocationRound.objects.reach(actor, "run", pk=round_id)
        text, facts = _decided(round_) if round_.fingerprint else _without_plan(round_)
        journal.record("round.export", round_, actor=actor, at=at, facts=facts)
    return text


def _decided(round_: AllocationRound) -> tuple[str, Facts]:
    text = file_of(round_.result)
    if text is None:
        raise Conflict(
            _("A file for checking holds a plan with its certificate."),
            fact=_("This plan was kept without one."),
            next_step=_("Solve it again and compare instead."),
        )
    return text, {
        "students": len(round_.result["places"]),
        "digest": round_.result["digest"],
    }


def _without_plan(round_: AllocationRound) -> tuple[str, Facts]:
    problem = case_of(round_).problem if round_.state == "closed" else None
    text = _none(problem) if problem else None
    if problem is None or text is None:
        raise WrongState(
            _("A round has a file for checking once it is decided, or when it has no plan."),
            fact=_("This one is not decided yet."),
        )
    return text, {"students": len(problem.students), "has_plan": False}


def _none(problem: Problem) -> str | None:
    """The proof that no plan exists; None where one does."""
    try:
        solve(problem)
    except Infeasible as found:
        try:
            return none_file(problem, found.conflict)
        except Unproved:
            raise Conflict(
                _("A file for checking holds a proof."),
                fact=_("That this round has no plan was found by search, and no proof was."),
            ) from None
    except Contradiction as found:
        raise Conflict(
            _("A file for checking holds a plan, or the proof that there is none."),
            fact=" ".join(found.faults),
            next_step=_("Correct what they name, then decide."),
        ) from None
    return None

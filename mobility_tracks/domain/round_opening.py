"""Opening an allocation round: what must fit before students are asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, DomainError, Incomplete, WindowClosed
from consortium.lifecycle import advance
from mobility_tracks import messages
from mobility_tracks.domain.allocation.choices import OnOffer, on_offer, settled_by_all
from mobility_tracks.domain.allocation.takers import seats_of, students_of
from mobility_tracks.domain.round_window import told
from mobility_tracks.models import AllocationRound, Enrolment


def open_round(
    round_id: object, *, actor: Actor, at: datetime, merits: Mapping[str, int] | None = None
) -> AllocationRound:
    """Freeze policy, seed and seats, and tell every student of the intake.

    Needs `run_rounds`. `merits`: a whole number by enrolment reference, more is better, on the
    basis that the round states; wanted by the policy that respects merit and frozen with the rest.
    Raises WindowClosed when the deadline has passed, Conflict when seats and students do not fit or
    a round for the period is open, Incomplete without students or when a merit is missing.
    """
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        students = students_of(round_)
        _check_time(round_, at)
        _check_alone(round_)
        fit_of(round_, students).check()
        if round_.policy == AllocationRound.Policy.MERIT_RESPECTED:
            round_.result = {"merits": _merits(students, merits or {})}
            round_.save(update_fields=["result"])
        advance(round_, "open", actor=actor, at=at, facts={"students": len(students)})
        messages.round_opened(round_, students, at=at)
    return round_


def _check_time(round_: AllocationRound, at: datetime) -> None:
    if at >= round_.closes_at:
        raise WindowClosed(
            _("A round opens before its deadline."),
            fact=_("The deadline was %(when)s.") % {"when": told(round_.closes_at, round_.zone)},
            next_step=_("Change the draft: give it a later one."),
        )


def _check_alone(round_: AllocationRound) -> None:
    others = AllocationRound.objects.filter(
        intake_id=round_.intake_id, period=round_.period, state="open"
    )
    if others.exclude(pk=round_.pk).exists():
        raise Conflict(
            _("One round at a time asks for wishes for a period, or for tracks."),
            fact=_("Another one for the same is open."),
            next_step=_("Close that one first."),
        )


@dataclass(frozen=True)
class Fit:
    """Students who wait for a place, and the seats of the round that were not given by hand."""

    students: int
    least: int
    most: int

    def check(self) -> None:
        """Raises Incomplete without students, Conflict where seats and students do not fit."""
        if self.fault is not None:
            raise self.fault

    @property
    def fault(self) -> DomainError | None:
        """What keeps the round from opening, as the refusal would say it."""
        words = {"students": self.students, "most": self.most, "least": self.least}
        if self.students == 0:
            return Incomplete(
                _("A round opens for students."),
                fact=_("Nobody in this intake is waiting for what this round gives."),
                next_step=_("Enrol students in the intake, then open the round."),
            )
        if self.most < self.students:
            return Conflict(
                _("A round has a seat for every student."),
                fact=_("There are %(students)d students and %(most)d seats.") % words,
                next_step=_("Ask the hosts for more seats and change the draft."),
            )
        if self.least > self.students:
            return Conflict(
                _("A round fills whatever has a least number."),
                fact=_("There are %(students)d students, and %(least)d are needed.") % words,
                next_step=_("Lower the least numbers in the draft."),
            )
        return None


def fit_of(round_: AllocationRound, students: Sequence[Enrolment] | None = None) -> Fit:
    """Needs an `acting` context that sees the whole round. `students`: those who take part, if known.

    Of tracks, every period counts in which each of them passes a host whose seats are counted.
    """
    students = students_of(round_) if students is None else students
    offered, left = on_offer(round_), seats_of(round_, students)
    sums = [[left[code] for code in offered.choices]]
    sums += [[left[code] for code in codes] for codes in _bottlenecks(offered)]
    return Fit(
        len(students),
        least=max(sum(room.least for room in rooms) for rooms in sums),
        most=min(sum(room.most for room in rooms) for rooms in sums),
    )


def _bottlenecks(offered: OnOffer) -> Iterator[tuple[str, ...]]:
    """Offerings with counted seats, by period, of which each choice passes one."""
    for codes in settled_by_all(offered.choices).values():
        if all(code in offered.rooms for code in codes):
            yield codes


def _merits(students: list[Enrolment], merits: Mapping[str, int]) -> dict[str, int]:
    missing = [student.reference for student in students if student.reference not in merits]
    if missing:
        raise Incomplete(
            _("This procedure serves students in order of merit, so each has one."),
            fact=_("%(n)d students have none: %(references)s.")
            % {"n": len(missing), "references": ", ".join(missing[:5])},
            next_step=_("Give their merits, or choose another procedure."),
        )
    return {student.reference: merits[student.reference] for student in students}

"""Seats that hosts confirm for an intake: what stands, what stood before, and the act that adds to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WindowClosed
from mobility_tracks import messages
from mobility_tracks.calendar import resolve
from mobility_tracks.domain.round_terms import MOST_SEATS
from mobility_tracks.domain.stays import STOPS
from mobility_tracks.models import Intake, Offering, Placement, SeatConfirmation
from mobility_tracks.sharing import LIVE

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """An offering in an intake. history: what its host confirmed, the newest first.

    least, most: seats that count now, the programme's while nobody confirmed; most None: not
    counted. is_over: the period has ended, and nothing is confirmed any more.
    """

    offering: Offering
    intake: Intake
    history: tuple[SeatConfirmation, ...]
    is_over: bool

    @property
    def last(self) -> SeatConfirmation | None:
        return self.history[0] if self.history else None

    @property
    def before(self) -> tuple[SeatConfirmation, ...]:
        return self.history[1:]

    @property
    def least(self) -> int:
        return (self.offering.min_seats or 0) if self.last is None else self.last.least

    @property
    def most(self) -> int | None:
        return self.offering.max_seats if self.last is None else self.last.most

    @property
    def is_asked(self) -> bool:
        """A stop of a path, or something with seats: nobody waits for those of a graduation day."""
        return self.offering.period.kind in STOPS or self.offering.max_seats is not None

    @property
    def is_awaited(self) -> bool:
        return self.is_asked and not self.history and not self.is_over


def standings(
    offerings: Iterable[Offering], intakes: Iterable[Intake], *, actor: Actor, at: datetime
) -> list[Standing]:
    """Each offering in each intake of its version, in the order given. One query.

    Offerings with `period`; the actor sees the confirmations that their policy opens.
    """
    offerings, intakes = list(offerings), list(intakes)
    history: dict[tuple[UUID, UUID], list[SeatConfirmation]] = defaultdict(list)
    with acting(actor):
        rows = SeatConfirmation.objects.for_actor(actor, "view").filter(intake__in=intakes)
        for row in rows.newest_first():
            history[row.intake_id, row.offering_id].append(row)
    return [
        Standing(
            offering=offering,
            intake=intake,
            history=tuple(history[intake.pk, offering.pk]),
            is_over=_is_over(offering, intake, at.date()),
        )
        for intake in intakes
        for offering in offerings
        if offering.period.version_id == intake.version_id
    ]


def confirmed(intake: Intake, *, actor: Actor) -> dict[UUID, SeatConfirmation]:
    """What stands for the intake, by offering; one query. Offerings nobody confirmed are not in it."""
    with acting(actor):
        rows = SeatConfirmation.objects.for_actor(actor, "view").filter(intake_id=intake.pk)
        return {row.offering_id: row for row in rows.standing()}


def seats_counted(offering: Offering, intake_id: UUID) -> int | None:
    """Seats of the offering for an intake, as its host confirmed them, else the programme's.

    None: nobody counted them. Needs a wall that reads confirmations.
    """
    last = _last(offering, intake_id)
    return offering.max_seats if last is None else last.most


def confirm_seats(
    offering_id: object,
    *,
    actor: Actor,
    at: datetime,
    intake_id: object,
    least: int,
    most: int,
    note: str = "",
) -> SeatConfirmation:
    """Say how many students the host takes at an offering in an intake; the row before is kept.

    Needs `confirm_seats` for the host or the offering. Writes a row, a journal row, and a mail to
    the office where a number is another than the one that counted. Raises Invalid for numbers out
    of order or another version's intake, WindowClosed once the period is over, Conflict for fewer
    seats than students are placed, or for what stands already.
    """
    _check_numbers(least, most, note)
    with acting(actor):
        rows = Offering.objects.select_related("period", "host__institution")
        offering = rows.reach(actor, "confirm_seats", pk=offering_id)
        intake = Intake.objects.reach(actor, "view", pk=intake_id)
        _check_intake(offering, intake, at)
        with acting(Actor.system(actor.tenant)):
            # Until the end of the act nobody is placed here by hand.
            Offering.objects.select_for_update(no_key=True).get(pk=offering.pk)
            last = _last(offering, intake.pk)
            _check_placed(offering, intake, most)
        _check_news(last, least, most, note)
        row = SeatConfirmation.objects.create(
            consortium_id=actor.tenant,
            offering=offering,
            intake=intake,
            least=least,
            most=most,
            note=note.strip(),
            confirmed_by_name=actor.name,
            at=at,
        )
        counted = _counted(offering, last)
        facts = {"least": least, "most": most, "before": list(counted)}
        journal.record("seats.confirm", row, actor=actor, at=at, facts=facts)
        if (least, most) != counted:
            messages.seats_changed(row, host=offering.host, at=at)
    return row


def _last(offering: Offering, intake_id: UUID) -> SeatConfirmation | None:
    rows = SeatConfirmation.objects.filter(offering=offering, intake_id=intake_id)
    return rows.newest_first().first()


def _counted(offering: Offering, last: SeatConfirmation | None) -> tuple[int, int | None]:
    if last is None:
        return offering.min_seats or 0, offering.max_seats
    return last.least, last.most


def _is_over(offering: Offering, intake: Intake, today: date) -> bool:
    ends = resolve(offering.period.ends, year=intake.year)
    return ends is not None and ends < today


def _check_numbers(least: int, most: int, note: str) -> None:
    if not (0 <= least <= MOST_SEATS and 0 <= most <= MOST_SEATS):
        raise Invalid(
            _("Seats are whole numbers from 0 to %(most)d.") % {"most": MOST_SEATS},
            fields={"most": _("Give a number of seats.")},
        )
    if least > most:
        raise Invalid(
            _("The least number of students is at most the number of seats."),
            fact=_("%(least)d is the least, and there are %(most)d seats.")
            % {"least": least, "most": most},
            next_step=_("Lower the least, or give more seats."),
            fields={"least": _("Give at most %(most)d.") % {"most": most}},
        )
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid(
            _("A note has at most %(n)d characters.") % {"n": LONGEST_NOTE},
            fields={"note": _("Shorten it.")},
        )


def _check_intake(offering: Offering, intake: Intake, at: datetime) -> None:
    if offering.period.version_id != intake.version_id:
        raise Invalid(
            _("Seats are confirmed for an intake of the offering's own version."),
            fact=_("%(intake)s studies by another one.") % {"intake": intake},
            fields={"intake": _("Choose an intake of this version.")},
        )
    if _is_over(offering, intake, at.date()):
        raise WindowClosed(
            _("Seats are confirmed until the period is over."),
            fact=_("%(period)s of %(intake)s has ended.")
            % {"period": offering.period.title, "intake": intake},
        )


def _check_placed(offering: Offering, intake: Intake, most: int) -> None:
    """Counts whom the host was told of: a plan that is not published binds nobody.

    Needs the system's wall: who confirms seats need not see students, only how many they are.
    """
    stays = Placement.objects.filter(LIVE, offering=offering, enrolment__intake_id=intake.pk)
    placed = stays.count()
    if placed > most:
        raise Conflict(
            _("Seats are not lowered under the number of students already placed."),
            fact=ngettext(
                "%(placed)d student of %(intake)s is placed at %(offering)s; %(most)d would be too few.",
                "%(placed)d students of %(intake)s are placed at %(offering)s;"
                " %(most)d would be too few.",
                placed,
            )
            % {"placed": placed, "intake": intake, "offering": offering, "most": most},
            next_step=_("Give at least %(placed)d, or ask the consortium office to move students.")
            % {"placed": placed},
            fields={"most": _("Give at least %(placed)d.") % {"placed": placed}},
        )


def _check_news(last: SeatConfirmation | None, least: int, most: int, note: str) -> None:
    if last is not None and (last.least, last.most, last.note) == (least, most, note.strip()):
        raise Conflict(
            _("The same seats are confirmed once."),
            fact=_("They were on %(day)s, by %(name)s.")
            % {"day": f"{last.at:%Y-%m-%d}", "name": last.confirmed_by_name},
            next_step=_("Change a number or the note, or leave it as it stands."),
        )

"""Jumps of the demonstration's clock, and what follows from them at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from admissions.domain.deadlines import run_due
from admissions.models import Call
from consortium import clock
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium
from demo import clock as demo_clock
from demo.seed.present import mark
from demo.seed.programmes import ENERGY


@dataclass(frozen=True, slots=True)
class Move:
    key: str
    label: str
    to: datetime


def moves(at: datetime) -> list[Move]:
    """Where the clock can be moved to from `at`."""
    deadline = _deadline()
    found = []
    if deadline is not None:
        found = [
            Move("before", _("Five minutes before the deadline"), deadline - timedelta(minutes=5)),
            Move("after", _("One second after the deadline"), deadline + timedelta(seconds=1)),
        ]
    found.append(Move("week", _("One week on"), at + timedelta(days=7)))
    facts = mark()
    if facts is not None:
        first = datetime.fromisoformat(facts["at"])
        found.append(Move("back", _("Back to the first morning"), first))
    return found


def move(key: str, at: datetime) -> datetime | None:
    """Move the clock and do what time brings about; None for a jump that there is not.

    What has happened stays when the clock goes back: a closed call does not open again.
    """
    chosen = next((each for each in moves(at) if each.key == key), None)
    if chosen is None:
        return None
    demo_clock.move_to(chosen.to)
    for consortium in Consortium.objects.all():
        run_due(consortium, at=clock.now())
    return chosen.to


def _deadline() -> datetime | None:
    """Of the i-MESC call that closes last."""
    consortium = Consortium.objects.filter(slug=ENERGY).first()
    if consortium is None:
        return None
    system = Actor.system(consortium.pk)
    with acting(system):
        calls = Call.objects.for_actor(system).exclude(state="draft").order_by("-closes_at")
        return calls.values_list("closes_at", flat=True).first()

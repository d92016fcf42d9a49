"""On which basis personal data goes to Deakin; for Drexel none is recorded, so none goes there."""

from datetime import timedelta

from consortium.access import acting
from consortium.actor import Wall
from consortium.models import Consortium, Party
from demo.seed.calendar import Calendar
from demo.seed.people import member_actor
from partners.domain.transfers import Paper, record
from partners.models import BasisKind

RECORDED, SIGNED = 380, 385  # days ago
YEARS = 3


def record_them(consortium: Consortium, calendar: Calendar) -> None:
    """Clauses with Deakin, by the coordinator, with a last day."""
    chiara = member_actor("chiara", consortium, Wall.STAFF, calendar)
    with acting(chiara):
        party = Party.objects.for_actor(chiara, "transfer").get(name="Deakin University")
    signed = calendar.ago(SIGNED).date()
    paper = Paper(
        kind=BasisKind.CLAUSES,
        document="Standard contractual clauses with Deakin University, signed",
        dated=signed,
        valid_until=signed + timedelta(days=365 * YEARS),
        note="Filed with the consortium agreement, annex 6.",
    )
    record(party.pk, actor=chiara, at=calendar.ago(RECORDED), paper=paper)

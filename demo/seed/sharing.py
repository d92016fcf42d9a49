"""What partners of i-MESC agreed to let each other see: one in force, one to answer, one revoked."""

from datetime import datetime

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium
from demo.seed.calendar import Calendar
from demo.seed.people import member_actor
from partners.domain.sharing import Pair, Terms, accept, propose, revoke
from partners.items import Item
from partners.models import Partnership, SharingAgreement

# Days before the first morning.
FIRST_VERSION, EXCHANGE, OVER, SECOND_VERSION, ASKED = 410, 300, 95, 40, 2
DAYS_TO_ANSWER = 3
UNTIL = 520
PARTY = {"agata": "WAW", "bruno": "TLS", "gasper": "LJU", "amaia": "BIL"}


class Table:
    """Where the partners' coordinators sit; each acts for their own."""

    def __init__(self, consortium: Consortium, calendar: Calendar) -> None:
        self.calendar = calendar
        self.actors = {key: member_actor(key, consortium, Wall.PARTNER, calendar) for key in PARTY}
        with acting(Actor.system(consortium.pk)):
            rows = Partnership.objects.filter(consortium=consortium)
            self.ids = dict(rows.values_list("code", "pk"))

    def proposed(
        self, who: str, giver: str, receiver: str, *items: Item, at: datetime, note: str = ""
    ) -> SharingAgreement:
        return propose(
            Pair(self.ids[giver], self.ids[receiver]),
            actor=self.actors[who],
            at=at,
            proposer_id=self.ids[PARTY[who]],
            terms=Terms(
                frozenset(item.value for item in items),
                ends_at=self.calendar.ahead(UNTIL),
                note=note,
            ),
        )


def agree(consortium: Consortium, calendar: Calendar) -> None:
    """Warsaw gives Toulouse transcripts and stays, and no review; Ljubljana asks Toulouse; Bilbao's is
    over."""
    table = Table(consortium, calendar)
    ago = calendar.ago
    first = table.proposed(
        "bruno",
        "WAW",
        "TLS",
        Item.TRANSCRIPTS,
        Item.LETTERS,
        at=ago(FIRST_VERSION),
        note="To place everybody in the right laboratory course of the second semester.",
    )
    accept(first.pk, actor=table.actors["agata"], at=ago(FIRST_VERSION - DAYS_TO_ANSWER))
    second = table.proposed(
        "agata",
        "WAW",
        "TLS",
        Item.TRANSCRIPTS,
        Item.PATH,
        at=ago(SECOND_VERSION),
        note="Letters were written for the selection and stay there.",
    )
    accept(second.pk, actor=table.actors["bruno"], at=ago(SECOND_VERSION - DAYS_TO_ANSWER))
    exchanged = table.proposed(
        "bruno", "TLS", "BIL", Item.TRANSCRIPTS, Item.LANGUAGE, at=ago(EXCHANGE)
    )
    accept(exchanged.pk, actor=table.actors["amaia"], at=ago(EXCHANGE - DAYS_TO_ANSWER))
    reason = "Our registry asks the students themselves since the summer; we no longer need it."
    revoke(exchanged.pk, actor=table.actors["amaia"], at=ago(OVER), reason=reason)
    table.proposed(
        "gasper",
        "TLS",
        "LJU",
        Item.TRANSCRIPTS,
        Item.DIPLOMAS,
        Item.REVIEWS,
        at=ago(ASKED),
        note="For the third semester; we admit to the courses on solid electrolytes by them.",
    )

"""Who would get which mail, were these offers sent now: the act itself, rehearsed and undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from admissions.domain.offers import send
from admissions.models import Offer
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it would leave, with the offer that causes it."""

    offer: Offer
    to: str
    subject: str
    body: str


class _UndoneError(Exception):
    """Takes the rehearsal back, with everything it wrote."""


def preview(offer_ids: Iterable[object], *, actor: Actor, at: datetime) -> list[Letter]:
    """The mails that `offers.send` would send at this moment; nothing stays written.

    Raises what the act would raise, so that a preview never promises more than the act keeps.
    """
    letters: list[Letter] = []
    try:
        with acting(actor):
            sent = send(offer_ids, actor=actor, at=at)
            letters = _letters(sent, Actor.system(actor.tenant))
            raise _UndoneError
    except _UndoneError:
        return letters


def _letters(offers: Iterable[Offer], system: Actor) -> list[Letter]:
    by_key = {f"offer:{offer.pk}:sent": offer for offer in offers}
    with acting(system):
        rows = OutboxMessage.objects.for_actor(system, "view").filter(key__in=by_key)
        return [
            Letter(by_key[row.key], row.to, row.subject, row.body)
            for row in rows.order_by("to", "id")
        ]

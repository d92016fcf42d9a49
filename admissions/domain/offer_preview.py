"""Who would get which mail, were these offers sent now: the act itself, rehearsed and undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

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


def preview(offer_ids: Iterable[object], *, actor: Actor, at: datetime) -> list[Letter]:
    """The mails that `offers.send` would send at this moment; nothing stays written.

    Raises what the act would raise, so that a preview never promises more than the act keeps.
    """
    with acting(actor):
        letters = _letters(send(offer_ids, actor=actor, at=at), Actor.system(actor.tenant))
        transaction.set_rollback(True)
    return letters


def _letters(offers: Iterable[Offer], system: Actor) -> list[Letter]:
    by_key = {f"offer:{offer.pk}:sent": offer for offer in offers}
    with acting(system):
        rows = OutboxMessage.objects.for_actor(system, "view").filter(key__in=by_key)
        return [
            Letter(by_key[row.key], row.to, row.subject, row.body)
            for row in rows.order_by("to", "id")
        ]

"""What partners give the actor's own, now: the first wall's half of `itinera_given` in walls.py."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from consortium.actor import Actor
from consortium.models import PartyGroupGrant
from consortium.models.tenant import receiving
from partners.items import HOST, ITEMS, Item
from partners.models import SharingAgreement
from partners.models.sharing import SharingQuerySet


def given(actor: Actor, item: Item) -> SharingQuerySet:
    """Agreements in force that give `item` to the actor's partners.

    One counts where the actor may see students of the receiver, both sides have a basis for
    personal data, and the consortium granted the giver the right that the item asks for.
    """
    held = PartyGroupGrant.objects.filter(
        content_object_id=OuterRef("giver_id"),
        group_id=OuterRef("giver__party__group_id"),
        permission__codename=ITEMS[item].right,
    )
    return (
        SharingAgreement.objects.filter(
            consortium_id=actor.tenant,
            receiver__in=actor.parties_with(HOST),
            items__contains=[item.value],
        )
        .filter(receiving("giver__party__", actor.at), receiving("receiver__party__", actor.at))
        .in_force(actor.at or Now())
        .filter(Exists(held))
    )

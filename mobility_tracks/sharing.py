"""Which students partners pass on: the first wall's half of `itinera_passing` in walls.py.

A partner *sends* a student to another when a placement says so: announced, and neither cancelled
nor refused. What it gives of that student to the host is agreed between the two (partners/sharing).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from consortium.actor import Actor, Wall
from consortium.policy import Clause
from mobility_tracks.visibility import STUDENTS
from partners.items import HOST, Item
from partners.sharing import given

if TYPE_CHECKING:  # models import the policies, and these this module
    from mobility_tracks.models import Placement

LIVE = STUDENTS.q(Wall.PARTNER, "name", relation="sender")


def sent(actor: Actor) -> "QuerySet[Placement]":
    """Live placements to which the actor's own partners send."""
    rows = apps.get_model("mobility_tracks.Placement")._default_manager.filter(LIVE)
    return rows.filter(consortium_id=actor.tenant, sending__in=actor.parties_with(HOST))


def passing(actor: Actor, item: Item) -> "QuerySet[Placement]":
    """Live placements with the actor's partners whose sender gives them `item`."""
    rows = apps.get_model("mobility_tracks.Placement")._default_manager.filter(LIVE)
    agreed = given(actor, item).filter(giver=OuterRef("sending"), receiver=OuterRef("host"))
    return rows.filter(Exists(agreed), consortium_id=actor.tenant)


def shared(item: Item, words: str, rows: Callable[["QuerySet[Placement]"], Q]) -> Clause:
    """People of a partner, for what the senders of its students give it by agreement.

    rows: from the placements of those students to the rows that are the giver's own.
    """

    def opened(actor: Actor) -> Q | None:
        return rows(passing(actor, item)) if actor.parties_with(HOST) else None

    return Clause(frozenset({Wall.PARTNER}), opened, f"given by agreement ({item.value}): {words}")


def sending(words: str, rows: Callable[["QuerySet[Placement]"], Q]) -> Clause:
    """People of a partner, for what is its own of the students whom it sends."""

    def opened(actor: Actor) -> Q | None:
        return rows(sent(actor)) if actor.parties_with(HOST) else None

    return Clause(frozenset({Wall.PARTNER}), opened, f"{HOST}: {words}")

"""What a person's records come to: pure, so that it can be checked against a model in plain dicts.

A right counts when three things agree: a record in force that gives it (a membership, or what was
handed on to the person or their department), guardian's grant to the same holder, and, for what is
a partner's, the grant of the partner itself. Each alone opens nothing: an expired record with a
grant left behind gives no right, nor does a grant that somebody wrote by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from consortium.actor import Actor, Wall
from consortium.roles import DELEGABLE, Container

# (holder, container, id of the container, codename)
Grant = tuple[str, Container, str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """What one record in force gives.

    holder: `user`, or `group:<id>` of a department. party: the partner within whose own rights it
    counts, None for what is the consortium's.
    """

    holder: str
    container: Container
    container_id: str
    rights: frozenset[str]
    party: int | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Codenames on the consortium, by party id, and by the id of a call, track or offering."""

    consortium: frozenset[str] = frozenset()
    parties: Mapping[int, frozenset[str]] = field(default_factory=dict)
    containers: Mapping[UUID, frozenset[str]] = field(default_factory=dict)


def effective(
    records: Iterable[Record],
    grants: frozenset[Grant],
    ceilings: Mapping[int, frozenset[str]],
) -> Rights:
    """Rights that record, grant and, where there is a party, its ceiling agree on."""
    consortium: set[str] = set()
    parties: dict[int, set[str]] = defaultdict(set)
    containers: dict[UUID, set[str]] = defaultdict(set)
    for record in records:
        held = {
            right
            for right in record.rights
            if (record.holder, record.container, record.container_id, right) in grants
        }
        if record.party is not None:
            held &= ceilings.get(record.party, frozenset())
            parties[record.party] |= held if record.container is Container.PARTY else set()
        if record.container is Container.CONSORTIUM:
            consortium |= held
        elif record.container is not Container.PARTY and held:
            containers[UUID(record.container_id)] |= held
    return Rights(
        frozenset(consortium),
        {party: frozenset(rights) for party, rights in parties.items()},
        {each: frozenset(rights) for each, rights in containers.items()},
    )


def narrowed(wall: Wall, actor: Actor) -> Wall:
    """The wall that stands behind a door for this actor: never wider than what they hold.

    Whoever only looks at the office wears the observer's; a committee of single calls its own; a
    delegate of some offerings theirs; and who holds nothing behind the door, a person's.
    """
    if wall is Wall.STAFF:
        return _office(actor)
    if wall is Wall.PARTNER:
        return _partner(actor)
    needs = {
        Wall.FINANCE: actor.may("view_funding"),
        Wall.INCLUSION: actor.may("open_vault"),
        Wall.REVIEWER: bool(actor.parties_with("review_dossiers")),
    }
    return wall if needs.get(wall, True) else Wall.PERSON


HANDED_ON = DELEGABLE[Container.PARTY]
READING = frozenset({"enter_office", "view_dossiers", "view_journal"})


def _office(actor: Actor) -> Wall:
    if not actor.may("enter_office"):
        return Wall.PERSON
    if not actor.may("view_dossiers"):
        return Wall.COMMITTEE if actor.containers_with("view_dossiers") else Wall.PERSON
    return Wall.STAFF if actor.rights - READING else Wall.OBSERVER


def _partner(actor: Actor) -> Wall:
    """Reviewing has a door of its own: a delegate who reviews, too, is a delegate at this one."""
    if any(rights - {"review_dossiers"} for rights in actor.party_rights.values()):
        return Wall.PARTNER
    handed = any(rights & HANDED_ON for rights in actor.container_rights.values())
    return Wall.DELEGATE if handed else Wall.PERSON

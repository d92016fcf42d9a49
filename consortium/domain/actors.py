"""From an account to an actor: what this person may do in this consortium, now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain.grants_held import USER, grants_of, group_holder
from consortium.models import Consortium, Delegation, Membership, Party, User
from consortium.rights import Grant, Record, effective, narrowed
from consortium.roles import PERSONAL, Container, Role, granted


def actor_for(user: User, consortium: Consortium, wall: Wall, *, at: datetime) -> Actor:
    """The person as they come through the door of one audience. Reads only their own rows.

    Three statements and a context for somebody with a role, one for somebody without. The wall is
    the door's, or a narrower one behind it (`rights.narrowed`).
    """
    with acting(Actor(wall=Wall.PERSON, user_id=user.pk)):
        memberships = _memberships(user, consortium, at)
        records = [*_of_roles(memberships), *_handed_on(memberships, at)]
        grants = grants_of(user.pk, groups_of(memberships)) if memberships else frozenset()
    held = effective(records, grants, _ceilings(memberships, grants, at))
    parties: dict[int, frozenset[str]] = {m.party.pk: frozenset() for m in memberships if m.party}
    actor = Actor(
        wall=wall,
        consortium_id=consortium.pk,
        user_id=user.pk,
        name=memberships[0].person_name if memberships else user.name or user.email,
        rights=held.consortium,
        party_rights={**parties, **held.parties},
        container_rights=held.containers,
        at=at,
    )
    return replace(actor, wall=narrowed(wall, actor))


def _memberships(user: User, consortium: Consortium, at: datetime) -> list[Membership]:
    rows = Membership.objects.filter(user_id=user.pk, consortium_id=consortium.pk).current(at)
    return list(rows.select_related("party", "department"))


def given(each: Membership) -> Iterator[tuple[Container, str, frozenset[str]]]:
    """What the table of roles gives a membership: (container, its id, rights)."""
    ids = {
        Container.CONSORTIUM: str(each.consortium_id),
        Container.PARTY: str(each.party_id),
        Container.CALL: str(each.call_id),
    }
    for container, rights in granted(Role(each.role), one_call=each.call_id is not None).items():
        yield container, ids[container], rights


def _of_roles(memberships: Iterable[Membership]) -> Iterator[Record]:
    for each in memberships:
        for container, which, rights in given(each):
            party = each.party_id if container is Container.PARTY else None
            yield Record(USER, container, which, rights, party)


def _handed_on(memberships: Iterable[Membership], at: datetime) -> Iterator[Record]:
    """What partners handed on to the person, or to a department of theirs."""
    delegates = [each for each in memberships if each.role == Role.DELEGATE]
    if not delegates:
        return
    rows = Delegation.objects.filter(party_id__in={each.party_id for each in delegates})
    by_holder: dict[object, list[Delegation]] = defaultdict(list)
    for row in rows.current(at):
        by_holder[row.membership_id or row.department_id].append(row)
    for member in delegates:
        for row in by_holder[member.pk]:
            yield of_delegation(row, USER)
        if member.department is not None:
            holder = group_holder(member.department.group_id)
            yield from (of_delegation(row, holder) for row in by_holder[member.department_id])


def of_delegation(row: Delegation, holder: str) -> Record:
    """A delegation as a record of its holder."""
    container = Container(row.container)
    which = str(row.party_id if container is Container.PARTY else row.container_id)
    return Record(holder, container, which, frozenset(row.rights), row.party_id)


def groups_of(memberships: Iterable[Membership]) -> list[int]:
    """The groups that carry what the parties and the departments of memberships were granted."""
    holders = [holder for each in memberships for holder in (each.party, each.department)]
    return [holder.group_id for holder in holders if holder is not None]


def _ceilings(
    memberships: Iterable[Membership], grants: frozenset[Grant], at: datetime
) -> dict[int, frozenset[str]]:
    """What each party was granted itself; nothing about people where there is no basis."""
    parties = [each.party for each in memberships if each.party]
    return {party.pk: ceiling(party, grants, at) for party in parties}


def ceiling(party: Party, grants: Iterable[Grant], at: datetime) -> frozenset[str]:
    """A party's own rights among `grants`, as far as personal data may go there at `at`."""
    key = (group_holder(party.group_id), Container.PARTY, str(party.pk))
    held = frozenset(name for *where, name in grants if tuple(where) == key)
    return held if party.receives(at) else held - PERSONAL


def roles_of(user: User, *, at: datetime) -> list[Membership]:
    """The person's roles in every consortium, for the page where they choose where to go."""
    with acting(Actor(wall=Wall.PERSON, user_id=user.pk)):
        rows = Membership.objects.filter(user_id=user.pk).current(at)
        return list(rows.select_related("consortium", "party").order_by("consortium__name"))

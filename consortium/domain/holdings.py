"""What a person holds here now, where it comes from, and what of it does not count, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consortium.access import acting
from consortium.actor import Actor
from consortium.domain.actors import given, groups_of, of_delegation
from consortium.domain.grants_held import grants_of, group_holder
from consortium.models import Delegation, Membership, Party
from consortium.rights import Grant, Record
from consortium.roles import PERSONAL, RIGHTS, Container


class Lack(StrEnum):
    """Why a right that a record gives does not count."""

    GRANT = "grant"  # nothing stands behind the record: `manage.py check_grants` names it
    PARTNER = "partner"  # the partner does not hold it itself
    BASIS = "basis"  # personal data may not go to the partner


@dataclass(frozen=True, slots=True)
class Right:
    """A codename with its words; lack: None where it counts."""

    name: str
    words: str
    lack: Lack | None


@dataclass(frozen=True, slots=True)
class Holding:
    """What one record gives on one container.

    membership: the role; delegation: what was handed on, None where the role itself gives it. on:
    name of the container, empty for the whole consortium.
    """

    membership: Membership
    delegation: Delegation | None
    container: Container
    on: str
    rights: tuple[Right, ...]

    @property
    def record(self) -> Membership | Delegation:
        return self.delegation or self.membership

    @property
    def by(self) -> str:
        return (
            self.delegation.given_by_name if self.delegation else self.membership.appointed_by_name
        )


def holdings(member: Membership, *, actor: Actor, at: datetime) -> list[Holding]:
    """Everything that the person of a membership holds in this consortium at `at`.

    Runs in the actor's context: memberships and delegations as far as the actor sees them; the
    grants behind them are looked up by the house. Four queries and a context.
    """
    seen = Membership.objects.for_actor(actor, "view").filter(user_id=member.user_id).current(at)
    mine = list(seen.select_related("party", "department").order_by("starts_at", "pk"))
    parties = {each.party_id for each in mine if each.party_id}
    handed = Delegation.objects.for_actor(actor, "view").filter(party_id__in=parties).current(at)
    delegations = list(handed.select_related("department", "membership").order_by("starts_at"))
    with acting(Actor.system(actor.tenant)):
        grants = grants_of(member.user_id, groups_of(mine))
    return [
        holding
        for each in mine
        for holding in (*_of_role(each, grants, at), *_handed(each, delegations, grants, at))
    ]


def _of_role(each: Membership, grants: frozenset[Grant], at: datetime) -> Iterator[Holding]:
    names = {Container.PARTY: str(each.party or ""), Container.CALL: each.call_title}
    for container, which, rights in given(each):
        party = each.party if container is Container.PARTY else None
        record = Record("user", container, which, rights)
        yield Holding(
            membership=each,
            delegation=None,
            container=container,
            on=names.get(container, ""),
            rights=_rights(record, party, grants, at),
        )


def _handed(
    each: Membership, delegations: list[Delegation], grants: frozenset[Grant], at: datetime
) -> Iterator[Holding]:
    for row in delegations:
        to_person = row.membership_id == each.pk
        if not to_person and (row.department_id is None or row.department_id != each.department_id):
            continue
        holder = "user" if to_person else group_holder(row.holder_id)
        record = of_delegation(row, holder)
        yield Holding(
            membership=each,
            delegation=row,
            container=record.container,
            on=row.container_name or str(each.party or ""),
            rights=_rights(record, each.party, grants, at),
        )


def _rights(
    record: Record, party: Party | None, grants: frozenset[Grant], at: datetime
) -> tuple[Right, ...]:
    words = RIGHTS[record.container]
    return tuple(
        Right(name, words[name], _lack(record, name, party, grants, at))
        for name in words
        if name in record.rights
    )


def _lack(
    record: Record, name: str, party: Party | None, grants: frozenset[Grant], at: datetime
) -> Lack | None:
    if (record.holder, record.container, record.container_id, name) not in grants:
        return Lack.GRANT
    if party is None:
        return None
    own = (group_holder(party.group_id), Container.PARTY, str(party.pk), name)
    if own not in grants:
        return Lack.PARTNER
    return Lack.BASIS if name in PERSONAL and not party.receives(at) else None

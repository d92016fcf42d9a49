"""guardian's grants follow the records: the only writer, and the check that they still agree.

Memberships and delegations are the records; a grant is there as long as one of them, not ended,
gives it. Whether it counts at a moment is for the records' dates to say (consortium/rights.py).
What a party as a whole was granted is a record itself (partners/domain/partnerships.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.domain.actors import given, of_delegation
from consortium.models import Consortium, Delegation, Department, GroupGrant, Membership
from consortium.models.grants import GrantTable, grant_models

# (holder's id: a user's or a group's, id of the container, codename)
Row = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """How one table of grants differs from the records: rows that lack, rows that nothing gives."""

    table: GrantTable
    missing: frozenset[Row]
    surplus: frozenset[Row]

    @property
    def count(self) -> int:
        return len(self.missing) + len(self.surplus)

    def sentences(self) -> list[str]:
        noun = "group" if issubclass(self.table, GroupGrant) else "user"
        on = self.table.container.value
        return [
            f"{noun} {holder} {verb} {name} on {on} {which}"
            for verb, rows in (("lacks", self.missing), ("should not hold", self.surplus))
            for holder, which, name in sorted(rows)
        ]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose grants are looked at: of these people and groups, or of everybody."""

    users: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    everybody: bool = False


def settle(
    actor: Actor, at: datetime, *, users: Iterable[int] = (), groups: Iterable[int] = ()
) -> None:
    """Bring the grants of these people and departments to what their records give.

    Runs inside the act that wrote the records, as the house itself: another partner's records may
    give the same grant, and the one who acts does not see them.
    """
    with acting(Actor.system(actor.tenant)):
        for drift in _drifts(actor.tenant, at, Whose(frozenset(users), frozenset(groups))):
            _repair(drift)


def drifts(consortium: Consortium, *, at: datetime) -> list[Drift]:
    """Every difference between records and grants in a consortium; writes nothing."""
    with acting(Actor.system(consortium.pk)):
        return _drifts(consortium.pk, at, Whose(everybody=True))


def stray(consortium: Consortium, *, at: datetime) -> list[Drift]:
    """As `drifts`, without what `remove_ended` is going to remove: for somebody to look at."""
    with acting(Actor.system(consortium.pk)):
        found = _drifts(consortium.pk, at, Whose(everybody=True))
        ended = _given_once(consortium.pk, at) if found else {}
        rest = [
            replace(drift, surplus=drift.surplus - ended.get(drift.table, set())) for drift in found
        ]
    return [drift for drift in rest if drift.count]


def remove_ended(consortium: Consortium, *, at: datetime) -> int:
    """Remove grants that only ended records gave, and journal how many; returns how many.

    They count for nothing since the record ended. Any other difference stays where it is seen.
    """
    actor = Actor.system(consortium.pk)
    removed = 0
    with acting(actor):
        found = _drifts(consortium.pk, at, Whose(everybody=True))
        ended = _given_once(consortium.pk, at) if found else {}
        for drift in found:
            gone = drift.surplus & ended.get(drift.table, set())
            _repair(Drift(drift.table, frozenset(), gone))
            removed += len(gone)
        if removed:
            facts = {"removed": removed}
            journal.note("grants", "grants.remove_ended", actor=actor, at=at, facts=facts)
    return removed


def repair(consortium: Consortium, *, at: datetime) -> list[Drift]:
    """Bring every grant of a consortium to what the records give; journals what it changed."""
    actor = Actor.system(consortium.pk)
    with acting(actor):
        found = _drifts(consortium.pk, at, Whose(everybody=True))
        for drift in found:
            _repair(drift)
            facts = {"added": len(drift.missing), "removed": len(drift.surplus)}
            journal.note(
                drift.table._meta.label_lower, "grants.repair", actor=actor, at=at, facts=facts
            )
    return found


def _drifts(tenant: int, at: datetime, whose: Whose) -> list[Drift]:
    # Grants before records: one that is written meanwhile is then seen with the record behind it.
    there = {table: _there(table, tenant, whose) for table in grant_models()}
    wanted = _wanted(tenant, at, whose)
    found = []
    for table, rows in there.items():
        kept = wanted.get(table, set())
        if kept != rows:
            found.append(Drift(table, frozenset(kept - rows), frozenset(rows - kept)))
    return found


def _wanted(tenant: int, at: datetime, whose: Whose) -> Mapping[GrantTable, set[Row]]:
    """What the records that have not ended give, by table."""
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    members = Membership.objects.filter(standing, consortium_id=tenant)
    handed = Delegation.objects.filter(standing, consortium_id=tenant)
    if not whose.everybody:
        members = members.filter(user_id__in=whose.users)
        handed = handed.filter(
            Q(membership__user_id__in=whose.users) | Q(department__group_id__in=whose.groups)
        )
    rows = handed.select_related("department", "membership")
    return _rows(members, [row for row in rows if _holder_stands(row, at)])


def _given_once(tenant: int, at: datetime) -> Mapping[GrantTable, set[Row]]:
    """What the records that have ended gave, by table."""
    members = Membership.objects.filter(consortium_id=tenant, ends_at__lte=at)
    ended = Q(ends_at__lte=at) | Q(membership__ends_at__lte=at)
    handed = Delegation.objects.filter(ended, consortium_id=tenant)
    return _rows(members, handed.select_related("department", "membership"))


def _holder_stands(row: Delegation, at: datetime) -> bool:
    return row.membership is None or row.membership.stands(at)


def _rows(
    members: Iterable[Membership], handed: Iterable[Delegation]
) -> Mapping[GrantTable, set[Row]]:
    tables = {(model.container, issubclass(model, GroupGrant)): model for model in grant_models()}
    found: dict[GrantTable, set[Row]] = defaultdict(set)
    for each in members:
        for container, which, rights in given(each):
            rows = {(each.user_id, which, name) for name in rights}
            found[tables[container, False]] |= rows
    for row in handed:
        record = of_delegation(row, "")
        table = tables[record.container, row.department is not None]
        found[table] |= {(row.holder_id, record.container_id, name) for name in record.rights}
    return found


def _there(table: GrantTable, tenant: int, whose: Whose) -> set[Row]:
    rows = table.objects.all()
    by_group = issubclass(table, GroupGrant)
    key = "group_id" if by_group else "user_id"
    if not whose.everybody:
        rows = rows.filter(**{f"{key}__in": whose.groups if by_group else whose.users})
    if by_group:
        # A party's own grants are no copy of a record; only departments' are.
        departments = Department.objects.filter(consortium_id=tenant)
        rows = rows.filter(group_id__in=departments.values("group_id"))
    found = rows.values_list(key, "content_object_id", "permission__codename")
    return {(holder, str(which), name) for holder, which, name in found}


def _repair(drift: Drift) -> None:
    table = drift.table
    key = "group_id" if issubclass(table, GroupGrant) else "user_id"
    permissions = permissions_on(table, {name for *_, name in drift.missing})
    made = [
        table(**{key: holder, "content_object_id": which, "permission": permissions[name]})
        for holder, which, name in sorted(drift.missing)
    ]
    table.objects.bulk_create(made, ignore_conflicts=True)
    for holder, which, name in drift.surplus:
        one: dict[str, Any] = {key: holder, "content_object_id": which}
        table.objects.filter(**one, permission__codename=name).delete()


def permissions_on(table: GrantTable, codenames: Iterable[str]) -> dict[str, Permission]:
    """guardian's permissions of the table's container, by codename."""
    meta = table._meta.get_field("content_object").related_model._meta
    rows = Permission.objects.filter(
        content_type__app_label=meta.app_label,
        content_type__model=meta.model_name,
        codename__in=set(codenames),
    )
    return {row.codename: row for row in rows}

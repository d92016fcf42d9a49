"""What an operator sees of the platform: counts per consortium, mail on its way, jobs. No person.

Reads under the operator's own wall, which opens only the columns that say nothing of anybody; jobs
lie in tables of the login role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.errors import NotFound
from consortium.models import Consortium, Membership, OutboxMessage, Party
from consortium.roles import Role


@dataclass(frozen=True, slots=True)
class Mail:
    """waiting: due or not yet due, unsent. failing: of those, tried in vain at least once."""

    waiting: int = 0
    failing: int = 0
    sent: int = 0
    oldest_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tenant:
    """One consortium in counts. people: memberships ever given, by role."""

    consortium: Consortium
    partners: int
    people: Mapping[str, int]
    mail: Mail

    @property
    def staff(self) -> int:
        return sum(self.people.get(role, 0) for role in (Role.COORDINATOR, Role.OFFICER))


def tenants(*, actor: Actor) -> list[Tenant]:
    """Every consortium by name; four queries. Raises NotFound for who is no operator."""
    _check(actor)
    with acting(actor):
        partners = dict(_counted(Party))
        people: dict[int, dict[str, int]] = {}
        roles = Membership.objects.order_by().values_list("consortium_id", "role")
        for consortium, role, count in roles.annotate(Count("pk")):
            people.setdefault(consortium, {})[role] = count
        mail = _mail()
        return [
            Tenant(
                each, partners.get(each.pk, 0), people.get(each.pk, {}), mail.get(each.pk, Mail())
            )
            for each in Consortium.objects.order_by("name")
        ]


def jobs(*, actor: Actor) -> dict[str, int]:
    """Background jobs by their standing: todo, doing, succeeded, failed, ... One query."""
    _check(actor)
    with as_login():
        rows = ProcrastinateJob.objects.order_by().values_list("status")
        return {str(status): count for status, count in rows.annotate(Count("pk"))}


def _check(actor: Actor) -> None:
    if actor.wall is not Wall.OPERATOR:
        raise NotFound


def _counted(model: type[Party]) -> list[tuple[int, int]]:
    return list(model.objects.order_by().values_list("consortium_id").annotate(Count("pk")))


def _mail() -> dict[int, Mail]:
    unsent = Q(sent_at__isnull=True)
    rows = OutboxMessage.objects.order_by().values_list("consortium_id")
    counted = rows.annotate(
        waiting=Count("pk", filter=unsent),
        failing=Count("pk", filter=unsent & Q(attempts__gt=0)),
        sent=Count("sent_at"),
        oldest=Min("due_at", filter=unsent),
    )
    return {consortium: Mail(*figures) for consortium, *figures in counted}

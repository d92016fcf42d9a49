"""Audiences in words, and which roles stand behind which wall: computed, never written down twice."""

from functools import cache
from uuid import uuid4

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consortium.actor import Actor, Wall
from consortium.rights import narrowed
from consortium.roles import GRANTS, OF_ONE_CALL, Container, Grants, Role

LABELS: dict[Wall, Promise] = {
    Wall.STAFF: _("Consortium office"),
    Wall.OBSERVER: _("Observers"),
    Wall.COMMITTEE: _("Committee of one call"),
    Wall.FINANCE: _("Finance desk"),
    Wall.INCLUSION: _("Inclusion desk"),
    Wall.PARTNER: _("Partners"),
    Wall.DELEGATE: _("Departments and delegates of a host"),
    Wall.REVIEWER: _("Reviewers"),
    Wall.APPLICANT: _("The applicant or student"),
    Wall.REFEREE: _("Referees"),
    Wall.PERSON: _("Somebody signed in without a role"),
    Wall.PUBLIC: _("Everybody"),
    Wall.OPERATOR: _("Platform operators"),
}
DOORS = (Wall.STAFF, Wall.FINANCE, Wall.INCLUSION, Wall.PARTNER, Wall.REVIEWER)


@cache
def roles_behind(wall: Wall) -> tuple[Role, ...]:
    """The roles whose people wear this wall behind one of the doors."""
    return tuple(role for role in Role if wall in _walls(role))


def _walls(role: Role) -> set[Wall]:
    found = _behind_doors(GRANTS[role])
    if role is Role.COMMITTEE:
        found |= _behind_doors(OF_ONE_CALL)
    if role is Role.DELEGATE:
        found |= _behind_doors({Container.OFFERING: frozenset({"host_students"})})
    return found


def _behind_doors(grants: Grants) -> set[Wall]:
    actor = Actor(
        wall=Wall.PERSON,
        rights=grants.get(Container.CONSORTIUM, frozenset()),
        party_rights={1: grants[Container.PARTY]} if Container.PARTY in grants else {},
        container_rights={
            uuid4(): rights
            for container, rights in grants.items()
            if container not in {Container.CONSORTIUM, Container.PARTY}
        },
    )
    return {narrowed(door, actor) for door in DOORS} - {Wall.PERSON}

"""The doors of a person who is signed in: one for each role they hold."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from consortium.domain.actors import roles_of
from consortium.models import Membership, User
from consortium.roles import Role

_ADDRESS = {
    Role.COORDINATOR: "office:cockpit",
    Role.OFFICER: "office:cockpit",
    Role.COMMITTEE: "office:cockpit",
    Role.FINANCE: "finance:funding",
    Role.REVIEWER: "reviewer:queue",
    Role.PARTNER: "partner:home",
    Role.DELEGATE: "partner:home",
    Role.OBSERVER: "office:cockpit",
    Role.INCLUSION: "inclusion:desk",
}


@dataclass(frozen=True, slots=True)
class Door:
    url: str
    consortium: str
    slug: str
    role: str
    party: str


def doors_of(user: User, *, at: datetime) -> list[Door]:
    """In the order of the consortia's names. One query."""
    return [_door(membership) for membership in roles_of(user, at=at)]


def address_of(role: str, slug: str) -> str:
    """Where somebody in that role arrives."""
    return reverse(_ADDRESS[Role(role)], args=[slug])


def _door(membership: Membership) -> Door:
    slug = membership.consortium.slug
    return Door(
        url=address_of(membership.role, slug),
        consortium=membership.consortium.name,
        slug=slug,
        role=str(membership.get_role_display()),
        party=membership.party.name if membership.party else "",
    )

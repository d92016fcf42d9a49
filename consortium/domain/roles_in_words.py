"""Rights and roles in words, as pages and API tell them: from the tables of consortium/roles.py."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consortium.actor import Actor
from consortium.domain.memberships import lacking
from consortium.roles import (
    DELEGABLE,
    NEEDS_END,
    OF_ONE_CALL,
    RIGHTS,
    Container,
    Grants,
    Role,
    granted,
)


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """What a role may do. lacking: why the reader cannot grant it, empty where they can."""

    role: Role
    condition: str
    rights: tuple[str, ...]
    of_one_call: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.role.label)


def in_words(container: Container, rights: Iterable[str]) -> tuple[str, ...]:
    """In the order of the container's table."""
    held = set(rights)
    return tuple(_(words) for right, words in RIGHTS[container].items() if right in held)


def table_of_roles(actor: Actor) -> list[RoleInWords]:
    """Every role, as this actor could grant it."""
    return [
        RoleInWords(
            role=role,
            condition=_condition(role),
            rights=_told(DELEGABLE if role is Role.DELEGATE else granted(role)),
            of_one_call=_told(OF_ONE_CALL) if role is Role.COMMITTEE else (),
            lacking=in_words(Container.CONSORTIUM, lacking(actor, role)),
        )
        for role in Role
    ]


def _condition(role: Role) -> str:
    if role is Role.DELEGATE:
        return _("As far as the partner handed it on.")
    return _("Until a day that is set, within a year.") if role in NEEDS_END else ""


def _told(grants: Grants) -> tuple[str, ...]:
    return tuple(
        each for container, rights in grants.items() for each in in_words(container, rights)
    )

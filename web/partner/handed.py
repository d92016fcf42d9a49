"""What a partner handed on, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consortium.domain.roles_in_words import in_words
from consortium.models import Delegation
from consortium.roles import Container


@dataclass(frozen=True, slots=True)
class Handed:
    """One delegation. idle: why it opens nothing at the moment, empty where it does."""

    row: Delegation
    whom: str
    rights: tuple[str, ...]
    on: str
    idle: str = ""


def told(
    row: Delegation, *, held: Collection[str] | None = None, at: datetime | None = None
) -> Handed:
    """Needs department and membership of `row`. held: what the partner holds itself."""
    to = row.department.name if row.department else row.membership.person_name
    container = Container(row.container)
    return Handed(
        row=row,
        whom=to,
        rights=in_words(container, row.rights),
        on=row.container_name or _("everything of this partner"),
        idle=_idle(row, held, at) if held is not None and at is not None else "",
    )


def _idle(row: Delegation, held: Collection[str], at: datetime) -> str:
    if row.membership is not None and not row.membership.stands(at):
        return _("%(name)s has left") % {"name": row.membership.person_name}
    lost = set(row.rights) - set(held)
    return _("this partner no longer holds it") if lost else ""

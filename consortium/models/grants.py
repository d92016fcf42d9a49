"""django-guardian's grants, on containers only, with direct foreign keys and closed codenames.

A grant counts as far as a membership or a delegation in force gives the reason for it, and a right
on a party as far as the party itself was granted it (consortium/rights.py). Grants on calls, tracks
and offerings stand beside their models, in the apps above.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from consortium.models.tenant import Consortium, Party
from consortium.roles import RIGHTS, Container

# guardian's bases have no types; a grant table has `container`, `permission`, `content_object`, and
# `user_id` or `group_id`.
GrantTable = Any


class ClosedList(models.Model):
    """Refuses a codename that the container's list does not have."""

    container: ClassVar[Container]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        codename = self.permission.codename  # type: ignore[attr-defined]  # from guardian's base
        if codename not in RIGHTS[self.container]:
            raise ValueError(f"{codename!r} is not a right that can be granted here.")
        super().save(*args, **kwargs)


class UserGrant(ClosedList, UserObjectPermissionBase):
    """A right of one person on a container."""

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


class GroupGrant(ClosedList, GroupObjectPermissionBase):
    """A right of a party or a department on a container."""

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


class ConsortiumUserGrant(UserGrant):
    """A right of one person on a consortium."""

    container = Container.CONSORTIUM
    content_object = models.ForeignKey(Consortium, on_delete=models.CASCADE)

    class Meta(UserGrant.Meta):
        abstract = False


class PartyUserGrant(UserGrant):
    """A right of one person on what concerns a party."""

    container = Container.PARTY
    content_object = models.ForeignKey(Party, on_delete=models.CASCADE)

    class Meta(UserGrant.Meta):
        abstract = False


class PartyGroupGrant(GroupGrant):
    """A right on what concerns a party: the party's own, or one that it handed to a department."""

    container = Container.PARTY
    content_object = models.ForeignKey(Party, on_delete=models.CASCADE)

    class Meta(GroupGrant.Meta):
        abstract = False


def grant_models() -> Iterator[GrantTable]:
    """Every grant table of the house, people's before groups'."""
    found = [model for model in apps.get_models() if issubclass(model, ClosedList)]
    yield from sorted(found, key=lambda model: (issubclass(model, GroupGrant), model.__name__))

"""django-guardian's grants, on containers only, with direct foreign keys and closed codenames.

A person's right on a party counts only as far as the party itself was granted it: the person's
grant and the group's grant must both be there (consortium/domain/actors.py).
"""

from typing import Any, ClassVar

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from consortium.models.tenant import Consortium, Party
from consortium.roles import CONSORTIUM_RIGHTS, PARTY_RIGHTS


class ClosedList(models.Model):
    """Refuses a codename that the container's list does not have."""

    codenames: ClassVar[frozenset[str]]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        codename = self.permission.codename  # type: ignore[attr-defined]  # from guardian's base
        if codename not in self.codenames:
            raise ValueError(f"{codename!r} is not a right that can be granted here.")
        super().save(*args, **kwargs)


class ConsortiumUserGrant(ClosedList, UserObjectPermissionBase):
    """A right of one person on a consortium."""

    codenames = frozenset(CONSORTIUM_RIGHTS)
    content_object = models.ForeignKey(Consortium, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class PartyUserGrant(ClosedList, UserObjectPermissionBase):
    """A right of one person on what concerns a party."""

    codenames = frozenset(PARTY_RIGHTS)
    content_object = models.ForeignKey(Party, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class PartyGroupGrant(ClosedList, GroupObjectPermissionBase):
    """A right that a party as a whole was given on what concerns it."""

    codenames = frozenset(PARTY_RIGHTS)
    content_object = models.ForeignKey(Party, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False

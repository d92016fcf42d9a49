"""The operator's door: an account flag instead of a role, and no consortium around it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.actor import Actor, Wall
from consortium.errors import NotFound
from consortium.models import User
from web.base import NavItem, Page


class OperatorPage(Page):
    """Does not exist for anybody else. Shows no personal data: its database role reads none."""

    wall = Wall.OPERATOR
    needs_account = True

    def admit(self) -> None:
        user = self.request.user
        if not (isinstance(user, User) and user.is_operator and user.is_active):
            raise NotFound
        self._actor = Actor(wall=Wall.OPERATOR, user_id=user.pk, name=str(user))

    @property
    def actor(self) -> Actor:
        return self._actor

    def nav(self) -> Iterable[NavItem]:
        yield NavItem(_("Platform"), reverse("operator:home"), current=True)

    def context(self) -> dict[str, Any]:
        return {"actor": self.actor}

"""The account in one screen: address, password, where the person works."""

from typing import Any

from django.utils.translation import gettext as _

from consortium.domain.viewing import looks_at
from consortium.models import User
from web.base import Page
from web.doors import doors_of


class AccountHome(Page):
    """Everything else about an account is django-allauth's."""

    needs_account = True
    template_name = "account/home.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        assert isinstance(user, User)  # needs_account
        return {
            "page_title": _("Your account"),
            "user_email": user.email,
            "doors": doors_of(user, at=self.at),
            "looks": looks_at(user, at=self.at),
        }

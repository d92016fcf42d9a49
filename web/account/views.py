"""The account in one screen: how one signs in, where one is signed in, where one works."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium.access import as_login
from consortium.domain.tokens import tokens_of
from consortium.domain.viewing import looks_at
from consortium.models import User
from web.base import Page
from web.doors import doors_of


class AccountHome(Page):
    """What is not here is django-allauth's."""

    needs_account = True
    template_name = "account/home.html"

    def context(self) -> dict[str, Any]:
        user = self.request.user
        assert isinstance(user, User)  # needs_account
        with as_login():
            university = [each.extra_data for each in SocialAccount.objects.filter(user=user)]
            rows = [*_signing_in(user), *_university(university), *_signed_in(user)]
        return {
            "page_title": _("Your account"),
            "rows": rows,
            "university": university,
            "doors": doors_of(user, at=self.at),
            "looks": looks_at(user, at=self.at),
        }


def _row(label: str, value: str, name: str, change: str) -> dict[str, str]:
    return {"label": label, "value": value, "change_url": reverse(name), "change": change}


def _signing_in(user: User) -> list[dict[str, str]]:
    has_password = user.has_usable_password()
    password = _("Only you know it") if has_password else _("None yet")
    where = "account_change_password" if has_password else "account_set_password"
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    words = {"webauthn": _("Passkey"), "totp": _("App with codes")}
    factors = ", ".join(words[each] for each in words if each in types) or _("None yet")
    return [
        _row(_("E-mail address"), user.email, "account_email", _("the e-mail address")),
        _row(_("Password"), password, where, _("the password")),
        _row(_("Second factor"), factors, "mfa_index", _("the second factor")),
    ]


def _university(told: list[dict[str, Any]]) -> list[dict[str, str]]:
    if not told and not settings.OIDC_CLIENT_ID:
        return []
    value = ", ".join(each["home_organization"] or settings.OIDC_NAME for each in told)
    connection = value or _("Not connected")
    where = "socialaccount_connections"
    return [_row(_("Your university"), connection, where, _("the connection to your university"))]


def _signed_in(user: User) -> list[dict[str, str]]:
    sessions = max(UserSession.objects.filter(user=user).count(), 1)
    tokens = len(tokens_of(user))
    there = ngettext("%(n)d session", "%(n)d sessions", sessions) % {"n": sessions}
    made = ngettext("%(n)d token", "%(n)d tokens", tokens) % {"n": tokens} if tokens else _("None")
    return [
        _row(_("Where you are signed in"), there, "sessions", _("where you are signed in")),
        _row(_("API tokens"), made, "tokens", _("the API tokens")),
    ]

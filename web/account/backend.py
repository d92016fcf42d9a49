"""Passwords are checked once for every attempt, whatever the address."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email


class OneCheck(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """An address that several accounts added and none confirmed would otherwise cost a hash each.

    Whoever adds a stranger's address to two accounts of theirs could then tell by the time a sign-in
    takes whether the stranger has an account.
    """

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        found = filter_users_by_email(email, prefer_verified=True, for_login=True)
        found.sort(key=lambda user: (user.email.lower() != email.lower(), user.pk))
        return self._check_password(found[0], password) if found else None

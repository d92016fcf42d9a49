"""Signing in for tests: a session as django-allauth leaves it, weak or with a second factor."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from consortium.models import User
from web.account.session_limits import BEGAN, SEEN, STRONG


def sign_in(client: Client, user: User, *, strong: bool = True, ago: float = 0) -> Client:
    """Open a session for `user`, `ago` seconds ago; a strong one gave a code after the password."""
    client.force_login(user)
    record(client, user, "password", ago=ago)
    if strong:
        record(client, user, "mfa", type="totp", ago=ago)
    last_used(client, ago=ago)
    return client


def been_inside(client: Client) -> Client:
    """As if the session had opened a strong door before: the next one has nothing to write down.

    For whoever asks a thousand pages and rolls each back, and would see that written each time.
    """
    session = client.session
    session[STRONG] = True
    session.save()
    return client


def last_used(client: Client, *, ago: float) -> None:
    """As if the session had begun, and been used last, `ago` seconds ago."""
    session = client.session
    session.update({BEGAN: time.time() - ago, SEEN: time.time() - ago})
    session.save()


def record(client: Client, user: User, method: str, *, ago: float = 0, **facts: Any) -> None:
    """Add one record of how the person proved who they are, as allauth writes it."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, method, **facts)
    newest = request.session["account_authentication_methods"][-1]
    newest["at"] = time.time() - ago
    request.session.save()

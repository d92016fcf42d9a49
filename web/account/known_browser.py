"""Browsers in which somebody signed in before: a stranger's wrong guesses do not count against them.

A signed cookie holds a random name of the browser and which addresses signed in there, as keyed
digests. It opens nothing; it only decides which counter an attempt belongs to.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "__Host-known" if settings.SECURE else "known"
SALT = "itinera.known-browser"
MOST_ADDRESSES = 5
AGE = settings.KNOWN_BROWSER_DAYS * 24 * 3600


def name_of(request: HttpRequest, email: str) -> str:
    """The browser's name if `email` signed in there before, else empty."""
    known = _read(request)
    return str(known["name"]) if _digest(email) in known["addresses"] else ""


def remember(request: HttpRequest, *emails: str) -> None:
    """This browser proved itself for these addresses: the response will say so to it."""
    request.remembered_addresses = emails  # type: ignore[attr-defined]  # for `write`


def write(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie when this request signed somebody in."""
    emails = getattr(request, "remembered_addresses", ())
    if not emails:
        return
    known = _read(request)
    proved = [_digest(email) for email in emails]
    others = [each for each in known["addresses"] if each not in proved]
    value = signing.dumps(
        {"name": known["name"], "addresses": [*proved, *others][:MOST_ADDRESSES]}, salt=SALT
    )
    response.set_cookie(
        COOKIE, value, max_age=AGE, secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        known: dict[str, Any] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE
        )
    except signing.BadSignature:
        return {"name": secrets.token_hex(8), "addresses": []}
    return known


def _digest(email: str) -> str:
    return salted_hmac(SALT, email.lower(), algorithm="sha256").hexdigest()[:32]


class KnownBrowser:
    """Middleware: writes the cookie after a request in which somebody proved who they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        write(request, response)
        return response

"""Counting wrong passwords, so that guessing is slow and nobody honest is shut out for it.

Three counters, settings.SIGN_IN_LIMITS: account and source, account by strangers, address of
strangers. A stranger is a browser that has not signed in to the account before. What that buys, and
what it does not: docs/adr/0011-limits-of-signing-in.md.
"""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.http import HttpRequest

from web.account import known_browser

APP = "itinera"


def count(request: HttpRequest, email: str) -> RateLimitUsage | None:
    """Count an attempt; None when there were too many. A right password takes the count back.

    The narrowest counter comes first: who is refused there uses up nothing of the wider ones.
    """
    used = RateLimitUsage(usage=[])
    for action, key in _keys(request, email).items():
        usage = ratelimit.consume(
            request, app=APP, action=action, config=settings.SIGN_IN_LIMITS, key=key
        )
        if not usage:
            return None
        used.usage.extend(usage.usage)
    return used


def forgive(request: HttpRequest, email: str) -> None:
    """The owner chose a new password by mail: earlier guesses at the old one are over."""
    keys = _keys(request, email)
    for action in ("account_and_source", "account_by_strangers"):
        if action in keys:
            ratelimit.clear(
                request, app=APP, action=action, config=settings.SIGN_IN_LIMITS, key=keys[action]
            )


def _keys(request: HttpRequest, email: str) -> dict[str, str]:
    account, address = email.lower(), ratelimit.get_ip(request)
    browser = known_browser.name_of(request, email)
    if browser:
        return {"account_and_source": f"{account}|browser {browser}"}
    return {
        "account_and_source": f"{account}|{address}",
        "account_by_strangers": account,
        "address_of_strangers": address,
    }

"""How well a session proved who it is, and what a door asks of it: for pages and the API alike.

Doors are strong unless they stand in WEAK_DOORS: a wall that is new asks for a second factor.
The records of a session are django-allauth's: method, `at` in seconds since 1970, and what kind.
"""

import time
from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from consortium.actor import Wall
from consortium.errors import DomainError, ReauthenticationNeeded, SecondFactorNeeded

WEAK_DOORS = frozenset({Wall.PUBLIC, Wall.APPLICANT, Wall.REFEREE, Wall.PERSON})
# The demonstration's role chooser leaves this method; without DEMO it proves nothing.
DEMO_METHOD = "demo"
Record = Mapping[str, Any]


def is_strong_door(view: type) -> bool:
    """Whether a page or a resource opens only to sessions with a second factor.

    A view without a wall is none of ours (signing in itself, health); `needs_second_factor` makes
    a strong door of a page whose wall is weak.
    """
    wall = getattr(view, "wall", Wall.PUBLIC)
    return wall not in WEAK_DOORS or bool(getattr(view, "needs_second_factor", False))


def is_strong(request: HttpRequest) -> bool:
    """Whether a second factor was given in this session, here or at the person's university."""
    return any(_is_second_factor(record) for record in _records(request, request.user))


def university_asked(request: HttpRequest, user: Any) -> bool:
    """Whether `user`, still on the way in, comes from a university that asked for a second factor."""
    newest = _records(request, user)[-1:]
    return any(
        record.get("method") == "socialaccount" and _is_second_factor(record) for record in newest
    )


def is_recent(request: HttpRequest) -> bool:
    """Whether the person proved within RECENT_SIGN_IN seconds that it is them."""
    oldest = time.time() - settings.RECENT_SIGN_IN
    return any(_proved_at(record) > oldest for record in _records(request, request.user))


def lacking(request: HttpRequest, view: type) -> DomainError | None:
    """What the session of a person who is signed in must still show before `view` opens."""
    if not request.user.is_authenticated:
        return None
    if is_strong_door(view) and not is_strong(request):
        return SecondFactorNeeded()
    if getattr(view, "needs_recent_sign_in", False) and not is_recent(request):
        return ReauthenticationNeeded()
    return None


def _records(request: HttpRequest, user: Any) -> list[Record]:
    found: list[Record] = get_authentication_records(request, user) if user.pk else []
    return found


def _is_second_factor(record: Record) -> bool:
    match record.get("method"):
        case "mfa":
            return True
        case "socialaccount":  # web/account/signals.py, from the verified acr and amr
            return record.get("second_factor") is True
        case method:
            return method == DEMO_METHOD and settings.DEMO


def _proved_at(record: Record) -> float:
    match record.get("method"):
        case "password" | "mfa":
            return float(record["at"])
        case "socialaccount":  # when the university asked, not when it told us
            return float(record.get("auth_time", 0))
        case method:
            return time.time() if method == DEMO_METHOD and settings.DEMO else 0

"""What follows from signing in, from proving it again, and from changing a second factor."""

from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import (
    authentication_step_completed,
    password_reset,
    user_logged_in,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from web.account import known_browser

FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def connect() -> None:
    """Called once, by web/apps.py."""
    user_logged_in.connect(_remember_browser, dispatch_uid="itinera.signed-in")
    password_reset.connect(_remember_browser, dispatch_uid="itinera.reset")
    authentication_step_completed.connect(_proved, dispatch_uid="itinera.proved")
    authenticator_added.connect(_factor_added, dispatch_uid="itinera.factor-added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="itinera.factor-removed")


def renew(request: HttpRequest) -> None:
    """A new session id for a session that may more than before; the list of sessions follows."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def _remember_browser(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    confirmed = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    known_browser.remember(request, *{user.email, *confirmed})


def _proved(request: HttpRequest, method: str, **kwargs: Any) -> None:
    """The record of a sign-in through a university also says how the university asked, and when."""
    claims = getattr(request, "university_claims", None)
    if method == "socialaccount" and claims is not None:
        records = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
        facts = {"second_factor": claims.second_factor, "auth_time": claims.auth_time}
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records[:-1], records[-1] | facts]
    if kwargs.get("reauthenticated"):
        renew(request)


def _factor_added(request: HttpRequest, user: Any, authenticator: Any, **kwargs: Any) -> None:
    """Setting a factor up proves it: a code was typed, or a key answered."""
    if authenticator.type in FACTORS:
        record_authentication(
            request, user, "mfa", id=authenticator.pk, type=str(authenticator.type)
        )
        renew(request)


def _factor_removed(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """What it proved counts no longer, here or in any other session."""
    left = set(Authenticator.objects.filter(user=user).values_list("pk", flat=True))
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record for record in records if record["method"] != "mfa" or record.get("id") in left
    ]
    end_other_sessions(request, user)

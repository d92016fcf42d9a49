"""How long a session lasts: so long unused, so long in all; and what leaves no trace in a browser.

Sessions live by the machine's clock, not by the product's, which the demonstration moves.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from consortium import sign_in

Handler = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN, STRONG = "session_began", "session_seen", "session_opened_strong_door"
# A session's time of last use is written once a minute, not at every request.
GRAIN = 60


class SessionLimits:
    """Signs a person out whose session lapsed, before the view runs.

    Idle: SESSION_IDLE_STRONG seconds for a strong door and for a session that ever opened one, else
    SESSION_IDLE. In all: SESSION_COOKIE_AGE.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if not request.user.is_authenticated:
            return
        owner = getattr(view, "view_class", None) or getattr(view, "cls", None) or type(view)
        strong = sign_in.is_strong_door(owner)
        if self._lapsed(request, strong=strong):
            logout(request)
            messages.info(request, _("You were signed out: nothing had happened here for a while."))
            return
        self._touch(request, strong=strong)

    def _lapsed(self, request: HttpRequest, *, strong: bool) -> bool:
        now, session = time.time(), request.session
        careful = strong or session.get(STRONG)
        idle = settings.SESSION_IDLE_STRONG if careful else settings.SESSION_IDLE
        return bool(
            now - session.get(SEEN, now) > idle
            or now - session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE
        )

    def _touch(self, request: HttpRequest, *, strong: bool) -> None:
        now, session = time.time(), request.session
        session.setdefault(BEGAN, now)
        if now - session.get(SEEN, 0) >= GRAIN:
            session[SEEN] = now
            UserSession.objects.filter(session_key=session.session_key).update(
                last_seen_at=timezone.now()
            )
        if strong and not session.get(STRONG) and sign_in.is_strong(request):
            session[STRONG] = True

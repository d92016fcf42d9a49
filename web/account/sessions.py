"""Where the person is signed in: every session, and a button to end each of them."""

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LogoutView
from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.errors import NotFound
from web.account.browsers import browser_in_words
from web.base import Page

# A browser forgets what it kept of these pages. Cookies stay: the session's own is deleted, and
# the others say which language was chosen and that the browser is known.
CLEAR = '"cache", "storage"'


class Sessions(Page):
    needs_account = True
    template_name = "account/sessions.html"

    def admit(self) -> None:
        super().admit()
        found = UserSession.objects.purge_and_list(self.request.user)
        self.sessions = [
            {
                "pk": session.pk,
                "browser": browser_in_words(session.user_agent),
                "address": session.ip,
                "began": session.created_at,
                "seen": session.last_seen_at,
                "is_here": session.is_current(),
            }
            for session in sorted(found, key=lambda each: each.last_seen_at, reverse=True)
        ]

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Where you are signed in"),
            "sessions": self.sessions,
            "minutes_strong": settings.SESSION_IDLE_STRONG // 60,
            "minutes": settings.SESSION_IDLE // 60,
            "hours": settings.SESSION_COOKIE_AGE // 3600,
        }


class EndSession(Page):
    """POST: end one session of one's own."""

    http_method_names = ["post"]
    needs_account = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        session = UserSession.objects.filter(user=request.user, pk=kwargs["pk"]).first()
        if session is None:
            raise NotFound
        if session.is_current():
            return signed_out(request)
        end_sessions(request, [session])
        messages.success(request, _("That session has ended."))
        return HttpResponseRedirect(reverse("sessions"))


class EndSessions(Page):
    """POST: end all others, or with `here` this one too."""

    http_method_names = ["post"]
    needs_account = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        end_other_sessions(request, request.user)
        if "here" in request.POST:
            return signed_out(request)
        messages.success(request, _("All other sessions have ended."))
        return HttpResponseRedirect(reverse("sessions"))


class SignOut(LogoutView):  # type: ignore[misc]  # allauth has no types
    """allauth's, and the browser forgets."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        return forgetting(response)


def signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return forgetting(HttpResponseRedirect(reverse("home")))


def forgetting(response: HttpResponse) -> HttpResponse:
    response["Clear-Site-Data"] = CLEAR
    return response

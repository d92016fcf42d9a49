"""Between a session and a door: giving a second factor, setting one up, proving again who one is."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consortium import sign_in
from web.account import asking
from web.account.adapter import NO_WAY
from web.base import Page

WAITING = "waiting_behind_second_factor"


class SecondFactor(Page):
    """Where a strong door sends a session without one. Goes on by itself once it has one."""

    needs_account = True
    template_name = "account/second_factor.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = asking.safe_next(request)
        if asked:
            request.session[WAITING] = asked
        if sign_in.is_strong(request):
            return HttpResponseRedirect(request.session.pop(WAITING, reverse("account")))
        self.methods = factors_of(request)
        return super().get(request, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"page_title": _("A second factor"), "methods": self.methods}


class Confirm(Page):
    """Where an act sends a session that proved itself too long ago: on to the first way to do so."""

    needs_account = True
    template_name = "account/confirm.html"
    page_title = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        back = asking.safe_next(request) or reverse("account")
        if sign_in.is_recent(request):
            return HttpResponseRedirect(back)
        methods = get_adapter().get_reauthentication_methods(request.user)
        if methods[0]["id"] != NO_WAY:
            return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': back})}")
        return super().get(request, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"page_title": _("Confirm that it is you")}


def factors_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The ways in which this person can give a second factor now; none when none is set up."""
    if not is_mfa_enabled(request.user):
        return []
    back = urlencode({"next": reverse("second-factor")})
    return [
        {**method, "url": f"{method['url']}?{back}"}
        for method in get_adapter().get_reauthentication_methods(request.user)
        if method["id"].startswith("mfa_")
    ]

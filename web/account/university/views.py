"""To the university's sign-in and back. Only where one is configured: OIDC_CLIENT_ID.

These are links, not forms: the way leads through the pages of other organisations, which
`form-action 'self'` forbids to forms. So a request from another site is sent away instead.
"""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from requests import RequestException

from consortium.errors import NotFound
from web.account import asking
from web.account.university.provider import PROVIDER, Callback, Conversation
from web.account.university.tokens import Refused
from web.base import Page


class _Departure(Page):
    """ask: further parameters of the question to the issuer."""

    process: ClassVar[str] = AuthProcess.LOGIN
    ask_for: ClassVar[dict[str, Any]] = {}

    def admit(self) -> None:
        super().admit()
        self.provider = configured(self.request)
        if self.provider is None:
            raise NotFound

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not _from_here(request):
            return HttpResponseRedirect(reverse("account_login"))
        try:
            response: HttpResponse = self.provider.redirect(
                request, self.process, self.back(), ask=dict(self.ask_for)
            )
        except (RequestException, Refused, KeyError) as error:
            return render_authentication_error(request, self.provider, exception=error)  # type: ignore[no-any-return]  # allauth has no types
        return response

    def back(self) -> str:
        return asking.safe_next(self.request)


class Enter(_Departure):
    """Sign in, or make an account."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.back() or reverse("home"))
        return super().get(request, **kwargs)


class Connect(_Departure):
    """Join one's own account and one's university's."""

    needs_account = True
    needs_recent_sign_in = True
    process = AuthProcess.CONNECT

    def back(self) -> str:
        return reverse("socialaccount_connections")


class Again(_Departure):
    """Prove again who one is: the issuer must ask, whatever it remembers."""

    needs_account = True
    process = AuthProcess.REDIRECT
    ask_for = {"prompt": "login", "max_age": 0}

    def back(self) -> str:
        return super().back() or reverse("account")


def come_back(request: HttpRequest) -> HttpResponse:
    """Where the issuer sends the browser, with a code or with an error."""
    try:
        view = Callback.adapter_view(Conversation(request, PROVIDER))
        response: HttpResponse = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response


def configured(request: HttpRequest) -> Any:
    """The one provider, or None."""
    try:
        return get_adapter().get_provider(request, PROVIDER)
    except SocialApp.DoesNotExist:
        return None


def _from_here(request: HttpRequest) -> bool:
    """Followed on a page of ours or typed by hand; a link elsewhere could sign somebody in unasked."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in {"same-origin", "none"}
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()

"""On the way: leading a session to where it can show what it lacks, and back, with what was typed."""

import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from consortium.errors import DomainError

PAGES = {"second_factor_needed": "second-factor", "reauthentication_needed": "confirm"}
KEPT = "kept_form"
MOST_KEPT = 64 * 1024  # characters of a form that wait in the session
NEVER_KEPT = ("csrfmiddlewaretoken",)


def lead(request: HttpRequest, lacking: DomainError, *, back: str = "") -> HttpResponse:
    """To the page that closes the gap; from there to `back`, else to where the person was."""
    target = f"{reverse(PAGES[lacking.code])}?{urlencode({'next': back or where(request)})}"
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(target)
    return HttpResponseRedirect(target)


def where(request: HttpRequest) -> str:
    """The page to come back to: this one, or for a button the page on which it stands."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return reverse("home")
    return came_from._replace(scheme="", netloc="", fragment="").geturl() or reverse("home")


def safe_next(request: HttpRequest) -> str:
    """`next` of the address or the form, where it stays on this host; else empty."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def keep(request: HttpRequest) -> None:
    """Lay what was typed by, for the page of the same address. Files are not kept."""
    typed = request.POST.copy()
    for name in NEVER_KEPT:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) <= MOST_KEPT:
        request.session[KEPT] = {"path": request.path, "at": time.time(), "typed": text}


def kept(request: HttpRequest) -> QueryDict | None:
    """What was laid by for this page a short while ago; it is handed out once."""
    found: dict[str, Any] = request.session.get(KEPT) or {}
    if found.get("path") != request.path:
        return None
    del request.session[KEPT]
    is_fresh = time.time() - found["at"] < settings.RECENT_SIGN_IN
    return QueryDict(found["typed"]) if is_fresh else None

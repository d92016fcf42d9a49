"""From a refusal of the domain to a page. The one table from code to status."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consortium.errors import DomainError, NotFound

STATUS = {
    "invalid": 422,
    "incomplete": 422,
    "window_closed": 409,
    "wrong_state": 409,
    "conflict": 409,
    "forbidden": 403,
    "second_factor_needed": 403,
    "reauthentication_needed": 403,
    "not_found": 404,
    "refused": 409,
}


def refusal_page(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """The refusal as a page of its own: rule, fact, next step."""
    status = STATUS[refusal.code]
    title = {403: _("Not among your rights"), 404: _("Page not found")}.get(
        status, _("This is not possible now")
    )
    return render(request, "refusal.html", {"refusal": refusal, "page_title": title}, status=status)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_page(request, NotFound())


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """django-allauth's limits lead here; they are counted per address or per account."""
    refusal = DomainError(
        _("From one network address, or for one account, only so much is tried in a while."),
        fact=_("Just now it was too much."),
        next_step=_("Wait a few minutes and try again. What you typed elsewhere is not touched."),
    )
    response = render(
        request,
        "refusal.html",
        {"refusal": refusal, "page_title": _("Too much at once")},
        status=429,
    )
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Says what happened to what was typed; touches no database."""
    return render(request, "500.html", {"page_title": _("Something broke on our side")}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: usually a page left open across a sign-in."""
    refusal = DomainError(
        _("A form can be sent only from a page that is still valid."),
        fact=_("This page was opened before you signed in or out, or cookies are blocked."),
        next_step=_("Go back, reload the page and send it again. What you typed is still there."),
    )
    return render(
        request,
        "refusal.html",
        {"refusal": refusal, "page_title": _("Reload the page")},
        status=403,
    )

"""Requests that nobody reads the answer of. At a page that leaves a trace they come to nothing.

A browser that fetches ahead would write down a look that nobody took, and HEAD a second one beside
the GET that follows. Answering them without writing would be worse: a look that left no trace.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# What browsers, old and new, call fetching ahead.
HEADERS = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
AHEAD = ("prefetch", "prerender", "preview")


class NoIdleLook:
    """Refuses HEAD (405) and fetching ahead (503) where the view says `leaves_trace`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
        if not getattr(owner, "leaves_trace", False):
            return None
        if request.method == "HEAD":
            return HttpResponseNotAllowed(["GET", "POST"])
        if is_ahead(request):
            # Browsers throw an unsuccessful answer away and ask again when somebody looks.
            return HttpResponse(status=503, headers={"Cache-Control": "no-store"})
        return None


def is_ahead(request: HttpRequest) -> bool:
    told = " ".join(request.headers.get(name, "") for name in HEADERS).lower()
    return any(word in told for word in AHEAD)

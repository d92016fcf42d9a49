"""The edge of a request: its id and log line, the clock, the tenant from the path, the actor."""

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from consortium import clock, sign_in
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.viewing import DOORS, seen_as, standing
from consortium.models import Consortium, User, Viewing
from consortium.requests import TenantRequest

log = structlog.get_logger("itinera.request")
Handler = Callable[[HttpRequest], HttpResponse]
VIEWING = "viewing"  # key in the session: the look as somebody else, and in which consortium
SAFE_ID = re.compile(r"[A-Za-z0-9-]{8,40}")


class RequestLog:
    """Gives the request an id (a proxy's own, when it is harmless) and writes one line about it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if SAFE_ID.fullmatch(given) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        log.info(
            "request",
            method=request.method,
            route=getattr(request.resolver_match, "route", ""),
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000),
        )
        return response


class TenantAndActor:
    """Sets `request.at`, `.consortium`, `.actor` and `.lacking` before the view runs.

    A view's `wall` names the door; a path without a consortium has none and an actor without rights.
    A consortium that does not exist leaves `request.consortium` None: the base view answers 404.
    A session that lacks what the door asks for gets an actor without rights, and `request.lacking`
    says what: the base view of pages leads there, that of the API answers 403.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: TenantRequest) -> HttpResponse:
        request.at = clock.now()
        request.consortium = None
        request.viewing = None
        request.actor = Actor.public()
        request.lacking = None
        return self.get_response(request)

    def process_view(
        self, request: TenantRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        owner = getattr(view, "view_class", None) or getattr(view, "cls", None) or type(view)
        request.lacking = sign_in.lacking(request, owner)
        slug = kwargs.get("consortium")
        if slug is None:
            return
        consortium = Consortium.objects.filter(slug=slug).first()
        if consortium is None:
            return
        structlog.contextvars.bind_contextvars(tenant=consortium.slug)
        wall: Wall = getattr(owner, "wall", Wall.PUBLIC)
        request.consortium = consortium
        request.actor = self._actor(request, consortium, wall)

    def _actor(self, request: TenantRequest, consortium: Consortium, wall: Wall) -> Actor:
        user, at = request.user, request.at
        if request.lacking is not None:
            return Actor.public(consortium.pk)
        if wall in {Wall.PUBLIC, Wall.REFEREE} or not isinstance(user, User):
            return Actor.public(consortium.pk)
        viewing = self._viewing(request, user, consortium)
        request.viewing = viewing
        if viewing is not None and wall in DOORS:
            return seen_as(viewing, consortium, wall, at=at)
        return actor_for(user, consortium, wall, at=at)

    def _viewing(
        self, request: TenantRequest, user: User, consortium: Consortium
    ) -> Viewing | None:
        """The look through somebody else's eyes that this session began here, while it stands."""
        begun = request.session.get(VIEWING, {})
        if begun.get("consortium") != consortium.pk:
            return None
        found = standing(UUID(begun["id"]), user, consortium, at=request.at)
        if found is None:
            del request.session[VIEWING]
        return found

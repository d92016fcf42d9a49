"""Base views of the API. They own how rows are reached; subclasses name queryset, serializer, act.

A read runs, serialisation included, inside the actor's context. A write parses the body in a
context of its own, calls one act, and answers with the row as the actor sees it afterwards.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from api.bearer import wear
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import NotAllowed, NotFound
from consortium.models import ApiToken
from consortium.requests import of_tenant
from consortium.scoping import ScopedQuerySet
from consortium.sign_in import is_strong_door

Answer = type[BaseSerializer[Any]]
Body = type[BaseSerializer[Any]] | None
Handler = TypeVar("Handler", bound=Callable[..., Response])


class Door(GenericAPIView[Any]):
    """The entry of one audience: tenant, actor, clock.

    wall: the database role behind it. right, party_right: without them the address does not exist;
    held on the consortium (with `of_one_call`, a call is enough), on a partner or as handed on by
    one; of several words in party_right one is enough.
    leaves_trace: its answer is a look at somebody's file (consortium/idle.py).
    needs_recent_sign_in: an act that others could misuse; no token performs it.
    """

    wall: ClassVar[Wall] = Wall.PUBLIC
    right: ClassVar[str] = ""
    of_one_call: ClassVar[bool] = False
    party_right: ClassVar[str] = ""
    needs_account: ClassVar[bool] = False
    leaves_trace: ClassVar[bool] = False
    needs_recent_sign_in: ClassVar[bool] = False

    @property
    def actor(self) -> Actor:
        return of_tenant(self.request._request).actor

    @property
    def at(self) -> datetime:
        return of_tenant(self.request._request).at

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if isinstance(request.auth, ApiToken):
            wear(request, request.auth, self)
        if self.is_for_people and not self.is_somebody:
            raise NotAuthenticated
        plain = of_tenant(request._request)
        if plain.lacking is not None:
            raise plain.lacking
        if request.method not in SAFE_METHODS and plain.viewing is not None:
            raise NotAllowed(
                _("Who looks as somebody else changes nothing."),
                next_step=_("Stop looking, and do it as yourself."),
            )
        if "consortium" in self.kwargs and plain.consortium is None:
            raise NotFound
        held = self.actor.may_somewhere if self.of_one_call else self.actor.may
        if self.right and not held(self.right):
            raise NotFound
        if self.party_right and not any(map(self.actor.serves, self.party_right.split())):
            raise NotFound

    @property
    def is_for_people(self) -> bool:
        return self.needs_account or is_strong_door(type(self))

    @property
    def is_somebody(self) -> bool:
        """Signed in, or acting for somebody by a token that opens this door."""
        if isinstance(self.request.auth, ApiToken):
            return self.actor.user_id is not None
        return bool(self.request.user.is_authenticated)

    def parsed(self, serializer_class: type[BaseSerializer[Any]] | None) -> dict[str, Any]:
        """The body as plain values; relations would resolve inside the actor's context."""
        if serializer_class is None:
            return {}
        with acting(self.actor):
            serializer = serializer_class(data=self.request.data)
            serializer.is_valid(raise_exception=True)
            values: dict[str, Any] = serializer.validated_data
            return values


class Rows(Door):
    """Rows of one model through `for_actor`.

    rows: a scoped queryset. key: model field -> name of the part of the address that it must equal.
    """

    rows: ClassVar[ScopedQuerySet[Any]]
    key: ClassVar[Mapping[str, str]] = {}

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without an actor
            nothing: QuerySet[Any] = self.rows.none()
            return nothing
        narrowed = {field: self.kwargs[name] for field, name in self.key.items()}
        visible = self.rows.all().for_actor(self.actor, "view").filter(**narrowed)
        listed: QuerySet[Any] = self.listing(visible)
        return listed

    def listing(self, rows: Any) -> Any:
        """Joins and prefetches that the serializer reads; never a right."""
        return rows.for_listing() if hasattr(rows, "for_listing") else rows


class Listing(Rows):
    """GET: a page of rows, filtered and in order, in a constant number of queries."""

    answers_with_pages = True

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            return self.get_paginated_response(self.get_serializer(page, many=True).data)


class Detail(Rows):
    """GET: one row; hidden and missing answer alike."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            row = self.row()
            self.look(row)
            return Response(self.get_serializer(row).data)

    def row(self) -> Any:
        found = self.get_queryset().first()
        if found is None:
            raise NotFound
        return found

    def look(self, row: Any) -> None:
        """Where the row is somebody's file: write down that it is looked at, before it is shown."""


class Act(Door):
    """POST: one act of the domain.

    body: serializer of what is sent, none where nothing is. answer: serializer of the row that
    comes back; `shown` re-reads it as the actor.
    """

    http_method_names = ["post", "options"]
    body: Body = None
    answer: Answer
    status: ClassVar[int] = 200

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return self.body or self.answer

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.act(self.parsed(self.body))
        with acting(self.actor):
            return Response(self.answer(self.shown(row)).data, status=self.status)

    def act(self, values: dict[str, Any]) -> Any:
        """Call the act with `values`; return what it returned."""
        raise NotImplementedError  # every subclass names its own act

    def shown(self, row: Any) -> Any:
        """The row as the actor may see it now."""
        return type(row).objects.reach(self.actor, pk=row.pk)


def described(summary: str) -> Callable[[Handler], Handler]:
    """The one line under which a view appears in the OpenAPI document."""
    decorate: Callable[[Handler], Handler] = extend_schema(summary=summary)
    return decorate


class ApplicantDoor(Door):
    wall = Wall.APPLICANT
    needs_account = True


class ReviewerDoor(Door):
    wall = Wall.REVIEWER
    needs_account = True
    party_right = "review_dossiers"


class PartnerDoor(Door):
    wall = Wall.PARTNER
    needs_account = True
    party_right = "host_students"


class OfficeDoor(Door):
    wall = Wall.STAFF
    needs_account = True
    right = "enter_office"


class FinanceDoor(Door):
    wall = Wall.FINANCE
    needs_account = True
    right = "view_funding"

"""Base viewsets. They own how rows are reached and which action a method is.

Subclasses name model queryset, serializer and acts. Everything, serialisation included, runs
inside the actor's context; an act opens its own transaction within a POST.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import NotFound
from consortium.scoping import ScopedQuerySet


class ClosedByDefault(BasePermission):
    """A view that does not come from this module is closed: forgetting fails closed."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(view, Door)


class Door(APIView):
    """The entry of one audience: tenant, actor, clock, and the wall around the handler."""

    wall: ClassVar[Wall] = Wall.PUBLIC
    right: ClassVar[str] = ""
    party_right: ClassVar[str] = ""
    needs_account: ClassVar[bool] = False

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request._request.actor  # type: ignore[attr-defined]
        return actor

    @property
    def at(self) -> datetime:
        at: datetime = self.request._request.at  # type: ignore[attr-defined]
        return at

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if self.needs_account and not request.user.is_authenticated:
            raise NotAuthenticated
        super().initial(request, *args, **kwargs)
        if "consortium" in self.kwargs and request._request.consortium is None:  # type: ignore[attr-defined]
            raise NotFound
        if self.right and not self.actor.may(self.right):
            raise NotFound
        if self.party_right and not self.actor.parties_with(self.party_right):
            raise NotFound


class ScopedViewSet(GenericViewSet[Any], Door):
    """Reads of one model through `for_actor`; acts are extra POST actions of subclasses."""

    rows: ClassVar[ScopedQuerySet[Any]]
    lookup_field = "pk"

    def get_queryset(self) -> QuerySet[Model]:
        rows: QuerySet[Model] = self.rows.all().for_actor(self.actor, "view")
        return self.narrow(rows)

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Prefetches and the parent from the address; never a right."""
        return rows

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            return Response(self.get_serializer(self.row()).data)

    def row(self) -> Any:
        """The row of the address; hidden and missing answer alike."""
        key = {self.lookup_field: self.kwargs[self.lookup_url_kwarg or self.lookup_field]}
        found = self.get_queryset().filter(**key).first()
        if found is None:
            raise NotFound
        return found

    def parsed(self, serializer_class: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body, parsed inside the actor's context so that relations resolve through rights."""
        with acting(self.actor):
            serializer = serializer_class(
                data=self.request.data, context=self.get_serializer_context()
            )
            serializer.is_valid(raise_exception=True)
            values: dict[str, Any] = serializer.validated_data
            return values

"""Who passes at all. What an actor may do is the policies' business, not REST framework's."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from consortium.actor import Wall

if TYPE_CHECKING:  # that module reads the setting which names this one
    from rest_framework.views import APIView


class ClosedByDefault(BasePermission):
    """A view that names no wall is closed: forgetting to derive from `api.base.Door` fails closed."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        return isinstance(getattr(view, "wall", None), Wall)

"""A request as `middleware.TenantAndActor` hands it on: a type for whoever reads what it set."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from consortium.actor import Actor
from consortium.errors import DomainError
from consortium.models import Consortium, Viewing


class TenantRequest(HttpRequest):
    """No request is made of this class; the attributes are set on Django's own.

    consortium: None where the path names none, or one that does not exist. viewing: the look through
    somebody else's eyes. lacking: what the session lacks for the door.
    """

    at: datetime
    consortium: Consortium | None
    actor: Actor
    viewing: Viewing | None
    lacking: DomainError | None


def of_tenant(request: HttpRequest) -> TenantRequest:
    return cast("TenantRequest", request)

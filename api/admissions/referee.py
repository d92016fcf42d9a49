"""The referee, without an account: the link's token in the address, the e-mail in the body."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain import references
from admissions.models import ReferenceLetter, ReferenceRequest
from api.admissions import bodies
from api.admissions.serializers import ReferenceOut
from api.base import Act, Body, Door, described
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import NotFound
from consortium.requests import of_tenant


class RefereeDoor(Door):
    """Looking changes nothing; acting needs the address that the link was sent to."""

    wall = Wall.REFEREE

    @property
    def actor(self) -> Actor:
        consortium = of_tenant(self.request._request).consortium
        if consortium is None:
            raise NotFound
        return references.actor_for_link(consortium.pk, self.kwargs["token"])


class Landing(RefereeDoor):
    """Who asks, for what, by when."""

    serializer_class = ReferenceOut

    @described("Who asks for a reference, for what, by when")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            asked = ReferenceRequest.objects.reach(self.actor, token_digest=self.actor.token)
        return Response(
            {
                "applicant": asked.applicant_name,
                "call": asked.call_title,
                "due_at": asked.due_at,
                "zone": asked.zone,
                "state": asked.state,
            }
        )


class Give(RefereeDoor, Act):
    """Give the letter as text or PDF; it may be replaced until the deadline."""

    body: Body = bodies.LetterIn
    answer = ReferenceOut
    status = 201

    def act(self, values: dict[str, Any]) -> ReferenceLetter:
        references.open_request(actor=self.actor, at=self.at, email=values["email"])
        return references.give(
            actor=self.actor, at=self.at, text=values["text"], upload=values.get("file")
        )

    def shown(self, row: Any) -> Any:
        return ReferenceRequest.objects.reach(self.actor, token_digest=self.actor.token)


class DeclineReference(Give):
    """Decline to write."""

    body = bodies.RefusalIn
    status = 200

    def act(self, values: dict[str, Any]) -> Any:
        references.open_request(actor=self.actor, at=self.at, email=values["email"])
        return references.decline(actor=self.actor, at=self.at, reason=values["reason"])

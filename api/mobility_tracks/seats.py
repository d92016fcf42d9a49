"""Seats that hosts confirm: what stands and what was said before, and the act of the host."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Act, OfficeDoor, PartnerDoor, described
from consortium.access import acting
from consortium.actor import Wall
from mobility_tracks.domain.seats import LONGEST_NOTE, confirm_seats, standings
from mobility_tracks.models import Intake, Offering, SeatConfirmation


class ConfirmationOut(serializers.ModelSerializer[SeatConfirmation]):
    class Meta:
        model = SeatConfirmation
        fields = ("least", "most", "note", "confirmed_by_name", "at")


class SeatsStandingOut(serializers.Serializer[Any]):
    """`least` and `most`: what counts now. `confirmed`: what the host said, the newest first."""

    intake = serializers.UUIDField(source="intake.pk")
    intake_name = serializers.CharField(source="intake.name")
    offering = serializers.UUIDField(source="offering.pk")
    offering_code = serializers.CharField(source="offering.code")
    period = serializers.CharField(source="offering.period.code")
    host = serializers.CharField(source="offering.host.code")
    least = serializers.IntegerField()
    most = serializers.IntegerField(allow_null=True)
    is_awaited = serializers.BooleanField()
    is_over = serializers.BooleanField()
    confirmed = ConfirmationOut(many=True, source="history")


class SeatsIn(serializers.Serializer[None]):
    least = serializers.IntegerField(default=0)
    most = serializers.IntegerField()
    note = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=LONGEST_NOTE
    )


def _told(view: "OwnSeats | OfficeSeats", offerings: Iterable[Offering]) -> Response:
    intakes = Intake.objects.for_actor(view.actor, "view").order_by("-year")
    found = standings(offerings, intakes, actor=view.actor, at=view.at)
    return Response(SeatsStandingOut(found, many=True).data)


class OwnSeats(PartnerDoor):
    """What one may confirm: everything of one's partner, or what was handed on."""

    party_right = "confirm_seats host_students"
    serializer_class = SeatsStandingOut

    @extend_schema(
        summary="Own seats, by intake and offering", responses=SeatsStandingOut(many=True)
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            rows = Offering.objects.for_actor(self.actor, "view").for_listing()
            rows = rows.filter(host__in=sorted(self.actor.parties))
            if self.actor.wall is Wall.DELEGATE:
                rows = rows.filter(pk__in=sorted(self.actor.container_rights))
            return _told(self, rows)


class ConfirmSeats(PartnerDoor, Act):
    """How many students one's offering takes in an intake."""

    party_right = "confirm_seats"
    body = SeatsIn
    answer = ConfirmationOut
    status = 201

    def act(self, values: dict[str, Any]) -> SeatConfirmation:
        where, when = self.kwargs["offering"], self.kwargs["intake"]
        return confirm_seats(where, actor=self.actor, at=self.at, intake_id=when, **values)


class OfficeSeats(OfficeDoor):
    """What every host confirmed, and who has not yet."""

    serializer_class = SeatsStandingOut

    @extend_schema(responses=SeatsStandingOut(many=True))
    @described("Seats of every host, by intake and offering")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            return _told(self, Offering.objects.for_actor(self.actor, "view").for_listing())

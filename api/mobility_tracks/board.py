"""The board of an intake, and the list of a host's students."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Listing, OfficeDoor, described
from consortium.access import acting
from mobility_tracks.domain.board import Board, board_of
from mobility_tracks.domain.flows import flows
from mobility_tracks.domain.host_lists import looked_at, stays_at
from mobility_tracks.filters import PlacementFilter
from mobility_tracks.models import Intake, Placement
from partners.models import Partnership


class CellOut(serializers.Serializer[Any]):
    """`offered` null: the host counts no seats. `taken` has those who are `planned` in it."""

    host = serializers.CharField()
    period = serializers.CharField()
    taken = serializers.IntegerField()
    planned = serializers.IntegerField()
    offered = serializers.IntegerField(allow_null=True)
    free = serializers.IntegerField(allow_null=True)
    over = serializers.IntegerField()
    confirmed = serializers.BooleanField()


class BoardIn(serializers.Serializer[Any]):
    intake = serializers.UUIDField()


class HostedOut(serializers.ModelSerializer[Placement]):
    """`sender` and `host` are station codes."""

    name = serializers.CharField(source="enrolment.person_name")
    reference = serializers.CharField(source="enrolment.reference")
    email = serializers.EmailField(source="enrolment.person_email")
    intake = serializers.CharField(source="enrolment.intake.name")
    period = serializers.CharField(source="period.code")
    sender = serializers.CharField(source="sending.code")
    host = serializers.CharField(source="host.code")

    class Meta:
        model = Placement
        fields = (
            *("name", "reference", "email", "intake", "period", "sender", "host"),
            *("starts_on", "ends_on", "ects", "state"),
        )


class SeatBoard(OfficeDoor):
    """Cells of hosts that offer something; `?intake=` its id."""

    right = "view_dossiers"
    serializer_class = CellOut

    @extend_schema(
        summary="Seats taken, offered and free",
        parameters=[OpenApiParameter("intake", type=str, required=True)],
        responses=CellOut(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = BoardIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        with acting(self.actor):
            intake = Intake.objects.reach(self.actor, pk=asked.validated_data["intake"])
            board = board_of(flows(intake, actor=self.actor))
            return Response(CellOut(_cells(board), many=True).data)


def _cells(board: Board) -> list[dict[str, Any]]:
    names = ("taken", "planned", "offered", "free", "over", "confirmed")
    return [
        {
            "host": row.stop.code,
            "period": column.code,
            **{name: getattr(cell, name) for name in names},
        }
        for row in board.rows
        for column, cell in zip(board.columns, row.cells, strict=True)
        if cell is not None
    ]


class HostStudents(OfficeDoor, Listing):
    """Who studies at a host, with addresses: journalled for each student, as a download is."""

    right = "view_dossiers"
    leaves_trace = True
    rows = Placement.objects.all()
    serializer_class = HostedOut
    filterset_class = PlacementFilter

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without an actor
            return super().get_queryset()
        host = Partnership.objects.reach(self.actor, pk=self.kwargs["party"])
        return stays_at(host.pk, actor=self.actor).for_listing().select_related("sending")

    @described("Students of a host")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
            looked_at(page or [], actor=self.actor, at=self.at)
            return self.get_paginated_response(self.get_serializer(page, many=True).data)

"""Who sees what, and what one member holds now: read from the tables that the walls are made from."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.matrix import Line, lines
from api.base import OfficeDoor, described
from consortium.access import acting
from consortium.actor import Wall
from consortium.audiences import LABELS, roles_behind
from consortium.domain.holdings import Holding, holdings
from consortium.models import Membership
from consortium.register import DataClass


class RightsAsked(serializers.Serializer[Any]):
    """`?role=` a wall, `?kind=` a data class; both may be left out."""

    role = serializers.ChoiceField(choices=[wall.value for wall in Wall], required=False)
    kind = serializers.ChoiceField(choices=[kind.value for kind in DataClass], required=False)


class StageOut(serializers.Serializer[Any]):
    stages = serializers.ListField(child=serializers.CharField())
    states = serializers.ListField(child=serializers.CharField())
    readable = serializers.BooleanField()


class GroupOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    fields = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]  # a name of the resource


class SightOut(serializers.Serializer[Any]):
    """One line of the page: groups that an audience reads alike, stage by stage."""

    subject = serializers.CharField()
    role = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    classes = serializers.ListField(child=serializers.CharField())
    groups = GroupOut(many=True)
    condition = serializers.CharField()
    rule = serializers.CharField()
    stages = StageOut(many=True)


class RightOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    words = serializers.CharField()
    lack = serializers.CharField(allow_null=True)


class HoldingOut(serializers.Serializer[Any]):
    role = serializers.CharField(source="membership.role")
    handed_on = serializers.SerializerMethodField()
    container = serializers.CharField()
    on = serializers.CharField()
    rights = RightOut(many=True)
    since = serializers.DateTimeField(source="record.starts_at")
    until = serializers.DateTimeField(source="record.ends_at", allow_null=True)
    by = serializers.CharField()
    reason = serializers.CharField(source="record.reason")

    def get_handed_on(self, holding: Holding) -> bool:
        return holding.delegation is not None


class WhoSeesWhat(OfficeDoor):
    right = "view_dossiers"
    serializer_class = SightOut

    @described("Who sees what, in which stage")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        asked = RightsAsked(data=request.query_params)
        asked.is_valid(raise_exception=True)
        role, kind = asked.validated_data.get("role"), asked.validated_data.get("kind")
        found = lines(Wall(role) if role else None, DataClass(kind) if kind else None)
        return Response(SightOut([_line(line) for line in found], many=True).data)


class Holdings(OfficeDoor):
    right = "view_dossiers"
    serializer_class = HoldingOut

    @described("What a member holds now")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            member = Membership.objects.reach(self.actor, pk=self.kwargs["member"])
            found = holdings(member, actor=self.actor, at=self.at)
            return Response(HoldingOut(found, many=True).data)


def _line(line: Line) -> dict[str, Any]:
    return {
        "subject": line.table.subject,
        "role": line.wall.value,
        "name": LABELS[line.wall],
        "roles": [role.value for role in roles_behind(line.wall)],
        "classes": [kind.value for kind in line.classes],
        "groups": [
            {
                "key": group.key,
                "name": group.label,
                "fields": sorted(
                    f"{model}.{name}" for model in group.fields for name in group.of(model)
                ),
            }
            for group in line.groups
        ],
        "condition": line.sight.condition if line.sight else "",
        "rule": line.sight.rule if line.sight else "",
        "stages": [
            {
                "stages": [stage.key for stage in stages],
                "states": sorted(state for stage in stages for state in stage.states),
                "readable": readable,
            }
            for stages, readable in line.runs
        ],
    }

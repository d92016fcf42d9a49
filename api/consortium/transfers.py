"""On which basis personal data goes to each partner; to record one and to end one."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.admissions.bodies import ReasonIn
from api.base import Act, Answer, OfficeDoor, described
from consortium.access import acting
from partners.domain import transfers
from partners.domain.standings import Standing, standings
from partners.models import BasisKind, TransferBasis


class BasisOut(serializers.ModelSerializer[TransferBasis]):
    party = serializers.CharField(source="party.code")

    class Meta:
        model = TransferBasis
        fields = (
            "id",
            "party",
            "kind",
            "document",
            "dated",
            "note",
            "starts_at",
            "ends_at",
            "recorded_by_name",
        )


class StandingOut(serializers.Serializer[Any]):
    """How it stands with a partner. by_country: the source of what the country alone gives."""

    party = serializers.IntegerField(source="partnership.pk")
    code = serializers.CharField(source="partnership.code")
    name = serializers.CharField(source="partnership.institution.name")
    country = serializers.CharField(source="partnership.institution.country")
    kind = serializers.CharField(source="partnership.kind")
    receives = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    by_country = serializers.SerializerMethodField()
    recorded = BasisOut(allow_null=True)
    granted = serializers.SerializerMethodField()
    withheld = serializers.SerializerMethodField()

    def get_by_country(self, standing: Standing) -> str:
        return standing.by_country.source if standing.by_country else ""

    def get_granted(self, standing: Standing) -> list[str]:
        return sorted(standing.granted)

    def get_withheld(self, standing: Standing) -> list[str]:
        return sorted(standing.withheld)


class BasisIn(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=BasisKind.choices)
    document = serializers.CharField(max_length=200)
    dated = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class Transfers(OfficeDoor):
    right = "view_dossiers"
    serializer_class = StandingOut

    @described("Partners, and on which basis personal data goes there")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            found = standings(actor=self.actor, at=self.at)
            return Response(StandingOut(found, many=True).data)


class RecordBasis(OfficeDoor, Act):
    """Record a basis; it counts at once and ends the one before."""

    right = "manage_transfers"
    needs_recent_sign_in = True
    body = BasisIn
    answer: Answer = BasisOut
    status = 201

    def act(self, values: dict[str, Any]) -> TransferBasis:
        kind = BasisKind(values.pop("kind"))
        paper = transfers.Paper(kind=kind, **values)
        return transfers.record(self.kwargs["party"], actor=self.actor, at=self.at, paper=paper)


class EndBasis(OfficeDoor, Act):
    """End a basis now."""

    right = "manage_transfers"
    needs_recent_sign_in = True
    body = ReasonIn
    answer: Answer = BasisOut

    def act(self, values: dict[str, Any]) -> TransferBasis:
        reason = values.get("reason", "")
        return transfers.end(self.kwargs["basis"], actor=self.actor, at=self.at, reason=reason)

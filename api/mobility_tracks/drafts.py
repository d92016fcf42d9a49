"""Rounds while they are drafts: written, changed, thrown away."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import OfficeDoor
from api.mobility_tracks.views import RoundAct
from consortium.errors import Invalid
from mobility_tracks.domain.round_drafts import discard_round, draft_round, redraft_round
from mobility_tracks.domain.round_terms import LONGEST_BASIS, LONGEST_SEED, MOST_SEATS
from mobility_tracks.models import AllocationRound

MOST_ROWS = 500


class DraftRoomIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=60)
    least = serializers.IntegerField(min_value=0, max_value=MOST_SEATS, default=0)
    most = serializers.IntegerField(min_value=0, max_value=MOST_SEATS)


class TermsIn(serializers.Serializer[None]):
    """`seats`: of the offerings of the period, or of the tracks; what is left out is not in the
    round. `rooms`: in a round for tracks, of the offerings on their way whose seats count for all of
    them together. `merit_basis`: for the policy that respects merit, and for no other."""

    title = serializers.CharField(max_length=200)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    zone = serializers.CharField(max_length=64)
    policy = serializers.ChoiceField(AllocationRound.Policy.choices)
    merit_basis = serializers.CharField(max_length=LONGEST_BASIS, allow_blank=True, default="")
    seed = serializers.CharField(max_length=LONGEST_SEED)
    seats = serializers.ListField(child=DraftRoomIn(), max_length=MOST_ROWS)
    rooms = serializers.ListField(child=DraftRoomIn(), default=list, max_length=MOST_ROWS)


class RoundDraftIn(TermsIn):
    """`period`: its code; empty where whole tracks are chosen."""

    intake = serializers.UUIDField()
    period = serializers.CharField(max_length=60, allow_blank=True, default="")


class DraftRound(RoundAct):
    """Draft a round for the hosts of a period, or for whole tracks."""

    body = RoundDraftIn
    status = 201

    def act(self, values: dict[str, Any]) -> AllocationRound:
        intake = values.pop("intake")
        return draft_round(intake, actor=self.actor, at=self.at, **_terms(values))


class RedraftRound(RoundAct):
    """Change a draft; intake and period stay."""

    body = TermsIn

    def act(self, values: dict[str, Any]) -> AllocationRound:
        return redraft_round(self.kwargs["round"], actor=self.actor, at=self.at, **_terms(values))


class DiscardRound(OfficeDoor):
    """Throw a draft away."""

    right = "run_rounds"
    http_method_names = ["post", "options"]

    @extend_schema(request=None, responses={204: None}, summary="Throw a draft of a round away")
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        discard_round(self.kwargs["round"], actor=self.actor, at=self.at)
        return Response(status=204)


def _terms(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, **{name: _rooms(values[name], name) for name in ("seats", "rooms")}}


def _rooms(rows: list[dict[str, Any]], name: str) -> dict[str, tuple[int, int]]:
    twice = [code for code, count in Counter(row["code"] for row in rows).items() if count > 1]
    if twice:
        raise Invalid(
            _("Each choice has its seats once."),
            fact=_("%(codes)s: given more than once.") % {"codes": ", ".join(twice)},
            fields={name: _("Leave each code in one place only.")},
        )
    return {row["code"]: (row["least"], row["most"]) for row in rows}

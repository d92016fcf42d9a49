"""A student's wishes in a round as JSON: ranks with equals, what is not possible, what is closed."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Act, ApplicantDoor
from consortium.access import acting
from consortium.errors import NotFound
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.allocation.problem import wishes_of
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.round_wishes import Wishes
from mobility_tracks.models import AllocationRound, Enrolment, Preference
from mobility_tracks.placement import Verdict

LONGEST_CODE = 60
MOST_RANKS = 100
_CODE = {"type": "string", "maxLength": LONGEST_CODE}


@extend_schema_field({"oneOf": [_CODE, {"type": "array", "items": _CODE, "maxItems": MOST_RANKS}]})
class RankField(serializers.Field[list[str], Any, list[str], Any]):
    """One rank: the code of an offering or track, or a list of codes that are equally good."""

    default_error_messages = {
        "wrong": "Give a code or a list of codes, of at most 60 characters each."
    }

    def to_internal_value(self, data: Any) -> list[str]:
        codes = [data] if isinstance(data, str) else data
        is_list = isinstance(codes, list) and len(codes) <= MOST_RANKS
        if not is_list or not all(isinstance(c, str) and len(c) <= LONGEST_CODE for c in codes):
            self.fail("wrong")
        return list(codes)

    def to_representation(self, value: list[str]) -> list[str]:
        return value


class WishesIn(serializers.Serializer[None]):
    """offerings: ranks of offerings, or of tracks where the round is for them, the most wanted first.
    impossible: by code, why it is not possible."""

    offerings = serializers.ListField(child=RankField(), max_length=MOST_RANKS)
    impossible = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=2000), default=dict
    )


class ClosedOut(serializers.Serializer[Verdict]):
    rule = serializers.CharField()
    fact = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes fields off the class
    remedy = serializers.CharField()


class WishesOut(serializers.Serializer[dict[str, Any]]):
    """closed: by code, why the rules do not let this student have it. together: rules that the plan
    keeps for all students together."""

    offerings = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    impossible = serializers.DictField(child=serializers.CharField())
    closed = serializers.DictField(child=ClosedOut())
    together = serializers.ListField(child=serializers.CharField())


class OwnWishes(ApplicantDoor, Act):
    """Rank the offerings of a round, equals together, and say which are not possible."""

    http_method_names = ["get", "post", "options"]
    body = WishesIn
    answer = WishesOut

    @extend_schema(summary="Own wishes in a round", responses=WishesOut)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            round_, enrolment = self.own()
            return Response(self.answer(self.told(round_, enrolment)).data)

    def act(self, values: dict[str, Any]) -> tuple[AllocationRound, Enrolment]:
        with acting(self.actor):
            round_, enrolment = self.own()
        save_preferences(
            round_.pk,
            actor=self.actor,
            at=self.at,
            enrolment_id=enrolment.pk,
            ranks=values["offerings"],
            impossible=values["impossible"],
        )
        return round_, enrolment

    def shown(self, row: tuple[AllocationRound, Enrolment]) -> dict[str, Any]:
        return self.told(*row)

    def own(self) -> tuple[AllocationRound, Enrolment]:
        # In one statement, so that a round of others costs what one that is not there costs.
        mine = Enrolment.objects.for_actor(self.actor)
        enrolment = mine.filter(intake__rounds=self.kwargs["round"]).first()
        if enrolment is None:
            raise NotFound
        return AllocationRound.objects.reach(self.actor, pk=self.kwargs["round"]), enrolment

    def told(self, round_: AllocationRound, enrolment: Enrolment) -> dict[str, Any]:
        rows = Preference.objects.for_actor(self.actor, "view")
        found = wishes_of(rows.filter(round=round_, enrolment=enrolment))
        wishes = found.get(enrolment.pk, Wishes())
        own = own_ground(round_, enrolment)
        return {
            "offerings": wishes.ranks,
            "impossible": wishes.impossible,
            "closed": own.closed,
            "together": own.together,
        }

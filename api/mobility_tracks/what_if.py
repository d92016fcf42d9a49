"""What if: a decided round asked again, and the answer adopted."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Act, OfficeDoor
from api.mobility_tracks.serializers import RoundWithPlan
from consortium.access import acting
from mobility_tracks.domain.revisions import adopt
from mobility_tracks.domain.what_ifs import Answer, Question, ask
from mobility_tracks.models import AllocationRound
from mobility_tracks.placement.whatif import Figures, Move

Json = dict[str, Any]


def _keys() -> serializers.ListField:
    """A field of its own each time: one that is shared would be bound to the last name alone."""
    return serializers.ListField(child=serializers.CharField(max_length=60), default=list)


class RoomIn(serializers.Serializer[Any]):
    """offering: its code, or that of a track."""

    offering = serializers.CharField(max_length=60)
    least = serializers.IntegerField(min_value=0, max_value=32_767)
    most = serializers.IntegerField(min_value=0, max_value=32_767)


class ByHandIn(serializers.Serializer[Any]):
    """offering: its code, or that of a track."""

    student = serializers.CharField(max_length=16)
    offering = serializers.CharField(max_length=60)
    reason = serializers.CharField(max_length=300)


class QuestionIn(serializers.Serializer[Any]):
    """What is changed; what is left out stays as it is."""

    seats = RoomIn(many=True, default=list)
    closed = _keys()
    rules_off = _keys()
    groups_off = _keys()
    policy = serializers.ChoiceField(AllocationRound.Policy.choices, default="", allow_blank=True)
    gone = _keys()
    by_hand = ByHandIn(many=True, default=list)
    fewest_moves = serializers.BooleanField(default=False)


class AdoptionIn(QuestionIn):
    """`seen`: the digest of the answer that is adopted."""

    seen = serializers.CharField(max_length=64)
    reason = serializers.CharField(max_length=300)


class FiguresOut(serializers.Serializer[Figures]):
    students = serializers.IntegerField()
    first_choices = serializers.IntegerField()
    sum_of_ranks = serializers.IntegerField()
    indifferent = serializers.IntegerField()
    unplaced = serializers.IntegerField()
    sizes = serializers.DictField(child=serializers.IntegerField())


class MoveOut(serializers.Serializer[Move]):
    student = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    rank_before = serializers.IntegerField(allow_null=True)
    rank_after = serializers.IntegerField(allow_null=True)
    is_worse = serializers.BooleanField()


class AnswerOut(serializers.Serializer[Answer]):
    """Students by reference, options by offering. `obstacles`: why it cannot be adopted, if so."""

    digest = serializers.CharField()
    moves = MoveOut(many=True, source="what.difference.moves")
    left = serializers.DictField(source="what.difference.left")
    joined = serializers.DictField(source="what.difference.joined")
    before = FiguresOut(source="what.difference.before")
    after = FiguresOut(source="what.difference.after")
    obstacles = serializers.ListField(child=serializers.CharField())


class WhatIf(OfficeDoor):
    """POST, as the question is a body; nothing is written."""

    right = "run_rounds"
    http_method_names = ["post", "options"]
    serializer_class = QuestionIn

    @extend_schema(responses=AnswerOut, summary="What would follow from a change")
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        question = _question(self.parsed(QuestionIn))
        answer = ask(self.kwargs["round"], question, actor=self.actor)
        with acting(self.actor):
            return Response(AnswerOut(answer).data)


class Adopt(OfficeDoor, Act):
    """The answer becomes the plan of the round, if it is still the one that was seen."""

    right = "run_rounds"
    body = AdoptionIn
    answer = RoundWithPlan

    def act(self, values: Json) -> AllocationRound:
        return adopt(
            self.kwargs["round"],
            _question(values),
            seen=values["seen"],
            reason=values["reason"],
            actor=self.actor,
            at=self.at,
        )

    def shown(self, row: Any) -> Any:
        return AllocationRound.objects.in_full().reach(self.actor, pk=row.pk)


def _question(values: Json) -> Question:
    return Question(
        seats={room["offering"]: (room["least"], room["most"]) for room in values["seats"]},
        closed=tuple(values["closed"]),
        rules_off=tuple(values["rules_off"]),
        groups_off=tuple(values["groups_off"]),
        policy=values["policy"],
        gone=tuple(values["gone"]),
        by_hand={each["student"]: (each["offering"], each["reason"]) for each in values["by_hand"]},
        fewest_moves=values["fewest_moves"],
    )

"""Who has looked at one's own dossier."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain import looks
from admissions.domain.looks import Look
from admissions.models import Dossier
from api.base import ApplicantDoor, Listing, described
from consortium.access import acting
from consortium.models import JournalEntry


class LookOut(serializers.Serializer[Look]):
    """`name` is empty for a reviewer, who is known by role and institution alone."""

    at = serializers.DateTimeField()
    door = serializers.CharField()
    name = serializers.CharField()
    institutions = serializers.ListField(child=serializers.CharField())
    kind = serializers.CharField(help_text="dossier, document or letter")
    title = serializers.CharField()


class OwnLooks(ApplicantDoor, Listing):
    """Every look by somebody else at the dossier, its documents and letters, the latest first."""

    rows = JournalEntry.objects.all()
    serializer_class = LookOut

    @described("Who has looked at one's own dossier")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            mine = Dossier.objects.reach(self.actor, reference=self.kwargs["reference"])
            seen = self.get_queryset().filter(case_id=mine.pk)
            page = self.paginate_queryset(seen)
            told = looks.told(page or [], actor=self.actor)
            return self.get_paginated_response(self.get_serializer(told, many=True).data)

    def listing(self, rows: Any) -> Any:
        return rows.looks()

"""Who is funded from which line, for the finance officer."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from admissions.domain.funding import funded
from admissions.filters import FundingFilter
from api.base import FinanceDoor, Listing, described
from mobility_tracks.models import Enrolment


class FundedOut(serializers.ModelSerializer[Enrolment]):
    """line: code of the route of the accepted offer, empty where none is recorded."""

    name = serializers.CharField(source="person_name")
    intake = serializers.CharField(source="intake.name")
    line = serializers.CharField(source="route")

    class Meta:
        model = Enrolment
        fields = ("reference", "name", "intake", "line", "state", "enrolled_at")


class Funding(FinanceDoor, Listing):
    """Students with the line of the offer that they accepted."""

    rows = Enrolment.objects.all()
    serializer_class = FundedOut
    filterset_class = FundingFilter

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without an actor
            return self.rows.none()
        return funded(actor=self.actor)

    get = described("Students by funding line")(Listing.get)

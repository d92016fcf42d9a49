"""Programmes, intakes, enrolments, rounds and placements as JSON."""

from typing import Any

from rest_framework import serializers

from mobility_tracks.domain.round_words import properties_of
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Period,
    Placement,
    ProgrammeVersion,
    RoundSeats,
    Track,
)

LARGEST = 2**31 - 1  # of a merit


class OfferingOut(serializers.ModelSerializer[Offering]):
    host = serializers.CharField(source="host.code")
    institution = serializers.CharField(source="host.institution.name")

    class Meta:
        model = Offering
        fields = ("code", "title", "host", "institution", "language", "min_seats", "max_seats")


class PeriodOut(serializers.ModelSerializer[Period]):
    offerings = OfferingOut(many=True)

    class Meta:
        model = Period
        fields = ("code", "title", "kind", "ects", "starts", "ends", "note", "offerings")


class TrackOut(serializers.ModelSerializer[Track]):
    stops = serializers.SerializerMethodField()

    class Meta:
        model = Track
        fields = ("code", "title", "awards", "stops")

    def get_stops(self, track: Track) -> list[dict[str, Any]]:
        return [
            {
                "period": step.period.code,
                "offering": step.offering.code if step.offering else None,
                "host": step.offering.host.code if step.offering else None,
            }
            for step in track.steps.all()
        ]


class ProgrammeOut(serializers.ModelSerializer[ProgrammeVersion]):
    periods = PeriodOut(many=True)
    tracks = TrackOut(many=True)

    class Meta:
        model = ProgrammeVersion
        fields = (
            "code",
            "title",
            "tagline",
            "summary",
            "from_year",
            "ects",
            "language",
            "rules",
            "degrees",
            "state",
            "periods",
            "tracks",
        )


class PlacementOut(serializers.ModelSerializer[Placement]):
    student = serializers.CharField(source="enrolment.person_name")
    reference = serializers.CharField(source="enrolment.reference")
    intake = serializers.CharField(source="enrolment.intake.name")
    period = serializers.CharField(source="period.code")
    host = serializers.CharField(source="host.code")

    class Meta:
        model = Placement
        fields = (
            "id",
            "reference",
            "student",
            "intake",
            "period",
            "host",
            "starts_on",
            "ends_on",
            "ects",
            "state",
            "reason",
        )


class EnrolmentOut(serializers.ModelSerializer[Enrolment]):
    intake = serializers.CharField(source="intake.name")
    track = serializers.CharField(source="track.code", default=None, allow_null=True)
    placements = serializers.SerializerMethodField()

    class Meta:
        model = Enrolment
        fields = (
            "id",
            "reference",
            "person_name",
            "nationality",
            "residence_country",
            "intake",
            "track",
            "state",
            "enrolled_at",
            "placements",
        )

    def get_placements(self, enrolment: Enrolment) -> list[dict[str, Any]]:
        return [
            {
                "period": stay.period.code,
                "host": stay.host.code,
                "starts_on": stay.starts_on,
                "ends_on": stay.ends_on,
                "state": stay.state,
                "reason": stay.reason,
            }
            for stay in enrolment.placements.all()
        ]


class SeatsOut(serializers.ModelSerializer[RoundSeats]):
    """Of an offering, or of a track as a whole: the other is null."""

    offering = serializers.CharField(source="offering.code", default=None, allow_null=True)
    track = serializers.CharField(source="track.code", default=None, allow_null=True)

    class Meta:
        model = RoundSeats
        fields = ("offering", "track", "least", "most")


class RoundOut(serializers.ModelSerializer[AllocationRound]):
    """`period`: null where whole tracks are chosen. `properties`: by key, what the round promised
    before it opened, silence included."""

    properties = serializers.SerializerMethodField()
    intake = serializers.CharField(source="intake.name")
    period = serializers.CharField(source="period.code", default=None, allow_null=True)
    seats = SeatsOut(many=True)

    class Meta:
        model = AllocationRound
        fields: tuple[str, ...] = (
            "id",
            "title",
            "intake",
            "period",
            "opens_at",
            "closes_at",
            "zone",
            "policy",
            "merit_basis",
            "seed",
            "state",
            "fingerprint",
            "published_at",
            "properties",
            "seats",
        )

    def get_properties(self, row: AllocationRound) -> dict[str, str]:
        return {each.key: str(each.text) for each in properties_of(row)}


class RoundWithPlan(RoundOut):
    """For the office: the plan with its proof and reasons."""

    class Meta(RoundOut.Meta):
        fields = (*RoundOut.Meta.fields, "result")


class OpeningIn(serializers.Serializer[None]):
    merits = serializers.DictField(
        child=serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST), default=dict
    )

"""What stands apart, as JSON: lines without a written word, and what an act opened."""

from typing import Any

from rest_framework import serializers

from admissions.models import Document, NeedsCase, NeedsStep


class StepOut(serializers.ModelSerializer[NeedsStep]):
    class Meta:
        model = NeedsStep
        fields = ("reference", "amount", "source", "approved_at", "approved_by", "reported_at")


class EvidenceOut(serializers.ModelSerializer[Document]):
    requirement = serializers.CharField(source="requirement.code")

    class Meta:
        model = Document
        fields = ("id", "requirement", "media_type", "size", "pages", "uploaded_at")


class CaseLine(serializers.ModelSerializer[NeedsCase]):
    """A row of the desk."""

    class Meta:
        model = NeedsCase
        fields = ("id", "reference", "person_name", "call_title", "state", "requested_at")


class OwnNeedsOut(serializers.Serializer[Any]):
    """One's own answer and what became of it."""

    state = serializers.CharField(source="case.state")
    asks = serializers.BooleanField(source="answer.asks")
    wanted = serializers.CharField(source="answer.wanted")
    health = serializers.CharField(source="answer.health")
    reason = serializers.CharField()
    step = StepOut(allow_null=True)


class CaseOut(serializers.Serializer[Any]):
    """A case that an act opened."""

    case = CaseLine(source="told.case")
    wanted = serializers.CharField(source="told.wanted")
    health = serializers.CharField(source="told.health")
    evidence_note = serializers.CharField(source="told.evidence_note")
    reason = serializers.CharField(source="told.reason")
    step = StepOut(source="told.step", allow_null=True)
    evidence = EvidenceOut(many=True)


class PassportOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    country = serializers.CharField()
    expires_on = serializers.DateField()

"""Calls, dossiers, references, reviews, rankings and offers as JSON. They parse and show; acts write."""

from typing import Any, cast

from rest_framework import serializers

from admissions.models import (
    Assignment,
    Call,
    Criterion,
    Document,
    DocumentRequirement,
    Dossier,
    EligibilityCheck,
    EligibilityRule,
    Offer,
    RankedDossier,
    RankingRun,
    ReferenceRequest,
    Review,
    TrackPreference,
)
from admissions.sections import SECTIONS


class RequirementOut(serializers.ModelSerializer[DocumentRequirement]):
    class Meta:
        model = DocumentRequirement
        fields = ("code", "title", "help", "required", "formats", "max_bytes")


class CriterionOut(serializers.ModelSerializer[Criterion]):
    class Meta:
        model = Criterion
        fields = ("code", "title", "help", "weight", "max_points", "anchors")


class RuleOut(serializers.ModelSerializer[EligibilityRule]):
    class Meta:
        model = EligibilityRule
        fields = ("code", "sentence", "source")


class CallOut(serializers.ModelSerializer[Call]):
    intake = serializers.CharField(source="intake.name")

    class Meta:
        model = Call
        fields: tuple[str, ...] = (
            "id",
            "slug",
            "title",
            "summary",
            "intake",
            "state",
            "opens_at",
            "closes_at",
            "zone",
            "routes",
            "places",
            "fee_text",
            "references_needed",
        )


class CallInFull(CallOut):
    requirements = RequirementOut(many=True)
    criteria = CriterionOut(many=True)
    eligibility_rules = RuleOut(many=True)

    class Meta(CallOut.Meta):
        fields = (*CallOut.Meta.fields, "requirements", "criteria", "eligibility_rules")


class DossierLine(serializers.ModelSerializer[Dossier]):
    """A row of a list: no texts."""

    call = serializers.CharField(source="call.slug")

    class Meta:
        model = Dossier
        fields: tuple[str, ...] = (
            "id",
            "reference",
            "call",
            "state",
            "name",
            "latin_name",
            "nationality",
            "residence_country",
            "submitted_at",
            "score",
            "position",
        )


class OwnDossierLine(DossierLine):
    """As the applicant sees it: marks and ranks are the committee's."""

    class Meta(DossierLine.Meta):
        fields = tuple(n for n in DossierLine.Meta.fields if n not in {"score", "position"})


class DocumentOut(serializers.ModelSerializer[Document]):
    requirement = serializers.CharField(source="requirement.code")

    class Meta:
        model = Document
        fields = (
            "id",
            "requirement",
            "name",
            "media_type",
            "size",
            "pages",
            "sha256",
            "uploaded_at",
        )


class ReferenceOut(serializers.ModelSerializer[ReferenceRequest]):
    """The request and its state; never the letter, never the link."""

    class Meta:
        model = ReferenceRequest
        fields: tuple[str, ...] = (
            "id",
            "referee_name",
            "referee_email",
            "referee_institution",
            "state",
            "sent_at",
            "due_at",
            "received_at",
        )


WRITTEN = tuple(name for section in SECTIONS.values() for name in section.fields)


class DossierOut(DossierLine):
    """Everything the applicant wrote, with documents and the state of references."""

    tracks = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()
    references = ReferenceOut(many=True)

    class Meta(DossierLine.Meta):
        fields = (
            *DossierLine.Meta.fields,
            *(name for name in WRITTEN if name not in DossierLine.Meta.fields),
            "started_at",
            "saved_at",
            "tracks",
            "documents",
            "references",
        )

    def get_tracks(self, dossier: Dossier) -> list[str]:
        wishes = cast("list[TrackPreference]", list(dossier.track_preferences.all()))
        return [wish.track.code for wish in wishes]

    def get_documents(self, dossier: Dossier) -> list[dict[str, Any]]:
        uploaded = cast("list[Document]", list(dossier.documents.all()))
        current = [each for each in uploaded if each.replaced_at is None]
        return list(DocumentOut(current, many=True).data)


class OwnDossierOut(DossierOut):
    """As the applicant sees it: marks and ranks are the committee's."""

    class Meta(DossierOut.Meta):
        fields = tuple(n for n in DossierOut.Meta.fields if n not in {"score", "position"})


class AssignedReferenceOut(ReferenceOut):
    class Meta(ReferenceOut.Meta):
        fields = tuple(n for n in ReferenceOut.Meta.fields if n != "referee_email")


class AssignedDossierOut(OwnDossierOut):
    """As a reviewer sees it: what there is to judge, and no address to write to."""

    references = AssignedReferenceOut(many=True)

    class Meta(OwnDossierOut.Meta):
        fields = tuple(n for n in OwnDossierOut.Meta.fields if n not in {"email", "phone"})


class AssignmentOut(serializers.ModelSerializer[Assignment]):
    dossier = serializers.CharField(source="reference")
    party = serializers.CharField(source="party.code")

    class Meta:
        model = Assignment
        fields = ("id", "dossier", "reviewer_name", "party", "state", "due_at", "assigned_at")


class ReviewOut(serializers.ModelSerializer[Review]):
    scores = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ("id", "assignment", "comment", "saved_at", "submitted_at", "scores")

    def get_scores(self, review: Review) -> dict[str, int]:
        return {score.criterion.code: score.points for score in review.scores.all()}


class CheckOut(serializers.ModelSerializer[EligibilityCheck]):
    class Meta:
        model = EligibilityCheck
        fields = ("id", "eligible", "findings", "reason", "ruled_by", "ruled_at")


class PlaceOut(serializers.ModelSerializer[RankedDossier]):
    dossier = serializers.CharField(source="dossier.reference")

    class Meta:
        model = RankedDossier
        fields = ("position", "dossier", "score", "tied", "list", "explanation")


class RankingOut(serializers.ModelSerializer[RankingRun]):
    call = serializers.CharField(source="call.slug")
    places = PlaceOut(many=True)

    class Meta:
        model = RankingRun
        fields = (
            "id",
            "call",
            "state",
            "seed",
            "fingerprint",
            "computed_at",
            "computed_by",
            "approved_at",
            "approved_by",
            "places",
        )


class OfferOut(serializers.ModelSerializer[Offer]):
    dossier = serializers.CharField(source="dossier.reference")
    track = serializers.CharField(source="track.code", default=None)

    class Meta:
        model = Offer
        fields = (
            "id",
            "dossier",
            "track",
            "route",
            "conditions",
            "state",
            "expires_at",
            "zone",
            "sent_at",
            "answered_at",
        )


class UnfinishedOut(serializers.Serializer[Any]):
    """What the office knows of a dossier that was never sent."""

    reference = serializers.CharField()
    started_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField()
    declared = serializers.BooleanField()

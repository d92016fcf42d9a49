"""Agreements between partners, and what a partner sees of a student, as JSON."""

from typing import Any

from rest_framework import serializers

from admissions.domain.shared import Judgement, Letter, Paper, Seen
from mobility_tracks.models import Placement
from partners.items import Item
from partners.models import SharingAgreement


class AgreementOut(serializers.ModelSerializer[SharingAgreement]):
    """`standing`: the state as of now; an accepted one is agreed, in_force or expired."""

    giver = serializers.CharField(source="giver.code")
    receiver = serializers.CharField(source="receiver.code")
    proposer = serializers.CharField(source="proposer.code")
    replaces = serializers.UUIDField(source="replaces_id", allow_null=True)
    standing = serializers.SerializerMethodField()

    class Meta:
        model = SharingAgreement
        fields = (
            "id",
            "giver",
            "receiver",
            "items",
            "version",
            "replaces",
            "starts_at",
            "ends_at",
            "note",
            "state",
            "standing",
            "proposer",
            "proposed_at",
            "proposed_by_name",
            "answered_at",
            "answered_by_name",
            "ended_at",
            "ended_by_name",
            "reason",
        )

    def get_standing(self, agreement: SharingAgreement) -> str:
        return agreement.standing(self.context["view"].at)


class ProposalIn(serializers.Serializer[None]):
    """`giver` and `receiver` are station codes, one of them a partner of one's own."""

    giver = serializers.CharField(max_length=3)
    receiver = serializers.CharField(max_length=3)
    items = serializers.ListField(child=serializers.ChoiceField(choices=Item.choices))
    starts_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)


class StayOut(serializers.ModelSerializer[Placement]):
    period = serializers.CharField(source="period.code")
    host = serializers.CharField(source="host.code")
    sending = serializers.CharField(source="sending.code")

    class Meta:
        model = Placement
        fields = ("id", "period", "host", "sending", "starts_on", "ends_on", "ects", "state")


class SentOut(StayOut):
    student = serializers.CharField(source="enrolment.person_name")
    reference = serializers.CharField(source="enrolment.reference")
    intake = serializers.CharField(source="enrolment.intake.name")

    class Meta(StayOut.Meta):
        fields = (*StayOut.Meta.fields, "student", "reference", "intake")  # type: ignore[assignment]  # the stubs want the same length


def _under(agreement: SharingAgreement | None) -> dict[str, Any] | None:
    """What something of a student rests on; None: the partner sends the student itself."""
    if agreement is None:
        return None
    return {
        "agreement": agreement.pk,
        "giver": agreement.giver.code,
        "version": agreement.version,
    }


class SeenOut(serializers.Serializer[Seen]):
    """What one's partner sees of a student, and under which agreement."""

    reference = serializers.CharField(source="student.reference")
    person_name = serializers.CharField(source="student.person_name")
    person_email = serializers.CharField(source="student.person_email")
    nationality = serializers.CharField(source="student.nationality")
    intake = serializers.CharField(source="student.intake.name")
    here = StayOut(many=True)
    sent = StayOut(many=True)
    elsewhere = StayOut(many=True)
    papers = serializers.SerializerMethodField()
    letters = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()

    def get_papers(self, seen: Seen) -> list[dict[str, Any]]:
        return [self._paper(each) for each in seen.papers]

    def _paper(self, paper: Paper) -> dict[str, Any]:
        document = paper.document
        return {
            "id": document.pk,
            "item": paper.item,
            "title": document.requirement.title,
            "name": document.name,
            "media_type": document.media_type,
            "size": document.size,
            "under": _under(paper.under),
        }

    def get_letters(self, seen: Seen) -> list[dict[str, Any]]:
        return [self._letter(each) for each in seen.letters]

    def _letter(self, letter: Letter) -> dict[str, Any]:
        return {
            "id": letter.id,
            "referee": letter.referee_name,
            "institution": letter.referee_institution,
            "received_at": letter.received_at,
            "under": _under(letter.under),
        }

    def get_reviews(self, seen: Seen) -> list[dict[str, Any]]:
        return [self._review(each) for each in seen.judgements]

    def _review(self, review: Judgement) -> dict[str, Any]:
        return {
            "comment": review.comment,
            "submitted_at": review.submitted_at,
            "marks": [
                {"criterion": mark.criterion, "points": mark.points, "most": mark.most}
                for mark in review.marks
            ],
            "under": _under(review.under),
        }

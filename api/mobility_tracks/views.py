"""The programme for everyone; studies for the student; students for partner and office; rounds."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.base import Act, ApplicantDoor, Detail, Listing, OfficeDoor, PartnerDoor, described
from api.files import text_download
from api.mobility_tracks.serializers import (
    EnrolmentOut,
    OpeningIn,
    PlacementOut,
    ProgrammeOut,
    RoundOut,
    RoundWithPlan,
)
from mobility_tracks.domain import placements, rounds
from mobility_tracks.domain.round_files import export_round
from mobility_tracks.filters import EnrolmentFilter
from mobility_tracks.models import AllocationRound, Enrolment, Placement, ProgrammeVersion


class Programmes(Listing):
    """Published programme versions with periods, offerings and tracks."""

    rows = ProgrammeVersion.objects.all()
    serializer_class = ProgrammeOut

    def listing(self, rows: Any) -> Any:
        return rows.in_full()

    get = described("Programme versions")(Listing.get)


class OwnStudies(ApplicantDoor, Listing):
    """One's own enrolments with where one studies in each period."""

    rows = Enrolment.objects.all()
    serializer_class = EnrolmentOut

    get = described("Own studies")(Listing.get)


class OpenRounds(ApplicantDoor, Listing):
    rows = AllocationRound.objects.all()
    serializer_class = RoundOut

    def listing(self, rows: Any) -> Any:
        return rows.in_full()


class HostedPlacements(PartnerDoor, Listing):
    """Students placed with one's own institution."""

    rows = Placement.objects.all()
    serializer_class = PlacementOut

    get = described("Students at one's own institution")(Listing.get)


class Receive(PartnerDoor, Act):
    """A student has arrived."""

    answer = PlacementOut

    def act(self, values: dict[str, Any]) -> Placement:
        return placements.receive(self.kwargs["placement"], actor=self.actor, at=self.at)


class Students(OfficeDoor, Listing):
    right = "view_dossiers"
    rows = Enrolment.objects.all()
    serializer_class = EnrolmentOut
    filterset_class = EnrolmentFilter

    get = described("Students")(Listing.get)


class Rounds(OfficeDoor, Listing):
    right = "run_rounds"
    rows = AllocationRound.objects.all()
    serializer_class = RoundOut

    def listing(self, rows: Any) -> Any:
        return rows.in_full()


class RoundDetail(OfficeDoor, Detail):
    right = "run_rounds"
    rows = AllocationRound.objects.all()
    key = {"pk": "round"}
    serializer_class = RoundWithPlan

    def listing(self, rows: Any) -> Any:
        return rows.in_full()


class RoundFile(OfficeDoor):
    """What `manage.py verify_round` checks: problem, plan and certificate, or that no plan exists."""

    right = "run_rounds"
    leaves_trace = True

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        summary="The plan with its certificate",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        text = export_round(self.kwargs["round"], actor=self.actor, at=self.at)
        return text_download(text, name=f"round-{self.kwargs['round']}.json")


class RoundAct(OfficeDoor, Act):
    right = "run_rounds"
    answer = RoundWithPlan

    def shown(self, row: Any) -> Any:
        return AllocationRound.objects.in_full().reach(self.actor, pk=row.pk)


class OpenRound(RoundAct):
    """Freeze the round and tell its students. merits: by reference, where the procedure wants them."""

    body = OpeningIn

    def act(self, values: dict[str, Any]) -> AllocationRound:
        return rounds.open_round(self.kwargs["round"], actor=self.actor, at=self.at, **values)


class CloseRound(RoundAct):
    def act(self, values: dict[str, Any]) -> AllocationRound:
        return rounds.close_round(self.kwargs["round"], actor=self.actor, at=self.at)


class Decide(RoundAct):
    """Solve the round; only the office sees the plan yet."""

    def act(self, values: dict[str, Any]) -> AllocationRound:
        return rounds.decide(self.kwargs["round"], actor=self.actor, at=self.at)


class PublishRound(RoundAct):
    """Announce the plan to students and hosts."""

    def act(self, values: dict[str, Any]) -> AllocationRound:
        return rounds.publish(self.kwargs["round"], actor=self.actor, at=self.at)

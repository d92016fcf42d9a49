"""Programme versions in the office: drafts edited entry by entry, with the checker's report."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import Act, Listing, OfficeDoor, described
from api.files import text_download
from api.mobility_tracks.workshop_shapes import (
    BenchOut,
    BodyIn,
    DiscardingIn,
    DraftIn,
    EntryIn,
    MoveIn,
    PlaceIn,
    SeenIn,
    VersionOut,
)
from consortium.access import acting
from mobility_tracks.domain import workshop
from mobility_tracks.domain.documents import kept_for, text_of
from mobility_tracks.domain.workshop import Bench
from mobility_tracks.models import ProgrammeVersion


class Versions(OfficeDoor, Listing):
    """Every version, drafts included; `seen` is what an edit sends back."""

    rows = ProgrammeVersion.objects.all()
    serializer_class = VersionOut

    def listing(self, rows: Any) -> Any:
        return rows.order_by("-from_year", "code")

    get = described("Programme versions, drafts included")(Listing.get)


class VersionDoor(OfficeDoor):
    def version(self) -> ProgrammeVersion:
        """By the code in the address. Opens a context of its own."""
        with acting(self.actor):
            return ProgrammeVersion.objects.reach(self.actor, "view", code=self.kwargs["code"])


class VersionDetail(VersionDoor):
    """The document of a version, what is wrong with it, and what the checker says."""

    serializer_class = BenchOut

    @extend_schema(summary="A version's document with the checker's report")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        version = self.version()
        with acting(self.actor):
            return Response(BenchOut(workshop.bench_of(version)).data)


class VersionFile(VersionDoor):
    """The version as a programme file."""

    @extend_schema(
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        summary="A version as a programme file",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        version = self.version()
        with acting(self.actor):
            text = text_of(version, kept_for(version))
        return text_download(text, name=f"{self.kwargs['consortium']}-{version.code}.yaml")


class BeginDraft(OfficeDoor, Act):
    """A draft, copied from a version or of two empty semesters."""

    right = "manage_programmes"
    body = DraftIn
    answer = VersionOut
    status = 201

    def act(self, values: dict[str, Any]) -> ProgrammeVersion:
        source = None
        if values["copy_of"]:
            with acting(self.actor):
                code = values["copy_of"]
                source = ProgrammeVersion.objects.reach(self.actor, "view", code=code).pk
        return workshop.begin_draft(
            actor=self.actor,
            at=self.at,
            code=values["code"],
            title=values["title"],
            from_year=values["from_year"],
            source_id=source,
        )


class Edit(VersionDoor, Act):
    """An edit answers with the whole bench, so that the next one knows what it saw."""

    right = "manage_programmes"
    answer = BenchOut

    def shown(self, row: Any) -> Bench:
        """Re-read: what the act returned was read before it was written."""
        found: Bench = row
        version = ProgrammeVersion.objects.reach(self.actor, "view", pk=found.version.pk)
        return workshop.bench_of(version)


class PutEntry(Edit):
    """Set an entry; a refusal names the fields. With `is_new`, a key that is there is refused."""

    body = EntryIn

    def act(self, values: dict[str, Any]) -> Bench:
        return workshop.put_entry(
            self.version().pk,
            tuple(values["where"]),
            values["values"],
            seen=values["seen"],
            actor=self.actor,
            at=self.at,
            is_new=values["is_new"],
        )


class MoveEntry(Edit):
    body = MoveIn

    def act(self, values: dict[str, Any]) -> Bench:
        return workshop.move_entry(
            self.version().pk,
            tuple(values["where"]),
            values["by"],
            seen=values["seen"],
            actor=self.actor,
            at=self.at,
        )


class RemoveEntry(Edit):
    """With all that names it."""

    body = PlaceIn

    def act(self, values: dict[str, Any]) -> Bench:
        return workshop.remove_entry(
            self.version().pk,
            tuple(values["where"]),
            seen=values["seen"],
            actor=self.actor,
            at=self.at,
        )


class ReplaceBody(Edit):
    """The whole draft, in the plain form of a version in a programme file."""

    body = BodyIn

    def act(self, values: dict[str, Any]) -> Bench:
        return workshop.replace_body(
            self.version().pk,
            values["body"],
            seen=values["seen"],
            actor=self.actor,
            at=self.at,
        )


class PublishDraft(VersionDoor, Act):
    right = "manage_programmes"
    body = SeenIn
    answer = VersionOut

    def act(self, values: dict[str, Any]) -> ProgrammeVersion:
        return workshop.publish_draft(
            self.version().pk, seen=values["seen"], actor=self.actor, at=self.at
        )


class DiscardDraft(VersionDoor, Act):
    """The draft is gone for good; the answer is what it was."""

    right = "manage_programmes"
    body = DiscardingIn
    answer = VersionOut

    def act(self, values: dict[str, Any]) -> ProgrammeVersion:
        version = self.version()
        workshop.discard_draft(version.pk, actor=self.actor, at=self.at, reason=values["reason"])
        return version

    def shown(self, row: Any) -> Any:
        return row

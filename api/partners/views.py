"""What partners let each other see, and what that opens of a student."""

from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain.shared import Seen, open_paper, open_shared_letter, seen_of
from api.admissions.bodies import ReasonIn
from api.base import Act, Detail, Listing, OfficeDoor, PartnerDoor, described
from api.files import download, text_download
from api.partners.serializers import AgreementOut, ProposalIn, SeenOut, SentOut
from consortium.access import acting
from consortium.errors import NotFound
from mobility_tracks.models import Placement
from mobility_tracks.sharing import LIVE
from partners.domain import sharing
from partners.items import HOST
from partners.models import Partnership, SharingAgreement
from partners.policies import NEGOTIATE

_FILE = extend_schema(
    responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, summary="Open a file"
)


class NegotiationDoor(PartnerDoor):
    party_right = NEGOTIATE


class Agreements(NegotiationDoor, Listing):
    """Every version of what one's partner gives or receives."""

    rows = SharingAgreement.objects.all()
    serializer_class = AgreementOut

    get = described("Agreements of one's own institution")(Listing.get)


class OfficeAgreements(OfficeDoor, Listing):
    """Every version of what partners of the consortium let each other see."""

    right = "view_dossiers"
    rows = SharingAgreement.objects.all()
    serializer_class = AgreementOut

    get = described("Agreements between partners")(Listing.get)


class AgreementAct(NegotiationDoor, Act):
    answer = AgreementOut

    def shown(self, row: Any) -> Any:
        return SharingAgreement.objects.all().for_listing().reach(self.actor, pk=row.pk)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        row = self.act(self.parsed(self.body))
        with acting(self.actor):
            told = self.answer(self.shown(row), context=self.get_serializer_context())
            return Response(told.data, status=self.status)


class Propose(AgreementAct):
    """Offer what one's own institution gives, or ask for what it would see."""

    body = ProposalIn
    status = 201

    def act(self, values: dict[str, Any]) -> SharingAgreement:
        with acting(self.actor):
            rows = Partnership.objects.for_actor(self.actor, "view")
            codes = [values["giver"], values["receiver"]]
            found = {side.code: side.pk for side in rows.filter(code__in=codes)}
        if len(found) < len(set(codes)):
            raise NotFound
        pair = sharing.Pair(*(found[code] for code in codes))
        mine = self.actor.parties_with(NEGOTIATE)
        proposer = next((pk for pk in (pair.giver_id, pair.receiver_id) if pk in mine), mine[0])
        items = frozenset(values["items"])
        terms = sharing.Terms(items, values["starts_at"], values["ends_at"], values["note"])
        return sharing.propose(
            pair, actor=self.actor, at=self.at, proposer_id=proposer, terms=terms
        )


class Accept(AgreementAct):
    """Agree to what the other side proposed."""

    def act(self, values: dict[str, Any]) -> SharingAgreement:
        return sharing.accept(self.kwargs["agreement"], actor=self.actor, at=self.at)


class Decline(AgreementAct):
    body = ReasonIn

    def act(self, values: dict[str, Any]) -> SharingAgreement:
        return sharing.decline(self.kwargs["agreement"], actor=self.actor, at=self.at, **values)


class Withdraw(AgreementAct):
    """Take back one's own proposal."""

    def act(self, values: dict[str, Any]) -> SharingAgreement:
        return sharing.withdraw(self.kwargs["agreement"], actor=self.actor, at=self.at)


class Revoke(AgreementAct):
    """End an agreement at once, from either side."""

    body = ReasonIn

    def act(self, values: dict[str, Any]) -> SharingAgreement:
        return sharing.revoke(self.kwargs["agreement"], actor=self.actor, at=self.at, **values)


class SentPlacements(PartnerDoor, Listing):
    """Stays elsewhere to which one's own institution sends."""

    party_right = NEGOTIATE  # of the partner as a whole: nobody hands it on
    rows = Placement.objects.all()
    serializer_class = SentOut

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):  # the schema is made without an actor
            return self.rows.none()
        mine = self.actor.parties_with(HOST)
        rows = self.rows.all().for_actor(self.actor, "follow").for_listing()
        return rows.filter(LIVE, sending__in=mine).exclude(host__in=mine).select_related("sending")

    get = described("Students sent by one's own institution")(Listing.get)


class Student(PartnerDoor, Detail):
    """What one's own institution sees of a student, by right and under agreements."""

    leaves_trace = True
    serializer_class = SeenOut

    def row(self) -> Seen:
        return seen_of(self.kwargs["ref"], actor=self.actor, at=self.at)


class DocumentFile(PartnerDoor):
    """A file of a student, as a download."""

    leaves_trace = True

    @_FILE
    def get(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        document = open_paper(self.kwargs["document"], actor=self.actor, at=self.at)
        return download(document.file.open("rb"), name=document.name)


class LetterFile(PartnerDoor):
    """A reference letter of a student, as a download."""

    leaves_trace = True

    @_FILE
    def get(self, request: Request, *args: Any, **kwargs: Any) -> FileResponse:
        letter = open_shared_letter(self.kwargs["letter"], actor=self.actor, at=self.at)
        if letter.file:
            return download(letter.file.open("rb"), name=letter.name)
        return text_download(letter.text, name="letter.txt")

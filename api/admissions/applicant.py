"""The applicant's own dossiers: write, attach, ask for references, submit, answer an offer."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain import documents, dossiers, offers, references
from admissions.domain.own_readers import access_to
from admissions.models import Call, Document, Dossier, Offer, ReferenceRequest
from api.admissions import bodies
from api.admissions.access import AccessOut
from api.admissions.serializers import (
    DocumentOut,
    OfferOut,
    OwnDossierLine,
    OwnDossierOut,
    ReferenceOut,
)
from api.base import Act, Answer, ApplicantDoor, Detail, Listing, described
from consortium.access import acting
from consortium.errors import NotFound


class OwnAct(ApplicantDoor, Act):
    """An act on the dossier that the address names."""

    answer: Answer = OwnDossierOut

    def dossier(self) -> Dossier:
        with acting(self.actor):
            return Dossier.objects.reach(self.actor, reference=self.kwargs["reference"])

    def shown(self, row: Any) -> Any:
        if isinstance(row, Dossier):
            return Dossier.objects.in_full(self.actor).reach(self.actor, pk=row.pk)
        return super().shown(row)


class Dossiers(ApplicantDoor, Listing):
    """One's own dossiers."""

    rows = Dossier.objects.all()
    serializer_class = OwnDossierLine

    get = described("Own dossiers")(Listing.get)


class Start(OwnAct):
    """Begin a dossier for a call."""

    body = bodies.StartIn
    status = 201

    def act(self, values: dict[str, Any]) -> Dossier:
        with acting(self.actor):
            call = Call.objects.reach(self.actor, slug=values["call"])
        return dossiers.start(call.pk, actor=self.actor, at=self.at)


class DossierDetail(ApplicantDoor, Detail):
    rows = Dossier.objects.all()
    key = {"reference": "reference"}
    serializer_class = OwnDossierOut

    def listing(self, rows: Any) -> Any:
        return rows.in_full(self.actor)

    get = described("One's own dossier in full")(Detail.get)


class SectionAct(OwnAct):
    """Write one section: `{"values": {"given_names": ...}}`."""

    body = bodies.SectionIn

    def act(self, values: dict[str, Any]) -> Dossier:
        return dossiers.save_section(
            self.dossier().pk,
            actor=self.actor,
            at=self.at,
            section=self.kwargs["section"],
            values=values["values"],
        )


class Tracks(OwnAct):
    """Rank tracks, the most wanted first."""

    body = bodies.TracksIn

    def act(self, values: dict[str, Any]) -> Dossier:
        return dossiers.rank_tracks(
            self.dossier().pk, actor=self.actor, at=self.at, tracks=values["tracks"]
        )


class Attach(OwnAct):
    """Attach a document (multipart: requirement, file)."""

    body = bodies.DocumentIn
    answer = DocumentOut
    status = 201

    def act(self, values: dict[str, Any]) -> Document:
        return documents.attach(
            self.dossier().pk,
            actor=self.actor,
            at=self.at,
            requirement=values["requirement"],
            upload=values["file"],
        )


class RemoveDocument(OwnAct):
    """Take a document out of the draft."""

    answer = DocumentOut

    def act(self, values: dict[str, Any]) -> Document:
        return documents.remove(self.kwargs["document"], actor=self.actor, at=self.at)

    def shown(self, row: Any) -> Any:
        return row


class AskReferee(OwnAct):
    """Ask a referee for a letter; the link goes out at once."""

    body = bodies.RefereeIn
    answer = ReferenceOut
    status = 201

    def act(self, values: dict[str, Any]) -> ReferenceRequest:
        return references.request(self.dossier().pk, actor=self.actor, at=self.at, **values)


class Resend(OwnAct):
    """Send a new link, perhaps to a corrected address; the old link dies."""

    body = bodies.ResendIn
    answer = ReferenceOut

    def act(self, values: dict[str, Any]) -> ReferenceRequest:
        return references.resend(
            self.kwargs["request_id"], actor=self.actor, at=self.at, email=values.get("email")
        )


class ReplaceReferee(OwnAct):
    """Ask somebody else instead."""

    body = bodies.RefereeIn
    answer = ReferenceOut

    def act(self, values: dict[str, Any]) -> ReferenceRequest:
        return references.replace(self.kwargs["request_id"], actor=self.actor, at=self.at, **values)


class Submit(OwnAct):
    """Hand the dossier in. Sending it twice changes nothing."""

    def act(self, values: dict[str, Any]) -> Dossier:
        return dossiers.submit(self.dossier().pk, actor=self.actor, at=self.at)


class Reopen(OwnAct):
    """Make it a draft again, until the deadline."""

    def act(self, values: dict[str, Any]) -> Dossier:
        return dossiers.reopen(self.dossier().pk, actor=self.actor, at=self.at)


class Withdraw(OwnAct):
    body = bodies.ReasonIn

    def act(self, values: dict[str, Any]) -> Dossier:
        return dossiers.withdraw(self.dossier().pk, actor=self.actor, at=self.at, **values)


class OfferAct(OwnAct):
    """An act on the offer of the dossier that the address names."""

    answer = OfferOut

    def offer(self) -> Offer:
        dossier = self.dossier()
        with acting(self.actor):
            mine = Offer.objects.for_actor(self.actor).filter(dossier=dossier)
            latest = mine.order_by("-prepared_at").first()
        if latest is None:
            raise NotFound
        return latest

    def shown(self, row: Any) -> Any:
        if isinstance(row, Offer):
            return Offer.objects.all().for_owner().reach(self.actor, pk=row.pk)
        return super().shown(row)


class OwnOffer(OfferAct):
    """The offer made on the dossier, once it was sent."""

    http_method_names = ["get", "options"]

    @described("The offer on one's own dossier")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        offer = self.offer()
        with acting(self.actor):
            return Response(OfferOut(self.shown(offer)).data)


class Accept(OfferAct):
    def act(self, values: dict[str, Any]) -> Offer:
        return offers.accept(self.offer().pk, actor=self.actor, at=self.at)


class Decline(OfferAct):
    body = bodies.NoteIn

    def act(self, values: dict[str, Any]) -> Offer:
        return offers.decline(self.offer().pk, actor=self.actor, at=self.at, **values)


class OwnReaders(ApplicantDoor):
    """Who can see one's own dossier now, by role and institution, and what the next stage changes."""

    serializer_class = AccessOut

    @described("Who can see one's own dossier")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            rows = Dossier.objects.all().select_related("call")
            dossier = rows.reach(self.actor, reference=self.kwargs["reference"])
            found = access_to(dossier, actor=self.actor, at=self.at)
            return Response(AccessOut(found).data)

"""What stands apart: one's own needs and passport, the inclusion desk, and what the office may learn.

Opened values are answered once and stand in no list; each look of somebody else is journalled by
the act. No token opens them: these views ask for a recent sign-in.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain import evidence, needs, needs_rulings, passports
from admissions.filters import NeedsFilter
from admissions.models import Document, NeedsCase, NeedsStep
from api.admissions import bodies
from api.admissions.applicant import OwnAct
from api.admissions.office import DossierAct
from api.admissions.vault_shapes import (
    CaseLine,
    CaseOut,
    EvidenceOut,
    OwnNeedsOut,
    PassportOut,
    StepOut,
)
from api.base import Act, Answer, Door, Listing, OfficeDoor, described
from consortium.access import acting
from consortium.actor import Wall
from consortium.errors import NotFound


class OwnNeeds(OwnAct):
    """One's own answer: read it, write it; `asks: false` takes it back."""

    http_method_names = ["get", "post", "options"]
    body = bodies.NeedsIn
    answer: Answer = OwnNeedsOut

    @described("One's own individual needs")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.told())

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        values = self.parsed(self.body)
        needs.answer(self.dossier().pk, actor=self.actor, at=self.at, **values)
        return Response(self.told())

    def told(self) -> dict[str, Any]:
        dossier = self.dossier()
        found = needs.own(dossier, actor=self.actor)
        if found is None:
            raise NotFound
        case, answer, reason = found
        with acting(self.actor):
            steps = NeedsStep.objects.for_actor(self.actor, "view").filter(dossier=dossier)
            told = {"case": case, "answer": answer, "reason": reason, "step": steps.first()}
            return dict(OwnNeedsOut(told).data)


class OwnEvidence(OwnAct):
    """Attach medical evidence for what was asked (multipart: requirement, file)."""

    body = bodies.DocumentIn
    answer = EvidenceOut
    status = 201

    def act(self, values: dict[str, Any]) -> Document:
        return evidence.attach(
            self.dossier().pk,
            actor=self.actor,
            at=self.at,
            requirement=values["requirement"],
            upload=values["file"],
        )

    def shown(self, row: Any) -> Any:
        return row


class RemoveEvidence(OwnAct):
    """Take evidence back; nothing of the file is kept."""

    answer = EvidenceOut

    def act(self, values: dict[str, Any]) -> Document:
        return evidence.remove(self.kwargs["document"], actor=self.actor, at=self.at)

    def shown(self, row: Any) -> Any:
        return row


class OwnPassport(OwnAct):
    """One's own passport, once the place was taken."""

    http_method_names = ["get", "post", "options"]
    needs_recent_sign_in = True
    body = bodies.PassportIn
    answer = PassportOut

    @described("One's own passport")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.told())

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        values = self.parsed(self.body)
        passports.give(self.dossier().pk, actor=self.actor, at=self.at, values=values)
        return Response(self.told())

    def told(self) -> dict[str, Any]:
        found = passports.own(self.dossier(), actor=self.actor)
        if found is None:
            raise NotFound
        return dict(PassportOut(found).data)


class InclusionDoor(Door):
    wall = Wall.INCLUSION
    needs_account = True
    right = "open_vault"


class Cases(InclusionDoor, Listing):
    """Who asked for support, and where it stands."""

    rows = NeedsCase.objects.all()
    serializer_class = CaseLine
    filterset_class = NeedsFilter

    get = described("Cases of individual needs")(Listing.get)


class CaseDetail(InclusionDoor):
    """One case, opened; the look is written down."""

    http_method_names = ["get", "options"]
    needs_recent_sign_in = True
    leaves_trace = True
    serializer_class = CaseOut

    @extend_schema(summary="A case of individual needs, opened", responses=CaseOut)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            told = needs_rulings.read(self.kwargs["case"], actor=self.actor, at=self.at)
            files = evidence.of_case(told.case, actor=self.actor)
            return Response(CaseOut({"told": told, "evidence": files}).data)


class CaseAct(InclusionDoor, Act):
    """An act on the case that the address names; the answer shows nothing that was written."""

    needs_recent_sign_in = True
    answer: Answer = CaseLine


class HoldEvidence(CaseAct):
    """Evidence was seen elsewhere."""

    body = bodies.NoteIn

    def act(self, values: dict[str, Any]) -> NeedsCase:
        return needs_rulings.hold_evidence(
            self.kwargs["case"], actor=self.actor, at=self.at, **values
        )


class Approve(CaseAct):
    """Approve a step of unit costs."""

    body = bodies.StepIn

    def act(self, values: dict[str, Any]) -> NeedsCase:
        return needs_rulings.approve(self.kwargs["case"], actor=self.actor, at=self.at, **values)


class Refuse(CaseAct):
    body = bodies.ReasonIn

    def act(self, values: dict[str, Any]) -> NeedsCase:
        return needs_rulings.refuse(self.kwargs["case"], actor=self.actor, at=self.at, **values)


class Report(CaseAct):
    """The step was reported to the agency."""

    def act(self, values: dict[str, Any]) -> NeedsCase:
        return needs_rulings.report(self.kwargs["case"], actor=self.actor, at=self.at)


class Steps(OfficeDoor, Listing):
    """The steps that were approved: all that the office learns of individual needs."""

    right = "enrol_students"
    rows = NeedsStep.objects.all()
    serializer_class = StepOut

    get = described("Approved steps for individual needs")(Listing.get)


class RevealPassport(DossierAct):
    """Open a passport, for a reason that is written down."""

    right = "enrol_students"
    needs_recent_sign_in = True
    body = bodies.ReasonIn
    answer = PassportOut

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        reason = self.parsed(self.body)["reason"]
        told = passports.reveal(self.dossier().pk, actor=self.actor, at=self.at, reason=reason)
        return Response(PassportOut(told).data)

"""The office: calls, dossiers, eligibility, assignments, ranking, offers."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from admissions.domain import (
    assignments,
    calls,
    eligibility,
    looks,
    offers,
    ranking,
    unfinished,
)
from admissions.domain.eligibility import Finding
from admissions.filters import DossierFilter
from admissions.models import (
    Assignment,
    Call,
    Dossier,
    EligibilityCheck,
    Offer,
    RankingRun,
)
from api.admissions import bodies
from api.admissions.serializers import (
    AssignmentOut,
    CallOut,
    CheckOut,
    DossierLine,
    DossierOut,
    OfferOut,
    RankingOut,
    UnfinishedOut,
)
from api.base import Act, Answer, Detail, Listing, OfficeDoor, described
from consortium.access import acting
from mobility_tracks.models import Track


class Dossiers(OfficeDoor, Listing):
    """Every dossier of the consortium, filtered as on the office's page."""

    right = "view_dossiers"
    of_one_call = True
    rows = Dossier.objects.all()
    serializer_class = DossierLine
    filterset_class = DossierFilter

    get = described("Dossiers")(Listing.get)

    def listing(self, rows: Any) -> Any:
        return rows.for_listing("call", "residence_country", "position").select_related("call")


class DossierDetail(OfficeDoor, Detail):
    right = "view_dossiers"
    of_one_call = True
    rows = Dossier.objects.all()
    key = {"reference": "reference"}
    serializer_class = DossierOut
    leaves_trace = True

    def listing(self, rows: Any) -> Any:
        return rows.in_full(self.actor)

    def look(self, row: Any) -> None:
        looks.at_dossier(row, actor=self.actor, at=self.at)


class Unfinished(OfficeDoor):
    """Begun and not sent: references and days, no person."""

    right = "view_dossiers"
    of_one_call = True
    serializer_class = UnfinishedOut

    @described("Dossiers begun and not sent")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        with acting(self.actor):
            call = Call.objects.reach(self.actor, slug=self.kwargs["slug"])
            begun = unfinished.unfinished(call.pk, actor=self.actor)
        rows = UnfinishedOut(begun.rows, many=True).data
        return Response({"count": begun.count, "results": rows})


class CallAct(OfficeDoor, Act):
    """An act on the call that the address names."""

    answer: Answer = CallOut

    def call(self) -> Call:
        with acting(self.actor):
            return Call.objects.reach(self.actor, slug=self.kwargs["slug"])


class OpenCall(CallAct):
    """Open the call; criteria, documents and rules are frozen."""

    def act(self, values: dict[str, Any]) -> Call:
        return calls.open_call(self.call().pk, actor=self.actor, at=self.at)


class ExtendCall(CallAct):
    body = bodies.ExtensionIn

    def act(self, values: dict[str, Any]) -> Call:
        return calls.extend_deadline(self.call().pk, actor=self.actor, at=self.at, **values)


class CloseCall(CallAct):
    def act(self, values: dict[str, Any]) -> Call:
        return calls.close_call(self.call().pk, actor=self.actor, at=self.at)


class Distribute(CallAct):
    """Assign every eligible dossier to reviewers of different partners."""

    body = bodies.SeedIn

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        values = self.parsed(self.body)
        done = assignments.distribute(
            self.call().pk, actor=self.actor, at=self.at, seed=values.get("seed") or "1"
        )
        return Response({"assigned": len(done.assigned), "unassignable": len(done.unassignable)})


class Compute(CallAct):
    """Compute the ranking from submitted reviews."""

    body = bodies.SeedIn
    answer = RankingOut
    status = 201

    def act(self, values: dict[str, Any]) -> RankingRun:
        return ranking.compute(
            self.call().pk, actor=self.actor, at=self.at, seed=values.get("seed")
        )

    def shown(self, row: Any) -> Any:
        return RankingRun.objects.in_full().reach(self.actor, pk=row.pk)


class Rankings(OfficeDoor, Listing):
    right = "view_dossiers"
    of_one_call = True
    rows = RankingRun.objects.all()
    key = {"call__slug": "slug"}
    serializer_class = RankingOut

    def listing(self, rows: Any) -> Any:
        return rows.in_full()


class Approve(OfficeDoor, Act):
    """Approve a ranking; dossiers move to the main list, the reserve list or neither."""

    answer = RankingOut

    def act(self, values: dict[str, Any]) -> RankingRun:
        return ranking.approve(self.kwargs["run"], actor=self.actor, at=self.at)

    def shown(self, row: Any) -> Any:
        return RankingRun.objects.in_full().reach(self.actor, pk=row.pk)


class DossierAct(OfficeDoor, Act):
    """An act on the dossier that the address names."""

    def dossier(self) -> Dossier:
        with acting(self.actor):
            return Dossier.objects.reach(self.actor, reference=self.kwargs["reference"])


class Rule(DossierAct):
    """Rule on the eligibility, rule by rule."""

    body = bodies.EligibilityIn
    answer = CheckOut
    status = 201

    def act(self, values: dict[str, Any]) -> EligibilityCheck:
        findings = {code: Finding(**finding) for code, finding in values["findings"].items()}
        return eligibility.rule(
            self.dossier().pk,
            actor=self.actor,
            at=self.at,
            findings=findings,
            reason=values["reason"],
        )


class Assign(DossierAct):
    """Assign reviewers by their memberships."""

    body = bodies.AssignIn
    answer = AssignmentOut

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        ids = self.parsed(self.body)["memberships"]
        dossier = self.dossier()
        assignments.assign(dossier.pk, actor=self.actor, at=self.at, membership_ids=ids)
        with acting(self.actor):
            rows = Assignment.objects.for_actor(self.actor).filter(dossier=dossier)
            shown = rows.for_listing("assigned_at", "party").select_related("party")
            return Response({"results": AssignmentOut(shown, many=True).data}, status=201)


class PrepareOffer(DossierAct):
    body = bodies.OfferIn
    answer = OfferOut
    status = 201

    def act(self, values: dict[str, Any]) -> Offer:
        dossier, code = self.dossier(), values.pop("track", None)
        return offers.prepare(
            dossier.pk, actor=self.actor, at=self.at, track=self._track(dossier, code), **values
        )

    def _track(self, dossier: Dossier, code: str | None) -> Track | None:
        if not code:
            return None
        with acting(self.actor):
            return Track.objects.reach(
                self.actor, code=code, version__intakes__calls=dossier.call_id
            )


class Offers(OfficeDoor, Listing):
    right = "view_dossiers"
    of_one_call = True
    rows = Offer.objects.all()
    serializer_class = OfferOut


class SendOffer(OfficeDoor, Act):
    answer = OfferOut

    def act(self, values: dict[str, Any]) -> Offer:
        return offers.send([self.kwargs["offer"]], actor=self.actor, at=self.at)[0]

"""Who is funded from which line: students with the route of the offer that they accepted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from admissions.models import Call, NeedsStep, Offer
from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import Enrolment

MOST = 10_000
NOW = ("pre_enrolled", "enrolled", "on_leave")
FINISHED = ("completed", "graduated")


@dataclass(frozen=True, slots=True)
class Total:
    """Students of one intake on one line. code: of the route, empty where none is recorded."""

    intake_id: UUID
    intake: str
    code: str
    line: str
    now: int
    finished: int
    withdrawn: int

    @property
    def all(self) -> int:
        return self.now + self.finished + self.withdrawn


@dataclass(frozen=True, slots=True)
class Funded:
    """One student as a row of a sheet.

    line: the route's name, empty where none is recorded. step: euros for individual needs.
    """

    reference: str
    name: str
    intake: str
    line: str
    state: str
    enrolled_at: datetime | None
    step: int | None = None


def steps(references: Iterable[str], *, actor: Actor) -> dict[str, int]:
    """Euros approved for individual needs by reference: all that the vault lets out."""
    rows = NeedsStep.objects.for_actor(actor, "view").filter(reference__in=list(references))
    return dict(rows.values_list("reference", "amount"))


def funded(*, actor: Actor) -> QuerySet[Enrolment]:
    """Enrolments with `route`, the code of the accepted offer's line, empty without one.

    Reads the columns that a finance officer may: no dossier, no mark, no origin.
    """
    return with_line(Enrolment.objects.for_actor(actor, "fund"), actor=actor)


def with_line(rows: QuerySet[Enrolment], *, actor: Actor) -> QuerySet[Enrolment]:
    """Rows dressed with `route`, and with the columns of the desk alone."""
    accepted = Offer.objects.for_actor(actor, "fund").filter(
        dossier__reference=OuterRef("reference")
    )
    route = Coalesce(Subquery(accepted.values("route")[:1]), Value(""))
    rows = rows.select_related("intake")
    seen = ("consortium_id", "reference", "person_name", "state", "enrolled_at", "intake__name")
    return rows.annotate(route=route).only(*seen)


def lines(*, actor: Actor) -> dict[str, str]:
    """Names of the lines by code, as the newest call that has the code names them."""
    calls = Call.objects.for_actor(actor, "view").order_by("closes_at")
    return {
        route["code"]: route["name"]
        for routes in calls.values_list("routes", flat=True)
        for route in routes
    }


def totals(*, actor: Actor) -> list[Total]:
    """Students by intake, the newest first, and line; two queries."""
    names = lines(actor=actor)
    rows: QuerySet[Any] = funded(actor=actor)
    rows = rows.order_by("-intake__year", "intake__name", "route")
    counted = rows.values("intake_id", "intake__year", "intake__name", "route").annotate(
        now=Count("pk", filter=Q(state__in=NOW)),
        finished=Count("pk", filter=Q(state__in=FINISHED)),
        withdrawn=Count("pk", filter=Q(state="withdrawn")),
    )
    return [
        Total(
            intake_id=row["intake_id"],
            intake=row["intake__name"],
            code=row["route"],
            line=names.get(row["route"], row["route"]),
            now=row["now"],
            finished=row["finished"],
            withdrawn=row["withdrawn"],
        )
        for row in counted
    ]


def export(rows: QuerySet[Enrolment], *, actor: Actor, at: datetime) -> list[Funded]:
    """Rows of `funded`, at most MOST of them, to take away; how many is journalled."""
    with acting(actor):
        found = list(_sheet(rows, lines(actor=actor), actor=actor))
        facts = {"rows": len(found)}
        journal.note("funding", "funding.export", actor=actor, at=at, facts=facts)
    return found


def _sheet(rows: QuerySet[Enrolment], names: dict[str, str], *, actor: Actor) -> Iterator[Funded]:
    found = list(rows.order_by("-intake__year", "person_name", "pk")[:MOST])
    approved = steps((row.reference for row in found), actor=actor)
    for row in found:
        code: str = row.route  # type: ignore[attr-defined]  # annotated by `funded`
        yield Funded(
            reference=row.reference,
            name=row.person_name,
            intake=row.intake.name,
            line=names.get(code, code),
            state=row.state,
            enrolled_at=row.enrolled_at,
            step=approved.get(row.reference),
        )

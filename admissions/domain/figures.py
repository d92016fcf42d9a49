"""Counts and short lists for the screens of a call. They run inside the actor's context.

However many dossiers there are, each asks one query per kind of thing, and one for the call itself.
Every function that names a call raises NotFound when the actor may not see it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db.models import Aggregate, Count, Min, Model, Q, QuerySet, Window

from admissions.models import Assignment, Call, Dossier, ReferenceRequest
from consortium.access import acting
from consortium.actor import Actor

M = TypeVar("M", bound=Model)

TAKEN = ("selected", "offered", "accepted", "enrolled")
DECIDED = (*TAKEN, "reserve", "not_selected", "declined")
RANKED = ("ranked", *DECIDED)
AWAITING_LETTERS = ("submitted", "eligible", "under_review")
UNDONE = ("proposed", "in_progress")
_STAGES = {
    "started": Q(),
    "complete": Q(submitted_at__isnull=False) | Q(declared_true=True),
    "submitted": Q(submitted_at__isnull=False),
    "eligible": Q(state__in=("eligible", "under_review", *RANKED)),
    "ranked": Q(state__in=RANKED),
    "offered": Q(state__in=("offered", "accepted", "declined", "enrolled")),
    "accepted": Q(state__in=("accepted", "enrolled")),
    "enrolled": Q(state="enrolled"),
}


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many dossiers got at least this far; who withdraws counts up to the submission.

    complete: submitted, or declared to be true, which needs every other section to be complete.
    """

    started: int = 0
    complete: int = 0
    submitted: int = 0
    eligible: int = 0
    ranked: int = 0
    offered: int = 0
    accepted: int = 0
    enrolled: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """taken: selected, offered, accepted or enrolled. vacant: places that a decline, an expiry or a
    short list left free, 0 before the ranking is approved. awaited: offers not answered yet."""

    places: int
    taken: int
    vacant: int
    awaited: int
    reserve: int


@dataclass(frozen=True, slots=True)
class Listed(Generic[M]):
    """The first rows, and how many there are in all."""

    count: int
    rows: tuple[M, ...]


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What a call needs somebody for today."""

    bounced: Listed[ReferenceRequest]
    missing_letters: Listed[Dossier]
    overdue: Listed[Assignment]


@dataclass(frozen=True, slots=True)
class Progress:
    """A reviewer's assignments without those in conflict. next_due_at: of those not done."""

    assigned: int
    to_declare: int
    in_progress: int
    done: int
    conflicted: int
    overdue: int
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewerProgress:
    """One reviewer's progress in a call, for the office."""

    reviewer_id: int
    name: str
    party: str
    progress: Progress


def funnel(call_id: object, *, actor: Actor) -> Funnel:
    """The funnel of one call; two queries."""
    call = Call.objects.reach(actor, "view", pk=call_id)
    return funnels([call.pk], actor=actor)[call.pk]


def funnels(call_ids: Iterable[UUID], *, actor: Actor) -> Mapping[UUID, Funnel]:
    """The funnels of several calls, zeros where nobody started or the actor sees none; one query.

    The house counts: what was never sent is told in numbers only.
    """
    ids = list(call_ids)
    seen = [pk for pk in ids if actor.may("view_dossiers") or pk in _calls_of(actor)]
    system = Actor.system(actor.tenant)
    with acting(system):
        rows = Dossier.objects.for_actor(system, "view").filter(call_id__in=seen).order_by()
        counted = rows.values("call_id").annotate(
            # The prefix keeps the names apart from fields and relations of the dossier.
            **{f"at_{stage}": _count(got_there) for stage, got_there in _STAGES.items()}
        )
        found = {
            row["call_id"]: Funnel(**{stage: row[f"at_{stage}"] for stage in _STAGES})
            for row in cast("Iterable[Mapping[str, Any]]", counted)
        }
    return {pk: found.get(pk, Funnel()) for pk in ids}


def _calls_of(actor: Actor) -> frozenset[UUID]:
    return frozenset(actor.containers_with("view_dossiers"))


def places(call_id: object, *, actor: Actor) -> Places:
    """The places of a call and who has them; two queries."""
    call = Call.objects.reach(actor, "view", pk=call_id)
    rows = Dossier.objects.for_actor(actor, "view").filter(call=call)
    counted = rows.aggregate(
        taken=_count(Q(state__in=TAKEN)),
        decided=_count(Q(state__in=DECIDED)),
        awaited=_count(Q(state="offered")),
        reserve=_count(Q(state="reserve")),
    )
    free = max(0, call.places - counted["taken"]) if counted.pop("decided") else 0
    return Places(places=call.places, vacant=free, **counted)


def exceptions(call_id: object, *, actor: Actor, at: datetime, most: int = 20) -> Exceptions:
    """Bounced referees, dossiers whose letters are missing, overdue reviews; four queries."""
    call = Call.objects.reach(actor, "view", pk=call_id)
    bounced = ReferenceRequest.objects.for_actor(actor, "view").filter(
        dossier__call=call, state="bounced"
    )
    bounced = bounced.exclude(dossier__state__in=("withdrawn", "lapsed")).select_related("dossier")
    lacking = (
        Dossier.objects.for_actor(actor, "view")
        .for_listing()
        .filter(call=call, state__in=AWAITING_LETTERS)
        .annotate(letters_in=_count(Q(references__state="received"), "references"))
        .filter(letters_in__lt=call.references_needed)
    )
    overdue = Assignment.objects.for_actor(actor, "view").for_listing().filter(dossier__call=call)
    overdue = overdue.filter(_overdue(at), dossier__state="under_review")
    return Exceptions(
        bounced=_listed(bounced.order_by("created_at", "pk"), most),
        missing_letters=_listed(lacking.order_by("submitted_at", "pk"), most),
        overdue=_listed(overdue.order_by("due_at", "pk"), most),
    )


def my_progress(*, actor: Actor, at: datetime) -> Progress:
    """How far the actor is with the dossiers that were assigned to them; one query."""
    rows = Assignment.objects.for_actor(actor, "view").filter(reviewer_id=actor.user_id)
    return Progress(**rows.aggregate(**_progress(at)))


def reviewers_progress(call_id: object, *, actor: Actor, at: datetime) -> list[ReviewerProgress]:
    """How far each reviewer of a call is, by name; two queries."""
    call = Call.objects.reach(actor, "assign", pk=call_id)
    rows = Assignment.objects.for_actor(actor, "view").filter(dossier__call=call)
    keys = ("reviewer_id", "reviewer_name", "party__code")
    counted = rows.order_by("reviewer_name", "reviewer_id", "party__code").values(*keys)
    found = cast("Iterable[dict[str, Any]]", counted.annotate(**_progress(at)))
    return [
        ReviewerProgress(
            reviewer_id=row["reviewer_id"],
            name=row["reviewer_name"],
            party=row["party__code"],
            progress=Progress(**{name: row[name] for name in _progress(at)}),
        )
        for row in found
    ]


def _progress(at: datetime) -> dict[str, Aggregate]:
    undone = Q(state__in=UNDONE)
    return {
        "assigned": _count(~Q(state="conflicted")),
        "to_declare": _count(Q(state="proposed")),
        "in_progress": _count(Q(state="in_progress")),
        "done": _count(Q(state__in=("submitted", "locked"))),
        "conflicted": _count(Q(state="conflicted")),
        "overdue": _count(_overdue(at)),
        "next_due_at": Min("due_at", filter=undone),
    }


def _overdue(at: datetime) -> Q:
    return Q(state__in=UNDONE, due_at__lte=at)


def _count(rows: Q, of: str = "pk") -> Count:
    return Count(of, filter=rows)


def _listed(rows: QuerySet[M], most: int) -> Listed[M]:
    found = tuple(rows.annotate(in_all=Window(Count("*")))[:most])
    return Listed(count=getattr(found[0], "in_all", 0) if found else 0, rows=found)

"""Who has how much to review, who could have more, and which dossiers lack reviewers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from admissions.distribution import Reviewer, Task
from admissions.models import Assignment, Call, Dossier
from consortium.actor import Actor
from consortium.models import Membership
from consortium.roles import Role

REVIEWABLE = ("eligible", "under_review")
LIVE = ~Q(state="conflicted")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A dossier that lacks reviewers. conflicted: how many of its own declared a conflict."""

    dossier_id: object
    reference: str
    missing: int
    conflicted: int = 0


@dataclass(frozen=True, slots=True)
class Workload:
    """A call's dossiers by reference and its reviewers' memberships by person, as a problem."""

    dossiers: Mapping[str, Dossier]
    members: Mapping[str, Membership]
    tasks: Sequence[Task]
    reviewers: Sequence[Reviewer]


def reviewers(*, actor: Actor, at: datetime) -> QuerySet[Membership]:
    """Memberships to choose reviewers from. Runs inside the actor's context."""
    rows = Membership.objects.for_actor(actor, "view").filter(role=Role.REVIEWER).current(at)
    return rows.select_related("party").order_by("person_name", "pk")


def replacements_needed(call_id: object, *, actor: Actor) -> list[Shortfall]:
    """Dossiers under review with too few reviewers left, or of one partner only; two queries.

    Runs inside the actor's context. Raises NotFound or NotAllowed by the right to assign.
    """
    call = Call.objects.reach(actor, "assign", pk=call_id)
    alive = Q(assignments__isnull=False) & ~Q(assignments__state="conflicted")
    rows = (
        Dossier.objects.for_actor(actor, "assign")
        .filter(call=call, state="under_review")
        .annotate(
            have=Count("assignments", filter=alive),
            partners=Count("assignments__party", filter=alive, distinct=True),
            conflicted=Count("assignments", filter=Q(assignments__state="conflicted")),
        )
        .filter(Q(have__lt=call.reviews_needed) | Q(partners__lt=min(2, call.reviews_needed)))
        .order_by("reference")
    )
    columns = rows.values_list("pk", "reference", "have", "conflicted")
    return [
        Shortfall(pk, reference, max(1, call.reviews_needed - have), conflicted)
        for pk, reference, have, conflicted in columns
    ]


def workload(call: Call, *, actor: Actor, at: datetime) -> Workload:
    """The call's dossiers to review, locked, and what each still lacks; three queries.

    Needs the act's own transaction.
    """
    rows = Dossier.objects.for_actor(actor, "assign").filter(call=call, state__in=REVIEWABLE)
    columns = rows.only("consortium", "reference", "state")
    dossiers = list(columns.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    given: dict[object, list[Assignment]] = {}
    for row in Assignment.objects.filter(dossier__call=call):
        given.setdefault(row.dossier_id, []).append(row)
    members = _one_per_person(reviewers(actor=actor, at=at))
    return Workload(
        dossiers={dossier.reference: dossier for dossier in dossiers},
        members=members,
        tasks=[_task(call, dossier, given.get(dossier.pk, [])) for dossier in dossiers],
        reviewers=_loaded(members, [row for rows in given.values() for row in rows]),
    )


def _one_per_person(members: Iterable[Membership]) -> dict[str, Membership]:
    """By person: who reviews for two partners does so for the one appointed first."""
    first: dict[str, Membership] = {}
    for member in sorted(members, key=lambda each: (each.starts_at, str(each.pk))):
        first.setdefault(str(member.user_id), member)
    return first


def _task(call: Call, dossier: Dossier, there: Sequence[Assignment]) -> Task:
    alive = [row for row in there if row.state != "conflicted"]
    partners = frozenset(str(row.party_id) for row in alive)
    missing = max(0, call.reviews_needed - len(alive))
    # After a conflict enough reviewers may be left, but all of one partner: one of another, then.
    alone = call.reviews_needed >= 2 and len(partners) == 1
    return Task(
        key=dossier.reference,
        missing=missing or int(alone),
        barred=frozenset(str(row.reviewer_id) for row in there),
        taken=partners,
    )


def _loaded(members: Mapping[str, Membership], there: Iterable[Assignment]) -> list[Reviewer]:
    held = Counter(str(row.reviewer_id) for row in there if row.state != "conflicted")
    return [Reviewer(key, str(each.party_id), held[key]) for key, each in members.items()]

"""Who has begun and not sent, as far as it is the office's business: numbers, days, no person.

A draft is the applicant's alone (admissions/visibility.py). Its reference lets the office find the
dossier that somebody writes about; reminders of a moved deadline are the house's own.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Window

from admissions.models import Call, Dossier
from admissions.visibility import UNSENT
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import NotFound

MOST = 500


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A dossier that was never sent. declared: whether only the sending is missing."""

    reference: str
    started_at: datetime
    saved_at: datetime
    declared: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """count: how many in all; rows: those touched last, at most MOST."""

    count: int
    rows: tuple[Unfinished, ...]


def unfinished(call_id: object, *, actor: Actor) -> Begun:
    """Drafts and lapsed dossiers of a call, and those withdrawn as drafts; two queries.

    Runs inside the actor's context and reads named columns as the house. Raises NotFound for who
    may not see the dossiers of the call.
    """
    call = Call.objects.reach(actor, "view", pk=call_id)
    if not (actor.may("view_dossiers") or call.pk in actor.containers_with("view_dossiers")):
        raise NotFound
    never_sent = Q(state__in=sorted(UNSENT)) | Q(state="withdrawn", submitted_at__isnull=True)
    system = Actor.system(actor.tenant)
    with acting(system):
        rows = Dossier.objects.for_actor(system).filter(never_sent, call=call)
        rows = rows.annotate(in_all=Window(Count("*"))).order_by("-saved_at", "pk")
        names = ("reference", "started_at", "saved_at", "declared_true", "in_all")
        found = list(rows.values_list(*names)[:MOST])
    return Begun(
        count=found[0][-1] if found else 0,
        rows=tuple(Unfinished(*columns[:-1]) for columns in found),
    )

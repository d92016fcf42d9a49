"""How much a partner's reviewers have to do and have done: counts, without dossier or mark."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from consortium.actor import Actor

COUNTS = "SELECT party_id, reviewer_id, assigned, submitted, overdue FROM itinera_review_work(%s)"


@dataclass(frozen=True, slots=True)
class Work:
    """assigned: without those that a conflict took away. overdue: past their day, not submitted."""

    assigned: int = 0
    submitted: int = 0
    overdue: int = 0


NOTHING = Work()


def work_of(
    parties: Iterable[int], *, actor: Actor, at: datetime
) -> Mapping[tuple[int, int], Work]:
    """By party and person, over all calls, for parties whose rights the actor hands on; one query.

    Runs inside the actor's context. The function in walls.py counts, since a partner opens no
    assignment of its reviewers.
    """
    own = set(parties) & set(actor.parties_with("delegate_rights"))
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [at])
        rows = cursor.fetchall()
    return {(party, person): Work(*counts) for party, person, *counts in rows if party in own}

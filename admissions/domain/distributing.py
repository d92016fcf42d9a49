"""Give all of a call's dossiers to reviewers at once, by partners that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from admissions import messages
from admissions.distribution import share
from admissions.domain.workload import Shortfall, workload
from admissions.models import Assignment, Call, Dossier
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.many import insert_many
from consortium.models import Membership
from consortium.models.tenant import new_id


@dataclass(frozen=True, slots=True)
class Given:
    """A dossier and who got it. pk: the assignment's."""

    dossier: Dossier
    member: Membership
    pk: UUID = field(default_factory=new_id)

    @property
    def dossier_id(self) -> UUID:
        return self.dossier.pk

    @property
    def reviewer_id(self) -> int:
        return self.member.user_id


@dataclass(frozen=True, slots=True)
class Distribution:
    """assigned: the new assignments. unassignable: dossiers that nobody is left for."""

    assigned: tuple[Given, ...]
    unassignable: tuple[Shortfall, ...]


def distribute(
    call_id: object, *, actor: Actor, at: datetime, seed: str, due_at: datetime | None = None
) -> Distribution:
    """Bring every eligible dossier of a call to its number of reviewers, each of another partner.

    Loads differ by one at most where partners and conflicts allow; equal loads are told apart by
    `seed`, which is journalled. What is assigned stays: a second run adds only what is missing. One
    mail per reviewer. Raises NotFound or NotAllowed by the right to assign.
    """
    with acting(actor):
        call = Call.objects.locked(actor, "assign", call_id)
        load = workload(call, actor=actor, at=at)
        shares = share(load.tasks, load.reviewers, seed=seed)
        given = [
            Given(load.dossiers[reference], load.members[key])
            for reference, keys in shares.reviewers.items()
            for key in keys
        ]
        grant(given, at=at, due_at=due_at)
        _tell(call, given, actor=actor, at=at, seed=seed)
    short = sorted(shares.short.items())
    return Distribution(
        assigned=tuple(given),
        unassignable=tuple(Shortfall(load.dossiers[ref].pk, ref, many) for ref, many in short),
    )


def grant(given: Sequence[Given], *, at: datetime, due_at: datetime | None) -> None:
    """Write the rows that are the reviewers' right, in one statement, within the act's context."""
    if not given:
        return
    insert_many(
        Assignment,
        shared={
            "consortium_id": given[0].dossier.consortium_id,
            "due_at": due_at,
            "assigned_at": at,
            "conflict_reason": "",
            "state": Assignment.lifecycle.initial,
        },
        own={
            "id": [each.pk for each in given],
            "dossier_id": [each.dossier_id for each in given],
            "reference": [each.dossier.reference for each in given],
            "reviewer_id": [each.reviewer_id for each in given],
            "reviewer_name": [each.member.person_name for each in given],
            "party_id": [each.member.party_id for each in given],
        },
    )


def _tell(call: Call, given: Sequence[Given], *, actor: Actor, at: datetime, seed: str) -> None:
    """States, journal, one mail per reviewer."""
    facts = {"seed": seed, "assigned": len(given)}
    journal.record("call.distribute", call, actor=actor, at=at, facts=facts)
    touched = {each.dossier_id: each.dossier for each in given}
    lifecycle.advance_all(list(touched.values()), "assign", actor=actor, at=at, facts=facts)
    people = {each.reviewer_id for each in given}
    messages.assignment_news(people, consortium=call.consortium, at=at)

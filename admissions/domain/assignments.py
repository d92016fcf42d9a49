"""Give a dossier to reviewers by hand, and take it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from admissions import messages
from admissions.domain.distributing import Distribution, distribute
from admissions.domain.workload import (
    LIVE,
    REVIEWABLE,
    Shortfall,
    replacements_needed,
    reviewers,
)
from admissions.models import Assignment, Dossier
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotFound, WrongState
from consortium.models import Membership

__all__ = [
    "Distribution",
    "Shortfall",
    "assign",
    "distribute",
    "replacements_needed",
    "reviewers",
    "withdraw_assignment",
]


def assign(
    dossier_id: object,
    *,
    actor: Actor,
    at: datetime,
    membership_ids: Iterable[UUID | str],
    due_at: datetime | None = None,
) -> list[Assignment]:
    """Give a dossier to reviewers, named by their memberships; mails them that there is news.

    Reviewers without a conflict come from at least two partners as soon as the call's number of
    reviews is reached (domain.md 5). Raises NotFound for an unknown membership, Invalid for one
    that is no reviewer's in force, Conflict for a reviewer who has the dossier or a lone partner,
    WrongState unless the dossier is eligible or under review.
    """
    with acting(actor):
        dossier = Dossier.objects.locked(actor, "assign", dossier_id)
        _check_reviewable(dossier)
        chosen = _memberships(actor, at, list(dict.fromkeys(membership_ids)))
        _check_not_twice(dossier, chosen)
        _check_partners(dossier, chosen)
        made = [_proposal(dossier, member, at, due_at) for member in chosen]
        Assignment.objects.bulk_create(made)
        facts = {"assignments": [str(row.pk) for row in made]}
        lifecycle.advance(dossier, "assign", actor=actor, at=at, facts=facts)
        people = [row.reviewer_id for row in made]
        messages.assignment_news(people, consortium=dossier.consortium, at=at)
    return made


def withdraw_assignment(
    assignment_id: object, *, actor: Actor, at: datetime, reason: str
) -> Assignment:
    """Take a dossier back from a reviewer who has not submitted; a private draft goes with it.

    The reviewer loses sight of the dossier at once. Raises WrongState for a submitted review and
    for a declared conflict: both are history. Returns the row as it was.
    """
    with acting(actor):
        row = Assignment.objects.locked(actor, "manage", assignment_id)
        if row.state not in {"proposed", "in_progress"}:
            raise WrongState(
                _("An assignment is taken back only before its review is in."),
                fact=_("It is %(state)s.") % {"state": row.state.replace("_", " ")},
            )
        facts = {"dossier": str(row.dossier_id), "reviewer": row.reviewer_id}
        journal.record(
            "assignment.withdraw", row, actor=actor, at=at, reason=reason.strip(), facts=facts
        )
        # The private draft that goes with it is not the office's to see.
        with acting(Actor.system(actor.tenant)):
            Assignment.objects.filter(pk=row.pk).delete()
    return row


def _memberships(actor: Actor, at: datetime, ids: Sequence[UUID | str]) -> list[Membership]:
    if not ids:
        raise Invalid(
            _("A dossier is given to somebody."),
            fields={"membership_ids": _("Choose at least one reviewer.")},
        )
    known = Membership.objects.for_actor(actor, "view").filter(pk__in=ids)
    if known.count() != len(ids):
        raise NotFound
    chosen = list(reviewers(actor=actor, at=at).filter(pk__in=ids))
    if len(chosen) != len(ids):
        raise Invalid(
            _("Dossiers go to people who are reviewers now."),
            fact=_("One of those chosen is not, or is no longer."),
            next_step=_("Appoint the person as a reviewer first."),
            fields={"membership_ids": _("Choose reviewers in office.")},
        )
    return chosen


def _check_reviewable(dossier: Dossier) -> None:
    if dossier.state not in REVIEWABLE:
        raise WrongState(
            _("Reviewers get a dossier that was found eligible and is not ranked yet."),
            fact=_("It is %(state)s.") % {"state": dossier.state.replace("_", " ")},
            next_step=_("Reload the page to see where it stands."),
        )


def _check_not_twice(dossier: Dossier, chosen: Sequence[Membership]) -> None:
    there = set(dossier.assignments.values_list("reviewer_id", flat=True))
    people = [member.user_id for member in chosen]
    twice = {m.person_name for m in chosen if m.user_id in there or people.count(m.user_id) > 1}
    if twice:
        raise Conflict(
            _("A reviewer gets a dossier once, also after a declared conflict."),
            fact=_("Already assigned: %(names)s.") % {"names": ", ".join(sorted(twice))},
            next_step=_("Choose somebody else."),
            fields={"membership_ids": _("Assigned already.")},
        )


def _check_partners(dossier: Dossier, chosen: Sequence[Membership]) -> None:
    needed = dossier.call.reviews_needed
    there = list(dossier.assignments.filter(LIVE).values_list("party_id", flat=True))
    partners = there + [member.party_id for member in chosen]
    if needed >= 2 and len(partners) >= needed and len(set(partners)) < 2:
        raise Conflict(
            _("The reviewers of a dossier come from at least two partners."),
            fact=_("All of them would be of %(partner)s.") % {"partner": chosen[0].party},
            next_step=_("Choose a reviewer of another partner."),
            fields={"membership_ids": _("Choose another partner too.")},
        )


def _proposal(
    dossier: Dossier, member: Membership, at: datetime, due_at: datetime | None
) -> Assignment:
    return Assignment(
        consortium_id=dossier.consortium_id,
        dossier=dossier,
        reference=dossier.reference,
        reviewer_id=member.user_id,
        reviewer_name=member.person_name,
        party=member.party,
        due_at=due_at,
        assigned_at=at,
    )

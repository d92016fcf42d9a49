"""From an account to an actor: what this person may do in this consortium, now."""

from collections import defaultdict
from datetime import datetime

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models.grants import ConsortiumUserGrant, PartyGroupGrant, PartyUserGrant
from consortium.models.membership import Membership
from consortium.models.person import User
from consortium.models.tenant import Consortium


def actor_for(user: User, consortium: Consortium, wall: Wall, *, at: datetime) -> Actor:
    """The person as they come through the door of one audience. Reads only their own rows.

    A right needs a membership in force at `at`; a right on a party needs the party's own grant too.
    """
    with acting(Actor(wall=Wall.PERSON, user_id=user.pk)):
        memberships = list(
            Membership.objects.filter(user_id=user.pk, consortium_id=consortium.pk).current(at)
        )
        rights = _consortium_rights(user, consortium) if memberships else frozenset()
        party_rights = _party_rights(user, {m.party_id for m in memberships if m.party_id})
    return Actor(
        wall=wall,
        consortium_id=consortium.pk,
        user_id=user.pk,
        name=memberships[0].person_name if memberships else user.name or user.email,
        rights=rights,
        party_rights=party_rights,
    )


def _consortium_rights(user: User, consortium: Consortium) -> frozenset[str]:
    grants = ConsortiumUserGrant.objects.filter(user_id=user.pk, content_object_id=consortium.pk)
    return frozenset(grants.values_list("permission__codename", flat=True))


def _party_rights(user: User, parties: set[int]) -> dict[int, frozenset[str]]:
    if not parties:
        return {}
    given: dict[int, set[str]] = defaultdict(set)
    for party, codename in PartyGroupGrant.objects.filter(
        content_object_id__in=parties
    ).values_list("content_object_id", "permission__codename"):
        given[party].add(codename)
    held: dict[int, set[str]] = {party: set() for party in parties}
    for party, codename in PartyUserGrant.objects.filter(
        user_id=user.pk, content_object_id__in=parties
    ).values_list("content_object_id", "permission__codename"):
        held[party].add(codename)
    return {party: frozenset(held[party] & given[party]) for party in parties}


def roles_of(user: User, *, at: datetime) -> list[Membership]:
    """The person's roles in every consortium, for the page where they choose where to go."""
    with acting(Actor(wall=Wall.PERSON, user_id=user.pk)):
        rows = Membership.objects.filter(user_id=user.pk).current(at)
        return list(rows.select_related("consortium", "party").order_by("consortium__name"))

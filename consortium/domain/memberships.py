"""Appoint and dismiss: the only writers of memberships and of guardian's grants."""

from datetime import datetime

from django.contrib.auth.models import Permission

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotAllowed
from consortium.models.grants import ConsortiumUserGrant, PartyUserGrant
from consortium.models.membership import Membership
from consortium.models.person import User
from consortium.models.tenant import Party
from consortium.roles import CONSORTIUM_GRANTS, NEEDS_PARTY, PARTY_GRANTS, Role


def account_for(email: str, name: str = "") -> User:
    """The account with this address, made without a password where there is none yet."""
    with as_login():
        found = User.objects.filter(email__iexact=email).first()
        return found or User.objects.create_user(email, name=name)


def appoint(
    user: User,
    *,
    actor: Actor,
    at: datetime,
    role: Role,
    name: str,
    party: Party | None = None,
    until: datetime | None = None,
    reason: str = "",
) -> Membership:
    """Give a person a role: writes the membership, its grants and a journal row.

    Raises NotAllowed when the actor may not manage people or lacks a right that the role holds
    (nobody grants what they do not hold); Invalid when role and party do not fit; Conflict when
    the person has the role already.
    """
    _check(actor, role, party)
    with acting(actor):
        if Membership.objects.filter(
            consortium_id=actor.tenant, user_id=user.pk, role=role, party=party
        ).exclude(ends_at__lte=at):
            raise Conflict("A person holds a role once.", fact=f"{name} is {role.label} already.")
        membership = Membership.objects.create(
            consortium_id=actor.tenant,
            user_id=user.pk,
            person_name=name,
            person_email=user.email,
            role=role,
            party=party,
            starts_at=at,
            ends_at=until,
            appointed_by=actor.user_id,
            reason=reason,
        )
        _grant(user, actor, role, party)
        journal.record(
            "membership.appoint",
            membership,
            actor=actor,
            at=at,
            reason=reason,
            facts={"role": role.value, "party": party.code if party else ""},
        )
    return membership


def dismiss(membership_id: object, *, actor: Actor, at: datetime, reason: str = "") -> Membership:
    """Take a role back, at once: ends the membership, removes grants that no other role gives."""
    with acting(actor):
        membership = Membership.objects.locked(actor, "dismiss", membership_id)
        membership.ends_at = at
        membership.save(update_fields=["ends_at"])
        _revoke(membership, at)
        journal.record("membership.dismiss", membership, actor=actor, at=at, reason=reason)
    return membership


def _check(actor: Actor, role: Role, party: Party | None) -> None:
    if not actor.may("manage_people"):
        raise NotAllowed("Only who manages people may appoint.")
    beyond = {right for right in CONSORTIUM_GRANTS[role] if not actor.may(right)}
    if beyond:
        raise NotAllowed(
            "Nobody can grant what they do not hold.", fact=f"You lack {', '.join(sorted(beyond))}."
        )
    if (party is not None) != (role in NEEDS_PARTY):
        raise Invalid(
            f"The role {role.label} {'needs' if role in NEEDS_PARTY else 'has no'} partner.",
            fields={"party": "Choose the partner." if role in NEEDS_PARTY else "Leave it empty."},
        )


def _permissions(model: str, codenames: frozenset[str]) -> list[Permission]:
    return list(
        Permission.objects.filter(
            content_type__app_label="consortium",
            content_type__model=model,
            codename__in=codenames,
        )
    )


def _grant(user: User, actor: Actor, role: Role, party: Party | None) -> None:
    ConsortiumUserGrant.objects.bulk_create(
        [
            ConsortiumUserGrant(
                user_id=user.pk, permission=permission, content_object_id=actor.tenant
            )
            for permission in _permissions("consortium", CONSORTIUM_GRANTS[role])
        ],
        ignore_conflicts=True,
    )
    if party is not None:
        PartyUserGrant.objects.bulk_create(
            [
                PartyUserGrant(user_id=user.pk, permission=permission, content_object=party)
                for permission in _permissions("party", PARTY_GRANTS[role])
            ],
            ignore_conflicts=True,
        )


def _revoke(membership: Membership, at: datetime) -> None:
    others = Membership.objects.filter(
        consortium_id=membership.consortium_id, user_id=membership.user_id
    ).current(at)
    kept = {right for other in others for right in CONSORTIUM_GRANTS[Role(other.role)]}
    ConsortiumUserGrant.objects.filter(
        user_id=membership.user_id, content_object_id=membership.consortium_id
    ).exclude(permission__codename__in=kept).delete()
    if membership.party_id is not None:
        same = [other for other in others if other.party_id == membership.party_id]
        kept = {right for other in same for right in PARTY_GRANTS[Role(other.role)]}
        PartyUserGrant.objects.filter(
            user_id=membership.user_id, content_object_id=membership.party_id
        ).exclude(permission__codename__in=kept).delete()

"""Appoint and dismiss: the only writers of memberships."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.grants import settle
from consortium.errors import Conflict, Invalid, NotAllowed
from consortium.models import Department, Membership, Party, PartyGroupGrant, User
from consortium.roles import (
    LONGEST_OBSERVATION_DAYS,
    NEEDS_END,
    NEEDS_PARTY,
    OF_PARTNERS,
    TO_APPOINT,
    Container,
    Role,
    granted,
)


class OneCall(Protocol):
    """The call that a committee is appointed for; calls belong to a higher layer."""

    pk: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is appointed to: the role, and the partner, department or call it is for."""

    role: Role
    party: Party | None = None
    department: Department | None = None
    call: OneCall | None = None


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
    post: Post,
    name: str,
    until: datetime | None = None,
    reason: str = "",
) -> Membership:
    """Give a person a role: writes the membership, its grants and a journal row.

    The office appoints to every role; a partner its own reviewers and delegates. Raises NotAllowed
    for anybody else, for oneself, and when the appointing side lacks a right that the role holds
    (nobody grants what they do not hold); Invalid when role, partner, department, call or end do
    not fit together; Conflict when the person has the role already.
    """
    with acting(actor):
        _check_appointer(user, actor, post)
        _check_fit(post, at, until)
        _check_held(actor, post)
        _check_once(user, actor, at, post, name)
        membership = Membership.objects.create(
            consortium_id=actor.tenant,
            user_id=user.pk,
            person_name=name,
            person_email=user.email,
            role=post.role,
            party=post.party,
            department=post.department,
            call_id=post.call.pk if post.call else None,
            call_title=post.call.title if post.call else "",
            starts_at=at,
            ends_at=until,
            appointed_by=actor.user_id,
            appointed_by_name=actor.name,
            reason=reason,
        )
        settle(actor, at, users=[user.pk])
        journal.record(
            "membership.appoint", membership, actor=actor, at=at, reason=reason, facts=_facts(post)
        )
    return membership


def appoint_by_address(
    email: str,
    *,
    actor: Actor,
    at: datetime,
    post: Post,
    name: str,
    until: datetime | None = None,
    reason: str = "",
) -> Membership:
    """As `appoint`, of whoever has this address; a refused appointment leaves no account behind."""
    with acting(actor):
        user = account_for(email, name)
        return appoint(user, actor=actor, at=at, post=post, name=name, until=until, reason=reason)


def dismiss(membership_id: object, *, actor: Actor, at: datetime, reason: str = "") -> Membership:
    """Take a role back, at once: ends the membership, removes grants that no other record gives.

    Raises NotFound or NotAllowed by right, Conflict when it has ended already.
    """
    with acting(actor):
        membership = Membership.objects.locked(actor, "dismiss", membership_id)
        if membership.ends_at is not None and membership.ends_at <= at:
            raise Conflict(
                _("A role ends once."),
                fact=_("It ended on %(day)s.") % {"day": f"{membership.ends_at:%Y-%m-%d}"},
            )
        membership.ends_at = at
        membership.save(update_fields=["ends_at"])
        settle(actor, at, users=[membership.user_id])
        journal.record("membership.dismiss", membership, actor=actor, at=at, reason=reason)
    return membership


def _check_appointer(user: User, actor: Actor, post: Post) -> None:
    ours = post.party is not None and post.party.pk in actor.parties_with("delegate_rights")
    partner = actor.wall is Wall.PARTNER and ours and post.role in OF_PARTNERS
    if not (partner or (actor.wall is Wall.STAFF and actor.may("manage_people"))):
        raise NotAllowed(_("Only who manages people may appoint."))
    if actor.user_id is not None and user.pk == actor.user_id:
        raise NotAllowed(
            _("Nobody appoints themselves."),
            next_step=_("Ask a colleague who manages people."),
        )


def _check_fit(post: Post, at: datetime, until: datetime | None) -> None:
    role = {"role": post.role.label}
    if (post.party is not None) != (post.role in NEEDS_PARTY):
        needs = post.role in NEEDS_PARTY
        raise Invalid(
            (_("The role %(role)s needs a partner.") if needs else _("%(role)s has no partner."))
            % role,
            fields={"party": _("Choose the partner.") if needs else _("Leave it empty.")},
        )
    if post.department is not None and (
        post.role is not Role.DELEGATE or post.department.party_id != getattr(post.party, "pk", 0)
    ):
        raise Invalid(
            _("A department is a delegate's, and of the delegate's partner."),
            fields={"department": _("Choose one of the partner's, or none.")},
        )
    if post.call is not None and post.role is not Role.COMMITTEE:
        raise Invalid(
            _("Only a committee is appointed for one call."), fields={"call": _("Leave it empty.")}
        )
    _check_end(post.role, at, until)


def _check_end(role: Role, at: datetime, until: datetime | None) -> None:
    if until is not None and until <= at:
        raise Invalid(
            _("A role ends after it begins."), fields={"until": _("Choose a day to come.")}
        )
    latest = at + timedelta(days=LONGEST_OBSERVATION_DAYS)
    if role in NEEDS_END and (until is None or until > latest):
        raise Invalid(
            _("The role %(role)s ends within a year.") % {"role": role.label},
            fields={"until": _("Choose a day before %(day)s.") % {"day": f"{latest:%Y-%m-%d}"}},
        )


def _check_held(actor: Actor, post: Post) -> None:
    """Nobody grants what they do not hold.

    A partner's role counts as far as the partner was granted it; one that would open nothing at all
    is refused.
    """
    given = granted(post.role, one_call=post.call is not None)
    beyond = set(lacking(actor, post.role, one_call=post.call is not None))
    if post.call is not None:
        on_call = given.get(Container.CALL, frozenset())
        beyond |= {right for right in on_call if not actor.may_on(right, post.call.pk)}
    if post.party is not None:
        on_party = given.get(Container.PARTY, frozenset())
        beyond |= frozenset() if on_party & held_by(post.party) else on_party
    if beyond:
        raise NotAllowed(
            _("Nobody can grant what they do not hold."),
            fact=_("Lacking: %(rights)s.") % {"rights": ", ".join(sorted(beyond))},
        )


def lacking(actor: Actor, role: Role, *, one_call: bool = False) -> frozenset[str]:
    """What the role holds on the consortium and the actor cannot give."""
    given = granted(role, one_call=one_call).get(Container.CONSORTIUM, frozenset())
    return frozenset(right for right in given if not _may_give(actor, right))


def _may_give(actor: Actor, right: str) -> bool:
    return actor.may(right) or (right in TO_APPOINT and actor.may(TO_APPOINT[right]))


def held_by(party: Party) -> frozenset[str]:
    """What a party as a whole was granted. Runs inside the actor's context."""
    rows = PartyGroupGrant.objects.filter(group_id=party.group_id, content_object=party)
    return frozenset(rows.values_list("permission__codename", flat=True))


def _check_once(user: User, actor: Actor, at: datetime, post: Post, name: str) -> None:
    same = Membership.objects.filter(
        consortium_id=actor.tenant,
        user_id=user.pk,
        role=post.role,
        party=post.party,
        department=post.department,
        call_id=post.call.pk if post.call else None,
    )
    if same.exclude(ends_at__lte=at).exists():
        raise Conflict(
            _("A person holds a role once."),
            fact=_("%(name)s is %(role)s already.") % {"name": name, "role": post.role.label},
        )


def _facts(post: Post) -> dict[str, str]:
    return {
        "role": post.role.value,
        "party": post.party.code if post.party else "",
        "department": str(post.department.pk) if post.department else "",
        "call": str(post.call.pk) if post.call else "",
    }

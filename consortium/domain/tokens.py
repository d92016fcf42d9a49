"""API tokens: made, shown once, presented, revoked. A token is worth what its owner may do now."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for, roles_of
from consortium.errors import Conflict, Invalid, NotAllowed, NotFound
from consortium.models import ApiToken, Consortium, User
from consortium.models.account import LONGEST

MARK = "itn_"
SECRET_BYTES = 32
SHOWN = len(MARK) + 6


@dataclass(frozen=True, slots=True)
class Presented:
    """A token that was found alive. `spent`: it has used up the running minute."""

    token: ApiToken
    spent: bool


def issue(
    owner: User,
    consortium: Consortium,
    *,
    at: datetime,
    name: str,
    scope: ApiToken.Scope,
    days: int,
) -> tuple[ApiToken, str]:
    """Make a token; returns it with its secret, which nobody can read again.

    Raises NotAllowed when the owner has no role in the consortium, Invalid for a term outside
    1 to 365 days, Conflict when a living token of theirs has that name.
    """
    if consortium.pk not in {role.consortium_id for role in roles_of(owner, at=at)}:
        raise NotAllowed(_("A token is for a consortium in which its owner has a role."))
    if not 1 <= days <= LONGEST.days:
        raise Invalid(
            _("A token ends after a year at the latest."),
            fields={"days": _("Give a number of days from 1 to 365.")},
        )
    secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
    hand = _hand(owner, consortium, at)
    with acting(hand):
        with as_login():
            token = _written(owner, consortium, secret, name, scope, at, days)
        _tell("token.issue", token, hand, at, scope=token.scope, days=days)
    return token, secret


def _written(
    owner: User,
    consortium: Consortium,
    secret: str,
    name: str,
    scope: ApiToken.Scope,
    at: datetime,
    days: int,
) -> ApiToken:
    same = ApiToken.objects.filter(owner=owner, for_consortium=consortium, name=name)
    same.filter(revoked_at__isnull=True, expires_at__lte=at).update(revoked_at=at)
    try:
        return ApiToken.objects.create(
            owner=owner,
            for_consortium=consortium,
            name=name,
            prefix=secret[:SHOWN],
            digest=_digest(secret),
            scope=scope,
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
    except IntegrityError as twice:
        raise Conflict(
            _("Names tell tokens apart."),
            fact=_("You have a token of this name already."),
            fields={"name": _("Choose another name, or revoke the old token first.")},
        ) from twice


def revoke(owner: User, token_id: int, *, at: datetime) -> ApiToken:
    """End a token at once. Raises NotFound for one that is not the owner's or is revoked already."""
    with as_login():
        living = ApiToken.objects.filter(owner=owner, revoked_at__isnull=True)
        token = living.select_related("for_consortium").filter(pk=token_id).first()
    if token is None:
        raise NotFound
    hand = _hand(owner, token.for_consortium, at)
    with acting(hand):
        with as_login():
            ApiToken.objects.filter(pk=token.pk).update(revoked_at=at)
        _tell("token.revoke", token, hand, at)
    return token


def tokens_of(owner: User) -> list[ApiToken]:
    """Those that were not revoked, the newest first; ended ones too, so that one sees why."""
    with as_login():
        rows = ApiToken.objects.filter(owner=owner, revoked_at__isnull=True)
        return list(rows.select_related("for_consortium").order_by("-created_at"))


def present(secret: str, *, at: datetime) -> Presented | None:
    """The living token with this secret, or None. Counts the request, in the statement that finds it.

    Call outside every actor's context.
    """
    minute = at.replace(second=0, microsecond=0)
    found = ApiToken.objects.alive(at).filter(digest=_digest(secret))
    running = Case(When(minute=minute, then=F("used") + 1), default=Value(1))
    if not ApiToken.objects.filter(pk__in=found.values("pk")).update(
        used=running, minute=minute, last_used_at=at
    ):
        return None
    token = found.select_related("owner", "for_consortium").get()
    return Presented(token, spent=token.used > settings.API_TOKEN_PER_MINUTE)


def wearer(token: ApiToken, wall: Wall, *, at: datetime) -> Actor | None:
    """The owner as they come through a door now; None once they have no role behind it."""
    actor = actor_for(token.owner, token.for_consortium, wall, at=at)
    elsewhere = (*actor.party_rights.values(), *actor.container_rights.values())
    return actor if actor.rights or any(elsewhere) else None


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _tell(act: str, token: ApiToken, hand: Actor, at: datetime, **facts: object) -> None:
    """The consortium reads in its journal who lets a program in; the secret is in no entry."""
    facts = {"token": token.prefix, **facts}
    journal.record(act, token, actor=hand, at=at, facts=facts)  # type: ignore[arg-type]  # consortium_id is read-only


def _hand(owner: User, consortium: Consortium, at: datetime) -> Actor:
    """Who appends to the journal. The person's own wall may not; the office's may, whatever they hold."""
    return replace(actor_for(owner, consortium, Wall.STAFF, at=at), wall=Wall.STAFF)

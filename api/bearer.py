"""What a token opens: strong doors of its own consortium, as far as its owner's rights of now reach."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.views import APIView

from consortium import sign_in
from consortium.actor import Actor, Wall
from consortium.domain import tokens
from consortium.errors import NotAllowed, NotFound, ReauthenticationNeeded
from consortium.models import ApiToken
from consortium.requests import of_tenant

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def wear(request: Request, token: ApiToken, view: APIView) -> None:
    """Make `request.actor` what the token's owner is behind this door, whatever session came along.

    A token opens strong doors of its own consortium and what is public; to everything else its
    bearer is nobody. Raises AuthenticationFailed when the owner has no role there any more.
    """
    plain = of_tenant(request._request)
    plain.lacking = plain.viewing = None  # these were the session's
    plain.actor = Actor.public(plain.actor.consortium_id)
    if not sign_in.is_strong_door(type(view)):
        return
    if plain.consortium != token.for_consortium:
        raise NotFound
    wall: Wall = getattr(view, "wall", Wall.PUBLIC)
    actor = tokens.wearer(token, wall, at=plain.at)
    if actor is None:
        raise AuthenticationFailed(_("The owner of this token has no role here any more."))
    if getattr(view, "needs_recent_sign_in", False):
        raise ReauthenticationNeeded
    if request.method not in SAFE and not token.may_write:
        raise NotAllowed(
            _("This token may only read."), next_step=_("Make one that may read and write.")
        )
    plain.actor = actor

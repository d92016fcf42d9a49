"""`Authorization: Bearer itn_…`: a program that works for a person, in one consortium."""

import structlog
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from consortium.domain import tokens
from consortium.models import ApiToken, User
from consortium.requests import of_tenant

MINUTE = 60


class TokenAuthentication(BaseAuthentication):
    """A token that is unknown, ended or revoked is refused: it never falls back to a session."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = tokens.present(secret.strip(), at=of_tenant(request._request).at)
        if found is None:
            raise AuthenticationFailed(_("This token is unknown, has ended or was revoked."))
        structlog.contextvars.bind_contextvars(token=found.token.prefix)
        if found.spent:
            raise Throttled(MINUTE, _("This token has asked too often in this minute."))
        return found.token.owner, found.token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Itinera"'

"""Verifying an ID token: PyJWT does it, this module says what has to hold.

OpenID Connect Core 1.0, section 3.1.3.7. The exemption for tokens that came straight from the
issuer over TLS is not used: a signature is verified always.
"""

import secrets
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.utils.translation import gettext_lazy as _

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
REQUIRED = ("iss", "sub", "aud", "exp", "iat", "nonce")
LEEWAY = 60  # seconds by which the issuer's clock may differ


class Refused(OAuth2Error):  # type: ignore[misc]  # allauth has no types
    """A sign-in through a university that does not count; `sentence` is for the person."""

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def verified(
    id_token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str
) -> Any:
    """The claims of an ID token. Raises Refused with the reason in a sentence."""
    try:
        claims = jwt.decode(
            id_token,
            _key(id_token, keys),
            algorithms=list(ALGORITHMS),
            audience=client_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": list(REQUIRED)},
        )
    except jwt.ExpiredSignatureError as error:
        raise Refused(_("What your university sent is too old. Sign in there again.")) from error
    except jwt.InvalidAudienceError as error:
        raise Refused(_("What your university sent is meant for another service.")) from error
    except jwt.InvalidIssuerError as error:
        raise Refused(_("What was sent does not come from the university's service.")) from error
    except jwt.PyJWTError as error:
        raise Refused(_("What was sent is not signed as it has to be.")) from error
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise Refused(_("What was sent does not answer the question that was asked here."))
    if claims.get("azp", client_id) != client_id:
        raise Refused(_("What your university sent is meant for another service."))
    return claims


def _key(id_token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The published key that the token's header names. Raises PyJWTError when there is none."""
    named = jwt.get_unverified_header(id_token).get("kid")
    published = jwt.PyJWKSet.from_dict(keys).keys
    fitting = [
        key for key in published if key.key_id == named or (named is None and len(published) == 1)
    ]
    if not fitting:
        raise jwt.InvalidKeyError("The token names a key that the issuer does not publish.")
    return fitting[0]

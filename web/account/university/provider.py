"""Sign-in through a university: django-allauth's OpenID Connect provider, made strict.

Added to it: a nonce, a verified signature, `iss` and `sub` as one identity, the same `sub` from both
endpoints, and no more of the claims kept than are shown.
"""

import secrets
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
    OpenIDConnectProviderAccount,
)
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from web.account.university import claims, tokens
from web.account.university.tokens import Refused

PROVIDER = "university"


class Account(OpenIDConnectProviderAccount):  # type: ignore[misc]  # allauth has no types
    def to_str(self) -> str:
        told = self.account.extra_data
        return str(told.get("email") or told.get("home_organization") or self.get_brand()["name"])


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """One exchange with the issuer. `nonce`: of the question that the answer must repeat."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        asked = self.get_provider().app.settings["server_url"]
        if "/.well-known/" not in asked and config.get("issuer", "").rstrip("/") != asked:
            raise Refused(_("The university's service calls itself by another name than expected."))
        return config

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> Any:
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise Refused(_("Your university did not say who you are."))
        proved = tokens.verified(
            id_token,
            keys=self._keys(),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        told = self._fetch_user_info(token.token)
        if told.get("sub") != proved["sub"]:
            raise Refused(_("Your university gave two different answers about who you are."))
        read = claims.read(told, proved)
        request.university_claims = read  # type: ignore[attr-defined]  # for adapter and signals
        return self.get_provider().sociallogin_from_response(request, read.stored())

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return f"{settings.PUBLIC_URL}{reverse('university-return')}"

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
            keys: dict[str, Any] = response.json()
            return keys


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth has no types
    """Hands the nonce that was asked to the conversation that checks it."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


class University(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    account_class = Account
    oauth2_adapter_class = Conversation

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("university")

    def get_callback_url(self) -> str:
        return reverse("university-return")

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any
    ) -> HttpResponse:
        """`max_age` obliges the issuer to say when it last asked for a password."""
        nonce = secrets.token_urlsafe(32)
        asked = {"nonce": nonce, "max_age": settings.SESSION_COOKIE_AGE}
        if self.app.settings["acr_values"]:
            asked["acr_values"] = self.app.settings["acr_values"]
        asked |= kwargs.pop("ask", {})
        response: HttpResponse = super().redirect(
            request, process, next_url, auth_params=asked, nonce=nonce, **kwargs
        )
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """A subject is unique within its issuer only."""
        return sha256(f"{data['issuer']}\n{data['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """With the home organisations of earlier times: one that changed is shown, never forgotten."""
        known = SocialAccount.objects.filter(provider=PROVIDER, uid=self.extract_uid(data)).first()
        if known is None:
            return data
        before = known.extra_data.get("home_organizations_before", [])
        last = known.extra_data.get("home_organization", "")
        if last and last != data["home_organization"]:
            before = [*before, last]
        return {**data, "home_organizations_before": before}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": data["email"], "name": data["name"]}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        if not data["email"]:
            return []
        verified = data["email_verified"]
        return [EmailAddress(email=data["email"], verified=verified, primary=True)]

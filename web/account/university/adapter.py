"""What becomes of somebody whom their university vouched for."""

from typing import Any

import structlog
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consortium import sign_in

log = structlog.get_logger("itinera.university")


class UniversityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """An account is never joined by its address: only its owner connects it, signed in here.

    In a federation every home organisation says what it likes about addresses.
    """

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        user.name = str(data.get("name") or "")[:200]
        user.language = getattr(request, "LANGUAGE_CODE", "en")
        return user

    def authenticate_by_email(self, sociallogin: Any) -> None:
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") == AuthProcess.REDIRECT:
            self._proved_again(request, sociallogin)

    def _proved_again(self, request: HttpRequest, sociallogin: Any) -> None:
        """Counts when it is the same person, and when the issuer asked them just now."""
        if not request.user.is_authenticated or sociallogin.user != request.user:
            messages.error(request, _("At your university somebody else is signed in."))
            return
        record_authentication(
            request,
            request.user,
            "socialaccount",
            provider=sociallogin.account.provider,
            uid=sociallogin.account.uid,
            reauthenticated=True,
        )
        if not sign_in.is_recent(request):
            messages.error(
                request, _("Your university did not ask who you are, so it does not count.")
            )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        log.warning("refused", error=str(error), reason=type(exception).__name__)

"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from consortium import sign_in
from web.account import attempts

SECOND_FACTOR_STAGE = "allauth.mfa.stages.AuthenticateStage"
OUR_STAGE = "web.account.stages.SecondFactorStage"
# Stands for a page that says how to get a way of proving who one is.
NO_WAY = "none"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Mail addresses the person, not the account; the next page stays on this host."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _(
            "Too many wrong tries. Wait five minutes, or choose a new password by mail: "
            "that works at once."
        ),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.language = getattr(request, "LANGUAGE_CODE", "en")
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = settings.OIDC_NAME if settings.OIDC_CLIENT_ID else ""
        super().send_mail(template_prefix, email, {"university_name": name, **context})

    def is_safe_url(self, url: str | None) -> bool:
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    # -- limits

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._login_failed_rl_usage = attempts.count(request, credentials.get("email", ""))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, *, email: str) -> None:
        attempts.forgive(request, email)

    # -- proving again who one is

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Raises instead of saying True: allauth lets people without a password pass unasked."""
        if sign_in.is_recent(self.request):
            return False
        raise ReauthenticationRequired

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        if user.pk and SocialAccount.objects.filter(user_id=user.pk).exists():
            url = reverse("university-again")
            methods.append(
                {"id": "university", "description": _("Through your university"), "url": url}
            )
        return methods or [{"id": NO_WAY, "description": "", "url": reverse("confirm")}]

    # -- stages of signing in

    def get_login_stages(self) -> list[str]:
        return [
            OUR_STAGE if stage == SECOND_FACTOR_STAGE else stage
            for stage in super().get_login_stages()
        ]

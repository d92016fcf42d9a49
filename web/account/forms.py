"""django-allauth's forms in our words: labels say it, so no placeholder repeats it."""

from typing import Any

from allauth.account import forms
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkey_forms
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# A code is valid from one period before its own to one after it.
CODE_SECONDS = 4 * 30
WORDS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("The same once more"),
    "oldpassword": _("The password of now"),
    "code": _("Code"),
    "name": _("Name of the passkey"),
    "passwordless": _("Sign in with it alone, without the password"),
}


class Reworded:
    """Before one of allauth's forms: our labels, and none of its placeholders."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(name, field.label)


class LoginForm(Reworded, forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    pass


class SignupForm(Reworded, forms.SignupForm):  # type: ignore[misc]  # allauth has no types
    def try_save(self, request: HttpRequest) -> Any:
        """A known address costs a hash as well, so that the time taken tells nothing."""
        if self.account_already_exists:
            get_user_model()().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(Reworded, forms.ResetPasswordForm):  # type: ignore[misc]  # no types
    pass


class ResetPasswordKeyForm(Reworded, forms.ResetPasswordKeyForm):  # type: ignore[misc]  # no types
    pass


class ChangePasswordForm(Reworded, forms.ChangePasswordForm):  # type: ignore[misc]  # no types
    pass


class SetPasswordForm(Reworded, forms.SetPasswordForm):  # type: ignore[misc]  # no types
    pass


class AddEmailForm(Reworded, forms.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    pass


class ReauthenticateForm(Reworded, forms.ReauthenticateForm):  # type: ignore[misc]  # no types
    pass


class _Code(Reworded):
    """A code counts once, for as long as the clock lets it be valid."""

    cleaned_data: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code"}
        self.fields["code"].widget.attrs.update(attrs)
        self.fields["code"].help_text = _(
            "The six figures that your app shows now, or one of your recovery codes."
        )

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it stands before
        key = f"itinera.code.used:{self.user.pk}:{''.join(filter(str.isalnum, code))}"
        if not cache.add(key, 1, timeout=CODE_SECONDS):
            raise factor_forms.get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_Code, factor_forms.AuthenticateForm):  # type: ignore[misc]  # no types
    pass


class CodeAgainForm(_Code, factor_forms.ReauthenticateForm):  # type: ignore[misc]  # no types
    pass


class ActivateTotpForm(_Code, ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six figures that your app shows now.")


class AddPasskeyForm(Reworded, passkey_forms.AddWebAuthnForm):  # type: ignore[misc]  # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "The device then asks for your finger, your face or its own code."
        )


class RenamePasskeyForm(Reworded, passkey_forms.EditWebAuthnForm):  # type: ignore[misc]  # no types
    pass

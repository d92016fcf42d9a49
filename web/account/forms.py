"""django-allauth's forms in our words: labels say it, so no placeholder repeats it."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


def _reworded(form: Any) -> None:
    words = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "password": _("Password"),
        "password1": _("Password"),
        "password2": _("The same once more"),
        "oldpassword": _("The password of now"),
        "remember": _("Stay signed in on this device"),
    }
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = words.get(name, field.label)


class LoginForm(forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)


class SignupForm(forms.SignupForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]  # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]  # no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)


class AddEmailForm(forms.AddEmailForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reworded(self)

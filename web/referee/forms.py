"""What a referee types: the address once more, then the letter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from web.files import accept
from web.typed import Typed

WRONG = gettext_lazy("No request fits this link and this address.")


class AddressForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("The one at which you got our mail. It shows us that it is you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Type the address at which you got our mail."),
            "invalid": WRONG,
        },
    )


class MaybeFile(forms.FileField):
    """A file or none. `required` only keeps “(optional)” off the label: one of the two is needed."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class LetterForm(forms.Form):
    """Text or PDF, one of the two: the act says so where it is neither or both."""

    use_required_attribute = False
    text = Typed(
        label=gettext_lazy("Write it here"),
        help_text=gettext_lazy("Paragraphs stay as you set them."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
    )
    file = MaybeFile(
        label=gettext_lazy("Or send a PDF"),
        help_text=gettext_lazy("At most 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": accept(["pdf"])}),
    )


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why? The office reads it, the applicant does not"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

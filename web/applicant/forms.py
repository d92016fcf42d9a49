"""Forms of the applicant. They only carry what was typed: the acts judge it.

A section's form is made from `admissions.sections`, so that page and API share fields and limits.
"""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from admissions.models import DocumentRequirement, Dossier
from admissions.sections import Section
from web.countries import choices as countries
from web.files import accept
from web.typed import Typed

COUNTRIES = {"nationality", "second_nationality", "residence_country", "degree_country"}
_DATES = {"birth_date", "residence_since", "degree_on", "english_on"}
_COMPLETE = {
    "given_names": "given-name",
    "family_name": "family-name",
    "email": "email",
    "phone": "tel",
    "birth_date": "bday",
}


class SectionForm(forms.Form):
    """One section of a dossier. Values come from the row, judgement from `save_section`."""

    use_required_attribute = False

    def __init__(self, section: Section, dossier: Dossier, data: Any = None) -> None:
        super().__init__(data, initial=_initial(section, dossier))
        for name in section.fields:
            self.fields[name] = Typed(
                label=label_of(name),
                help_text=_hint(name, section, dossier),
                required=name in section.always,
                widget=_widget(name, section),
            )


def label_of(name: str) -> str:
    special = {
        "final_year": _("Are you in the last year of this degree?"),
        "declared_true": _("I declare that what I have written is true, and my own."),
        "experience": _("Employment and other experience"),
    }
    field = Dossier._meta.get_field(name)
    words = str(getattr(field, "verbose_name", name))
    return special.get(name) or words[:1].upper() + words[1:]


def _hint(name: str, section: Section, dossier: Dossier) -> str:
    if section.words and name in section.fields:
        return words_in_words(getattr(dossier, name), section.words)
    return {
        "given_names": _("As in your passport, in your own script. A single name is enough."),
        "family_name": _("Leave it empty if you have none."),
        "latin_name": _(
            "As in the lower lines of your passport, if your name is in another script."
        ),
        "email": _("We write to you here."),
        "phone": _("In any form, with the country's number."),
        "nationality": _("The one under which you apply."),
        "second_nationality": _("If you have another one."),
        "degree_ects": _("180 for most degrees of three years. Leave it empty if you do not know."),
        "degree_on": _("The day on the diploma, or the day on which you expect it."),
        "grade": _("As it stands on your transcript: 3.7, 15.2, First class."),
        "grade_scale": _("The best and the worst mark to pass: 4.0 to 2.0, 20 to 10."),
        "english_score": _("For a test: the overall result."),
        "english_on": _("The day on the certificate."),
    }.get(name, "")


def words_in_words(text: str, limit: int) -> str:
    """At most 500 words; there are 312."""
    count = len(text.split())
    return ngettext(
        "At most %(limit)d words; there is %(count)d.",
        "At most %(limit)d words; there are %(count)d.",
        count,
    ) % {"limit": limit, "count": count}


def _widget(name: str, section: Section) -> forms.Widget:
    if section.words:
        return forms.Textarea(attrs={"rows": 14, "dir": "auto", "data-words": section.words})
    if name in COUNTRIES:
        return forms.Select(choices=[("", _("Choose a country")), *countries()])
    if name in _DATES:
        written = {"type": "date", "placeholder": "1999-12-31"}
        return forms.DateInput(attrs={**written, **_completion(name)})
    plain = {"spellcheck": "false", "dir": "auto", **_completion(name)}
    return _special(name) or forms.TextInput(attrs=plain)


def _special(name: str) -> forms.Widget | None:
    return {
        "final_year": forms.RadioSelect(
            choices=[("true", _("Yes")), ("false", _("No, I hold the degree"))]
        ),
        "english_evidence": forms.RadioSelect(choices=Dossier.EnglishEvidence.choices),
        "declared_true": forms.CheckboxInput(),
        "email": forms.EmailInput(attrs=_completion("email")),
        "degree_ects": forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
    }.get(name)


def _completion(name: str) -> dict[str, str]:
    return {"autocomplete": _COMPLETE[name]} if name in _COMPLETE else {}


def _initial(section: Section, dossier: Dossier) -> dict[str, Any]:
    return {name: _shown(name, getattr(dossier, name)) for name in section.fields}


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, bool) and name != "declared_true":
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


class RefereeForm(forms.Form):
    """Whom to ask for a letter."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the referee's name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("An address at a university or company convinces readers."),
        error_messages={
            "required": gettext_lazy("Write the referee's e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address, as in name@example.org."),
        },
    )
    institution = forms.CharField(
        label=gettext_lazy("University or company"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class AddressForm(forms.Form):
    """The address to send a request to once more; left as it is, or corrected."""

    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("Send it to"),
        error_messages={
            "required": gettext_lazy("Write the referee's e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address, as in name@example.org."),
        },
    )


class UploadForm(forms.Form):
    """One file for one slot. What it may be is the act's business; the browser gets a hint."""

    use_required_attribute = False

    def __init__(self, data: Any = None, files: Any = None, *, slot: DocumentRequirement) -> None:
        super().__init__(data, files, auto_id=f"{slot.code}-%s")
        self.fields["file"] = forms.FileField(
            label=_("File for “%(title)s”") % {"title": slot.title},
            allow_empty_file=True,
            max_length=255,
            widget=forms.FileInput(attrs={"accept": accept(slot.formats)}),
            error_messages={
                "required": _("Choose a file first."),
                "max_length": _("The name of the file is longer than 255 characters. Shorten it."),
            },
        )


class NoteForm(forms.Form):
    """A reason that nobody has to give."""

    note = forms.CharField(
        label=gettext_lazy("Why? It helps us to plan"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

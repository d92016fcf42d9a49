"""The passport: asked once the place was taken, and no page before."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import passports
from admissions.vault_policies import TAKEN
from consortium.errors import NotFound
from web.applicant.base import DossierPage
from web.base import FormPage
from web.countries import choices as countries
from web.typed import Typed


class PassportForm(forms.Form):
    """Carries what was typed; `passports.give` judges it."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["number"] = Typed(
            label=_("Number"),
            help_text=_("Letters and digits as on the document."),
            widget=forms.TextInput(
                attrs={"spellcheck": "false", "autocapitalize": "characters", "size": 22}
            ),
        )
        self.fields["country"] = Typed(
            label=_("Issued by"),
            widget=forms.Select(choices=[("", _("Choose a country")), *countries()]),
        )
        self.fields["expires_on"] = Typed(
            label=_("Valid until"),
            widget=forms.DateInput(attrs={"type": "date", "placeholder": "2031-12-31"}),
        )


class PassportPage(FormPage, DossierPage):
    """What was given stands in the form: the person's own, and nobody looks over it."""

    needs_recent_sign_in = True
    template_name = "applicant/passport.html"
    success = gettext_lazy("Saved. It is kept apart from your dossier.")

    def admit(self) -> None:
        super().admit()
        if self.dossier.state not in TAKEN:
            raise NotFound

    def form(self, *data: Any) -> forms.Form:
        told = passports.own(self.dossier, actor=self.actor)
        initial: dict[str, Any] = {}
        if told:
            initial = {
                "number": told.number,
                "country": told.country,
                "expires_on": told.expires_on.isoformat(),
            }
        return PassportForm(*data[:1], initial=initial)

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Passport or identity card"),
            "back_url": self.at_url("dossier"),
            "access_url": self.at_url("access"),
        }

    def act(self, form: forms.Form) -> str:
        passports.give(self.dossier.pk, actor=self.actor, at=self.at, values=form.cleaned_data)
        return self.at_url("dossier")

"""What the office sees of the vault: an amount, and a passport for a reason that is written down."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import passports
from admissions.models import Dossier, NeedsStep, Passport
from admissions.reference_number import canonical, spell
from admissions.vault_policies import TAKEN
from consortium.access import acting
from consortium.errors import DomainError, NotFound
from web.base import FormPage
from web.errors import STATUS
from web.office.desk import Desk


def kept_apart(dossier: Dossier, page: Desk) -> dict[str, Any]:
    """For the dossier's page: at most two queries, none for who enrols nobody."""
    if not page.actor.may("enrol_students"):
        return {"shown": False}
    step = NeedsStep.objects.for_actor(page.actor, "view").filter(dossier=dossier).first()
    is_taken = dossier.state in TAKEN
    given = Passport.objects.for_actor(page.actor, "view").filter(dossier=dossier)
    return {
        "shown": is_taken or step is not None,
        "step": step,
        "passport_url": page.url("passport", ref=dossier.reference) if is_taken else "",
        "passport_given": is_taken and given.exists(),
    }


class WhyForm(forms.Form):
    """The reason that stands in the journal beside the look."""

    reason = forms.CharField(
        label=gettext_lazy("What do you need it for?"),
        help_text=gettext_lazy("It is kept in the journal, with your name and the time."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say what you need it for.")},
    )


class PassportPage(FormPage, Desk):
    """GET asks why; POST answers with the passport on the page itself, nowhere to come back to."""

    right = "enrol_students"
    stop = "dossiers"
    needs_recent_sign_in = True
    template_name = "office/passport.html"

    @cached_property
    def dossier(self) -> Dossier:
        number = canonical(self.kwargs["ref"])
        rows = Dossier.objects.all().select_related("call")
        found = rows.reach(self.actor, "view", reference=spell(number) if number else "")
        if found.state not in TAKEN:
            raise NotFound
        return found

    def form(self, *data: Any) -> forms.Form:
        return WhyForm(*data[:1])

    def context(self) -> dict[str, Any]:
        dossier = self.dossier
        here = self.url("dossier", ref=dossier.reference)
        given = Passport.objects.for_actor(self.actor, "view").filter(dossier=dossier)
        return {
            "page_title": _("Passport of %(name)s") % {"name": dossier.name},
            "dossier": dossier,
            "passport": given.first(),
            "back_url": here,
            "crumbs": [
                {"label": _("Dossiers"), "url": self.url("dossiers")},
                {"label": dossier.reference, "url": here},
                {"label": _("Passport")},
            ],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        with acting(self.actor):
            dossier = self.dossier
        if not form.is_valid():
            return self.again(form, status=422)
        why = form.cleaned_data["reason"]
        try:
            told = passports.reveal(dossier.pk, actor=self.actor, at=self.at, reason=why)
        except DomainError as refusal:
            return self.again(form, refusal, status=STATUS[refusal.code])
        with acting(self.actor):
            return self.page({**self.context(), "told": told, "why": why})

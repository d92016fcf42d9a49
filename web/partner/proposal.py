"""Propose an agreement, or another version of one: sentences with boxes, read before it is sent."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from partners.domain.sharing import Pair, Terms, propose
from partners.domain.sharing_terms import NEGOTIATING
from partners.models import Partnership, SharingAgreement
from web.base import FormPage
from web.partner.agreement_forms import ASK, GIVE, ProposalForm, initial_of
from web.partner.agreements import Negotiation
from web.partner.words import sentence


class Propose(FormPage, Negotiation):
    """`?change=` names the agreement that another version begins with; `?with=` and `?way=` a pair."""

    template_name = "partner/propose.html"
    success = gettext_lazy("Proposed. The other side was told that there is news.")

    @cached_property
    def changed(self) -> SharingAgreement | None:
        asked = self.request.GET.get("change", "")
        rows = SharingAgreement.objects.for_actor(self.actor, "revoke").for_listing()
        return next((row for row in rows.filter(state="accepted") if str(row.pk) == asked), None)

    @cached_property
    def partners(self) -> list[Partnership]:
        """Who can agree on anything, in the order of the stations."""
        rows = Partnership.objects.for_actor(self.actor, "view").for_listing()
        return list(rows.filter(kind__in=NEGOTIATING))

    def form(self, *data: Any) -> forms.Form:
        ours = [each for each in self.partners if each.pk in self.mine]
        others = [each for each in self.partners if each.pk not in self.mine]
        return ProposalForm(ours, others, self.consortium.zone, *data, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        if self.changed is not None:
            ours = self.changed.giver_id if self.changed.giver_id in self.mine else None
            side = ours or self.changed.receiver_id
            told = initial_of(self.changed, side, self.consortium.zone)
            begun = self.changed.standing(self.at) == "in_force"
            return {**told, "starts_at": None} if begun else told
        way = self.request.GET.get("way", "")
        return {
            "partner": self.request.GET.get("with", ""),
            "way": way if way in {GIVE, ASK} else GIVE,
        }

    def context(self) -> dict[str, Any]:
        title = _("A new version of what was agreed") if self.changed else _("Propose an agreement")
        return {
            "page_title": title,
            "crumbs": [{"label": _("Agreements"), "url": self.url("agreements")}, {"label": title}],
            "changed": self.changed,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("step") == "do":
            return super().post(request, **kwargs)
        with acting(self.actor):
            form = self.form(request.POST)
            valid = form.is_valid()
            told = self.sentence(form) if valid and form.cleaned_data["items"] else ""
            if valid and not told:
                form.add_error("items", _("Choose at least one thing."))
            context = {**self.context(), "form": form, "sentence": told}
            return self.page(context, status=200 if told else 422)

    def sentence(self, form: forms.Form) -> str:
        assert isinstance(form, ProposalForm)  # made by self.form
        return sentence(
            form.giver.institution.name,
            form.receiver.institution.name,
            form.cleaned_data["items"],
            days=form.days,
            zone=self.consortium.zone,
        )

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ProposalForm)  # made by self.form
        starts_at, ends_at = form.days
        propose(
            Pair(form.giver.pk, form.receiver.pk),
            actor=self.actor,
            at=self.at,
            proposer_id=int(form.cleaned_data["ours"]),
            terms=Terms(
                frozenset(form.cleaned_data["items"]),
                starts_at,
                ends_at,
                form.cleaned_data["note"],
            ),
        )
        return self.url("agreements")

"""Offers of a call: prepared for the selected, seen as they will be read, sent to exactly these."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from admissions.domain.figures import places
from admissions.domain.offer_preview import preview
from admissions.domain.offers import prepare, reply_by, send, withdraw
from admissions.models import Dossier, Offer
from consortium.access import acting
from consortium.errors import DomainError
from web.errors import STATUS
from web.office.desk import CallDesk, PartForm
from web.office.dossier_forms import OfferForm
from web.office.forms import Confirmation, ReasonForm

MOST = 200


class Offers(CallDesk):
    right = "view_dossiers"
    of_one_call = True
    tab = "offers"
    template_name = "office/offers.html"

    def home(self) -> str:
        return self.url("offers", slug=self.kwargs["slug"])

    def context(self) -> dict[str, Any]:
        offers = list(self.all_offers[:MOST])
        by_state: dict[str, list[Offer]] = {}
        for offer in offers:
            by_state.setdefault(offer.state, []).append(offer)
        answered = [o for o in offers if o.state not in {"prepared", "sent", "withdrawn"}]
        return {
            **super().context(),
            "page_title": _("Offers"),
            "places": places(self.call.pk, actor=self.actor),
            "prepared": by_state.get("prepared", []),
            "sent": by_state.get("sent", []),
            "answered": answered,
            "waiting": self.waiting,
            "reply_by": reply_by(self.call, self.at),
            "send_acts": [{"label": _("Preview and send"), "tone": ""}],
            "may_offer": self.actor.may("make_offers"),
            "offer_form": OfferForm.of(self.actor, self.call),
            "button": Confirmation(),
        }

    @cached_property
    def all_offers(self) -> Any:
        rows = Offer.objects.for_actor(self.actor, "view").filter(dossier__call=self.call)
        return rows.for_listing()

    @property
    def waiting(self) -> list[Dossier]:
        """Selected, and without an offer that is alive."""
        rows = Dossier.objects.for_actor(self.actor, "view").filter(call=self.call)
        rows = rows.filter(state="selected").without_live_offer()
        return list(rows.for_listing("position", "route").order_by("position", "pk")[:MOST])


class PrepareAll(PartForm, Offers):
    """One offer per selected dossier, each an act of its own; who has one is left out."""

    right = "make_offers"
    slot = "offer_form"

    def form(self, *data: Any) -> forms.Form:
        return OfferForm.of(self.actor, self.call, *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        with acting(self.actor):
            waiting = self.waiting
        for dossier in waiting:
            prepare(
                dossier.pk,
                actor=self.actor,
                at=self.at,
                track=typed["track"],
                route=typed["route"] or dossier.route,
                conditions=typed["conditions"],
            )
        count = len(waiting)
        words = ngettext("%(n)d offer prepared.", "%(n)d offers prepared.", count) % {"n": count}
        messages.success(self.request, f"{words} {_('Nobody was told yet.')}")
        return self.home()


class Send(Offers):
    """First every recipient and every word, then the act on exactly those."""

    right = "make_offers"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.home())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            rows = self.all_offers.filter(dossier__reference__in=request.POST.getlist("chosen"))
            ids = [offer.pk for offer in rows.filter(state="prepared")[:MOST]]
        try:
            if request.POST.get("step") == "do":
                return self.sent(ids)
            letters = preview(ids, actor=self.actor, at=self.at)
        except DomainError as refusal:
            return self.refused(refusal)
        self.template_name = "office/offers_preview.html"
        with acting(self.actor):
            return self.page(
                {**super().context(), "letters": letters, "page_title": _("Send offers")}
            )

    def sent(self, ids: list[Any]) -> HttpResponse:
        count = len(send(ids, actor=self.actor, at=self.at))
        words = ngettext("%(n)d offer sent.", "%(n)d offers sent.", count) % {"n": count}
        messages.success(self.request, words)
        return HttpResponseRedirect(self.home())

    def refused(self, refusal: DomainError) -> HttpResponse:
        with acting(self.actor):
            context = {**super().context(), "refusal": refusal}
            return self.page(context, status=STATUS[refusal.code])


class TakeBackOffer(PartForm, Offers):
    """Withdraw an offer that nobody has read yet."""

    right = "make_offers"
    slot = "take_back_form"
    success = gettext_lazy("The offer was withdrawn before it was sent.")

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        with acting(self.actor):
            row = Offer.objects.all().reach(
                self.actor, "view", pk=self.kwargs["offer"], dossier__call=self.call
            )
        reason = form.cleaned_data["reason"]
        withdraw(row.pk, actor=self.actor, at=self.at, reason=reason)
        return self.home()

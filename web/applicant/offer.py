"""The offer: which place, on which line, until when; take it or leave it, each asked once more."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import offers
from admissions.models import Offer
from consortium.access import acting
from consortium.errors import NotFound
from web.applicant.base import DossierPage
from web.applicant.clock import time_left
from web.applicant.forms import NoteForm
from web.base import FormPage
from web.lines import lines_of

_WORDS: dict[str, tuple[Promise, str]] = {
    "sent": (gettext_lazy("Waits for your answer"), "time"),
    "accepted": (gettext_lazy("Accepted"), "done"),
    "declined": (gettext_lazy("Declined"), "closed"),
    "expired": (gettext_lazy("Expired"), "closed"),
    "withdrawn": (gettext_lazy("Withdrawn by the office"), "closed"),
}


class OfferPage(DossierPage):
    """The last offer that was sent; there is no page before."""

    template_name = "applicant/offer.html"

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            rows = Offer.objects.for_actor(self.actor, "view").select_related("track")
            found = rows.filter(dossier=self.dossier).order_by("-prepared_at").first()
        if found is None:
            raise NotFound
        self.offer = found

    def context(self) -> dict[str, Any]:
        word, tone = _WORDS[self.offer.state]
        left = time_left(self.offer.expires_at, now=self.at)
        return {
            "page_title": _("Your offer"),
            "offer": self.offer,
            "word": word,
            "tone": tone,
            "left": left,
            "route": self._route(),
            "line": self._line(),
            "can_answer": self.offer.state == "sent" and self.at < self.offer.expires_at,
            "is_late": self.offer.state == "sent" and self.at >= self.offer.expires_at,
            "accept_url": self.at_url("accept"),
            "decline_url": self.at_url("decline"),
            "study_url": reverse("applicant:study", args=[self.consortium.slug]),
            "back_url": self.at_url("dossier"),
        }

    def _route(self) -> str:
        routes = self.dossier.call.routes
        code = self.offer.route or self.dossier.route
        return next((each["name"] for each in routes if each["code"] == code), "")

    def _line(self) -> Any:
        """The stops of the offered track; without a track the student chooses on the way."""
        if self.offer.track is None:
            return None
        lines = lines_of(self.offer.track.version_id, actor=self.actor)
        return next((each for each in lines if each.track.pk == self.offer.track_id), None)


class Accept(OfferPage):
    """GET says what follows; POST takes the place."""

    template_name = "applicant/accept.html"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "page_title": _("Take this place?")}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        offers.accept(self.offer.pk, actor=self.actor, at=self.at)
        messages.success(request, _("The place is yours. Here is where your semesters take you."))
        return HttpResponseRedirect(reverse("applicant:study", args=[self.consortium.slug]))


class Decline(FormPage, OfferPage):
    """GET says what follows and asks why, if you like; POST gives the place up."""

    template_name = "applicant/decline.html"

    def form(self, *data: Any) -> Form:
        return NoteForm(*data[:1])

    def context(self) -> dict[str, Any]:
        return {**super().context(), "page_title": _("Decline this place?")}

    def act(self, form: Form) -> str:
        note = form.cleaned_data["note"]
        offers.decline(self.offer.pk, actor=self.actor, at=self.at, note=note)
        return self.at_url("offer")

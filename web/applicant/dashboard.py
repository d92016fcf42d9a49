"""My applications: for each call one ticket with where it stands, what to do next, how long there is."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain import dossiers
from admissions.domain.dossier_facts import facts_of
from admissions.models import Call, Dossier, Offer, ReferenceRequest
from admissions.sections import problems
from consortium.access import acting
from web.applicant.base import OwnPage
from web.applicant.clock import time_left
from web.applicant.stages import HAS_OFFER, STAGES
from web.base import ActPage

_MOST = 50


class Dashboard(OwnPage):
    """Queries: constant, and seven more for each draft that can still be changed (mostly one)."""

    template_name = "applicant/dashboard.html"

    def context(self) -> dict[str, Any]:
        rows = Dossier.objects.for_actor(self.actor, "view").select_related("call")
        mine = list(rows.order_by("-started_at")[:_MOST])
        self.awaited = self._awaited_letters(mine)
        self.offers = self._offers(mine)
        applied = {each.call_id for each in mine if each.state != "withdrawn"}
        calls = Call.objects.for_actor(self.actor, "view").for_listing()
        return {
            "page_title": _("My applications"),
            "tickets": [self._ticket(each) for each in mine],
            "calls": [
                self._invitation(call)
                for call in calls.taking_dossiers(self.at)[:_MOST]
                if call.pk not in applied
            ],
        }

    def _ticket(self, dossier: Dossier) -> dict[str, Any]:
        stage, call = STAGES[dossier.state], dossier.call
        shown = {
            "eyebrow": dossier.reference,
            "title": call.title,
            "state": stage.word,
            "tone": stage.tone,
            "text": stage.then,
            "act_url": self._at("dossier", dossier),
            "act": _("See the dossier"),
        }
        if dossier.state == "draft" and call.is_taking_dossiers(self.at):
            shown |= self._draft(dossier)
        elif dossier.state in HAS_OFFER and dossier.pk in self.offers:
            shown |= self._offered(dossier, self.offers[dossier.pk])
        if dossier.state in {"draft", "submitted"}:
            shown["text"] = f"{shown['text']} {self._owed(dossier)}".strip()
        return shown

    def _owed(self, dossier: Dossier) -> str:
        """What others still owe."""
        letters = self.awaited[dossier.pk]
        if not letters:
            return ""
        text = ngettext(
            "%(n)d letter is still awaited from a referee.",
            "%(n)d letters are still awaited from referees.",
            letters,
        )
        return text % {"n": letters}

    def _draft(self, dossier: Dossier) -> dict[str, Any]:
        gaps = len(problems(facts_of(dossier, actor=self.actor)))
        if gaps:
            text = ngettext("%(n)d thing is missing.", "%(n)d things are missing.", gaps)
            return {
                "text": text % {"n": gaps},
                "act": _("Go on with the dossier"),
                **self._clock(dossier.call.closes_at, dossier.call.zone, _("left to submit")),
            }
        return {
            "text": _("Everything is there, and nothing has been sent. Submit it."),
            "act": _("Check and submit"),
            "act_url": self._at("check", dossier),
            **self._clock(dossier.call.closes_at, dossier.call.zone, _("left to submit")),
        }

    def _offered(self, dossier: Dossier, offer: Offer) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "act_url": self._at("offer", dossier),
            "act": _("Read the offer"),
        }
        if offer.state == "sent":
            shown |= self._clock(offer.expires_at, offer.zone, _("left to answer"))
        return shown

    def _invitation(self, call: Call) -> dict[str, Any]:
        at = [self.consortium.slug, call.slug]
        return {
            "call": call,
            "start_url": reverse("applicant:start", args=at),
            "call_url": reverse("public:call", args=at),
            **self._clock(call.closes_at, call.zone, _("left to submit")),
        }

    def _clock(self, until: datetime, zone: str, says: str) -> dict[str, Any]:
        left = time_left(until, now=self.at)
        return {
            "at": until,
            "zone": zone,
            "figure": left.figure,
            "figure_says": says,
            "soon": left.soon,
        }

    def _at(self, page: str, dossier: Dossier) -> str:
        return reverse(f"applicant:{page}", args=[self.consortium.slug, dossier.reference])

    def _awaited_letters(self, mine: Sequence[Dossier]) -> Counter[Any]:
        rows = ReferenceRequest.objects.for_actor(self.actor, "view")
        waiting = rows.filter(dossier__in=mine, state__in=["created", "sent", "opened", "bounced"])
        return Counter(waiting.values_list("dossier_id", flat=True))

    def _offers(self, mine: Sequence[Dossier]) -> dict[Any, Offer]:
        rows = Offer.objects.for_actor(self.actor, "view").filter(dossier__in=mine)
        return {offer.dossier_id: offer for offer in rows.order_by("prepared_at")}


class Start(ActPage, OwnPage):
    """POST: begin a dossier for a call."""

    def act(self) -> str:
        with acting(self.actor):
            call = Call.objects.reach(self.actor, "view", slug=self.kwargs["slug"])
        dossier = dossiers.start(call.pk, actor=self.actor, at=self.at)
        return reverse("applicant:dossier", args=[self.consortium.slug, dossier.reference])

"""Allocation rounds: drafted, open for wishes, closed, decided with reasons, published."""

from functools import cached_property
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.domain.round_files import export_round
from mobility_tracks.domain.round_opening import fit_of
from mobility_tracks.domain.round_words import properties_of
from mobility_tracks.domain.rounds import (
    close_round,
    decide,
    open_round,
    publish,
    replay,
)
from mobility_tracks.models import AllocationRound
from web.files import file_response
from web.office.desk import ButtonForm, Desk, PartForm
from web.office.plan import reading
from web.office.round_forms import MeritForm


class Rounds(Desk):
    """Three queries: the newest hundred rounds are years of them."""

    right = "run_rounds"
    stop = "rounds"
    template_name = "office/rounds.html"

    def context(self) -> dict[str, Any]:
        rounds = AllocationRound.objects.for_actor(self.actor, "view").for_listing()
        return {"page_title": _("Rounds"), "rounds": list(rounds[:100])}


class RoundPage(Desk):
    right = "run_rounds"
    stop = "rounds"
    template_name = "office/round.html"

    def reach(self) -> None:
        assert self.round

    def home(self) -> str:
        return self.url("round", id=self.kwargs["id"])

    @cached_property
    def round(self) -> AllocationRound:
        """With its plan, which only this page reads."""
        rows = AllocationRound.objects.all().select_related("intake", "period").defer(None)
        return rows.reach(self.actor, "view", pk=self.kwargs["id"])

    def context(self) -> dict[str, Any]:
        wants_merit = self.round.policy == AllocationRound.Policy.MERIT_RESPECTED
        return {
            "page_title": self.round.title,
            "round": self.round,
            "crumbs": [
                {"label": _("Rounds"), "url": self.url("rounds")},
                {"label": self.round.title},
            ],
            "is_over": self.at >= self.round.closes_at,
            "may_publish": self.actor.may("publish_rounds"),
            "merit_form": MeritForm() if wants_merit else None,
            "button": forms.Form(),
            "properties": list(properties_of(self.round)),
            "unfit": fit_of(self.round).fault if self.round.state == "draft" else None,
            **reading(self.round, self.actor),
        }


class OpenRound(PartForm, RoundPage):
    slot = "merit_form"
    success = gettext_lazy("The round is open; every student of the intake was told.")

    def form(self, *data: Any) -> forms.Form:
        return MeritForm(*data)

    def act(self, form: forms.Form) -> str:
        merits = form.cleaned_data["merits"]
        open_round(self.round.pk, actor=self.actor, at=self.at, merits=merits)
        return self.home()


class CloseRound(ButtonForm, RoundPage):
    success = gettext_lazy("The round is closed; the wishes stand.")

    def act(self, form: forms.Form) -> str:
        close_round(self.round.pk, actor=self.actor, at=self.at)
        return self.home()


class Decide(ButtonForm, RoundPage):
    success = gettext_lazy("The plan is made and checked. Only the office sees it yet.")

    def act(self, form: forms.Form) -> str:
        decide(self.round.pk, actor=self.actor, at=self.at)
        return self.home()


class Publish(ButtonForm, RoundPage):
    right = "publish_rounds"
    success = gettext_lazy("The plan is published; every student was told that there is news.")

    def act(self, form: forms.Form) -> str:
        publish(self.round.pk, actor=self.actor, at=self.at)
        return self.home()


class RoundFile(RoundPage):
    """The plan with its certificate, or the proof that there is none, to be checked elsewhere
    (docs/howto/check-a-round.md)."""

    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse:
        text = export_round(self.kwargs["id"], actor=self.actor, at=self.at)
        return file_response(
            BytesIO(text.encode()),
            name=f"round-{self.kwargs['id']}.json",
            media_type="application/json",
            download=True,
        )


class ReplayRound(ButtonForm, RoundPage):
    """Solve the kept inputs again and compare; writes nothing."""

    def act(self, form: forms.Form) -> str:
        if not self.round.fingerprint:
            messages.warning(self.request, _("There is no plan yet to compare with."))
        elif replay(self.round.pk, actor=self.actor):
            messages.success(self.request, _("Solved again: the same plan to the byte."))
        else:
            messages.error(self.request, _("Solved again: the plan differs. Do not publish."))
        return self.home()

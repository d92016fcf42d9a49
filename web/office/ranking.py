"""The ranking of a call: computed from reviews, explained line by line, approved by name."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.ranking import approve, compute, replay
from admissions.models import RankedDossier, RankingRun
from consortium.errors import NotFound
from consortium.keyset import Order, window
from web.listing import address
from web.office.desk import ButtonForm, CallDesk, PartForm
from web.office.forms import ApprovalForm, SeedForm

SHOWN = 200


class RankingPage(CallDesk):
    """Seven queries however many places. `?run=` shows an older run."""

    right = "view_dossiers"
    of_one_call = True
    tab = "ranking"
    template_name = "office/ranking.html"

    def home(self) -> str:
        return self.url("ranking", slug=self.kwargs["slug"])

    def reach(self) -> None:
        super().reach()
        assert self.runs is not None

    @cached_property
    def runs(self) -> list[RankingRun]:
        rows = RankingRun.objects.for_actor(self.actor, "view").filter(call=self.call)
        return list(rows.defer("inputs").order_by("-computed_at")[:20])

    @cached_property
    def run(self) -> RankingRun | None:
        asked = self.request.GET.get("run")
        if asked:
            return next((run for run in self.runs if str(run.pk) == asked), None)
        return self.runs[0] if self.runs else None

    def context(self) -> dict[str, Any]:
        run = self.run
        seen = RankedDossier.objects.for_actor(self.actor, "view")
        places = seen.filter(run=run) if run else seen.none()
        page = window(
            places,
            Order("position"),
            after=self.request.GET.get("after", ""),
            before=self.request.GET.get("before", ""),
            size=SHOWN,
            dressed=lambda rows: rows.select_related("dossier"),
        )
        lists = places.by_list()
        return {
            **super().context(),
            "page_title": _("Ranking"),
            "run": run,
            "runs": self.runs,
            "places": page.rows,
            "pager": {
                "previous_url": address(self.request, before=page.previous)
                if page.previous
                else "",
                "next_url": address(self.request, after=page.next) if page.next else "",
                "says": "",
            },
            "lists": lists,
            "total": sum(lists.values()),
            "is_over": self.at >= self.call.closes_at,
            "may_compute": self.actor.may("compute_rankings")
            and not any(each.state == "approved" for each in self.runs),
            "may_approve": self.actor.may_on("approve_rankings", self.call.pk)
            and run is not None
            and run.state == "computed",
            "seed_form": SeedForm(),
            "approval_form": ApprovalForm(),
            "button": forms.Form(),
        }


class Compute(PartForm, RankingPage):
    right = "compute_rankings"
    slot = "seed_form"
    success = gettext_lazy("The ranking is computed. Nobody was told yet.")

    def form(self, *data: Any) -> forms.Form:
        return SeedForm(*data)

    def act(self, form: forms.Form) -> str:
        seed = form.cleaned_data["seed"] or None
        compute(self.call.pk, actor=self.actor, at=self.at, seed=seed)
        return self.home()


class Approve(PartForm, RankingPage):
    right = "approve_rankings"
    slot = "approval_form"
    success = gettext_lazy("The ranking is approved; every applicant was told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        return ApprovalForm(*data)

    def act(self, form: forms.Form) -> str:
        approve(self.kwargs["run"], actor=self.actor, at=self.at)
        return self.home()


class Replay(ButtonForm, RankingPage):
    """Compute a run once more from its stored inputs and compare; writes nothing."""

    def act(self, form: forms.Form) -> str:
        run = next((each for each in self.runs if each.pk == self.kwargs["run"]), None)
        if run is None:
            raise NotFound
        if replay(run.pk, actor=self.actor):
            messages.success(self.request, _("Computed again: the same places to the byte."))
        else:
            messages.error(self.request, _("Computed again: the places differ. Do not approve."))
        return f"{self.home()}?run={run.pk}"

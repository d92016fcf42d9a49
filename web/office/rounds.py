"""Allocation rounds: drafted, open for wishes, closed, decided with reasons, published."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.errors import NotFound
from mobility_tracks.domain.rounds import (
    close_round,
    decide,
    draft_round,
    open_round,
    publish,
    replay,
)
from mobility_tracks.models import AllocationRound, Intake, Offering, Period
from web.base import FormPage
from web.office.desk import ButtonForm, Desk, PartForm
from web.office.plan import reading
from web.office.study_forms import MeritForm, RoundForm, RoundScope


class Rounds(Desk):
    """Three queries: the newest hundred rounds are years of them."""

    right = "run_rounds"
    stop = "rounds"
    template_name = "office/rounds.html"

    def context(self) -> dict[str, Any]:
        rounds = AllocationRound.objects.for_actor(self.actor, "view").for_listing()
        return {"page_title": _("Rounds"), "rounds": list(rounds[:100])}


class NewRound(FormPage, Desk):
    """`?intake=&period=` say what the form below them is about."""

    right = "run_rounds"
    stop = "rounds"
    template_name = "office/round_new.html"
    success = gettext_lazy("The round is drafted. Students do not see it yet.")

    @cached_property
    def intakes(self) -> list[Intake]:
        rows = Intake.objects.for_actor(self.actor, "view").select_related("version")
        return list(rows.order_by("-year")[:30])

    @cached_property
    def intake(self) -> Intake | None:
        asked = self.request.GET.get("intake", "")
        found = next((each for each in self.intakes if str(each.pk) == asked), None)
        return found or (self.intakes[0] if self.intakes else None)

    @cached_property
    def offered(self) -> dict[str, list[Offering]]:
        """By period code, in the order of the periods; only where there is something to choose."""
        rows = Offering.objects.for_actor(self.actor, "view").for_listing()
        version = self.intake.version_id if self.intake else None
        found: dict[str, list[Offering]] = {}
        for each in rows.filter(period__version=version):
            found.setdefault(each.period.code, []).append(each)
        return {code: rows for code, rows in found.items() if len(rows) > 1}

    @cached_property
    def period(self) -> Period | None:
        asked = self.request.GET.get("period", "")
        rows = self.offered.get(asked) or next(iter(self.offered.values()), None)
        return rows[0].period if rows else None

    def form(self, *data: Any) -> forms.Form:
        offerings = self.offered[self.period.code] if self.period else []
        title = f"{self.period.title}, {self.intake.name}" if self.period and self.intake else ""
        return RoundForm(offerings, self.consortium.zone, *data, initial={"title": title})

    def context(self) -> dict[str, Any]:
        periods = [rows[0].period for rows in self.offered.values()]
        scope = {
            "intake": str(self.intake.pk) if self.intake else "",
            "period": self.period.code if self.period else "",
        }
        return {
            "page_title": _("A new round"),
            "crumbs": [
                {"label": _("Rounds"), "url": self.url("rounds")},
                {"label": _("A new round")},
            ],
            "intake": self.intake,
            "period": self.period,
            "filter_form": RoundScope(self.intakes, periods, scope),
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, RoundForm)  # made by self.form
        if self.intake is None or self.period is None:
            raise NotFound
        typed = form.cleaned_data
        made = draft_round(
            self.intake.pk,
            actor=self.actor,
            at=self.at,
            period=self.period.code,
            zone=form.zone,
            seats=form.seats,
            **{name: typed[name] for name in ("title", "opens_at", "closes_at", "policy", "seed")},
        )
        return reverse("office:round", args=[self.consortium.slug, made.pk])


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

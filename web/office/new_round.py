"""Draft an allocation round: first for whom and when, then until when and with which seats."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.errors import NotFound
from mobility_tracks.domain.rounds import draft_round
from mobility_tracks.domain.seats import confirmed
from mobility_tracks.models import AllocationRound, Intake, Offering, Period, RoundSeats
from mobility_tracks.placement import PROPERTIES, PolicyKind
from web.base import FormPage
from web.office.desk import Desk
from web.office.study_forms import RoundForm, RoundScope


class NewRound(FormPage, Desk):
    """`?intake=&period=` say what the form below them is about; `&of=` is a draft to begin from."""

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
        initial = {"title": title, **self._confirmed(offerings), **self._of_draft()}
        return RoundForm(offerings, self.consortium.zone, *data, initial=initial)

    def _of_draft(self) -> dict[str, Any]:
        """What stands in the draft named by `of`, so that drafting anew loses nothing typed."""
        try:
            asked = UUID(self.request.GET.get("of", ""))
        except ValueError:
            return {}
        rows = AllocationRound.objects.for_actor(self.actor, "run")
        found = rows.filter(pk=asked, intake=self.intake, period=self.period).first()
        if found is None:
            return {}
        seats = RoundSeats.objects.for_actor(self.actor, "view").filter(round=found)
        room = {row.offering_id: row for row in seats}
        typed = {name: getattr(found, name) for name in RoundForm.names}
        for each in self.offered[found.period.code]:
            row = room.get(each.pk)
            typed[f"least-{each.code}"] = row.least if row else None
            typed[f"most-{each.code}"] = row.most if row else None
        return typed

    def _confirmed(self, offerings: list[Offering]) -> dict[str, int]:
        """The seats that hosts confirmed, by field; the others keep the programme's."""
        found = confirmed(self.intake, actor=self.actor) if self.intake else {}
        return {
            f"{side}-{each.code}": getattr(found[each.pk], side)
            for each in offerings
            if each.pk in found
            for side in ("least", "most")
        }

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
            "procedures": [
                (label, PROPERTIES[PolicyKind(policy)])
                for policy, label in AllocationRound.Policy.choices
            ],
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
            **{name: typed[name] for name in form.names},
        )
        return reverse("office:round", args=[self.consortium.slug, made.pk])

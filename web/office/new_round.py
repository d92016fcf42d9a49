"""Draft an allocation round: first for whom and for what, then until when and with which seats.

A draft is changed on the same form, and thrown away, until it opens.
"""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.errors import NotFound
from mobility_tracks.domain.round_drafts import (
    check_draft,
    discard_round,
    draft_round,
    redraft_round,
)
from mobility_tracks.models import AllocationRound, Intake
from mobility_tracks.placement import PROPERTIES, PolicyKind
from web.base import FormPage
from web.office.desk import ButtonForm, Desk
from web.office.round_forms import RoundForm, RoundScope
from web.office.round_scope import Scope, Scopes
from web.office.rounds import RoundPage


class RoundFormPage(FormPage, Desk):
    """The form of a draft. Subclasses say what it is about, and what is done with what was typed."""

    right = "run_rounds"
    stop = "rounds"
    template_name = "office/round_new.html"

    @cached_property
    def scope(self) -> Scope | None:
        raise NotImplementedError  # every subclass names its own scope

    @property
    def zone(self) -> str:
        return self.consortium.zone

    def typed(self) -> dict[str, Any]:
        """What the form begins with, beside the seats of the scope."""
        return {"title": self.scope.title} if self.scope else {}

    def form(self, *data: Any) -> forms.Form:
        if self.scope is None:
            return forms.Form()
        return RoundForm(self.scope, self.zone, *data, initial=self.typed())

    def context(self) -> dict[str, Any]:
        return {
            "scope": self.scope,
            "procedures": [
                (label, PROPERTIES[PolicyKind(policy)])
                for policy, label in AllocationRound.Policy.choices
            ],
        }


class NewRound(RoundFormPage):
    """`?intake=&period=` say what the form below them is about."""

    success = gettext_lazy("The round is drafted. Students do not see it yet.")

    @cached_property
    def intakes(self) -> list[Intake]:
        rows = Intake.objects.for_actor(self.actor, "view").select_related("version")
        return list(rows.order_by("-year")[:30])

    @cached_property
    def scopes(self) -> Scopes | None:
        asked = self.request.GET.get("intake", "")
        found = next((each for each in self.intakes if str(each.pk) == asked), None)
        intake = found or next(iter(self.intakes), None)
        return Scopes(intake, self.actor) if intake else None

    @cached_property
    def scope(self) -> Scope | None:
        asked = self.request.GET.get("period", "")
        return self.scopes.scope(asked) if self.scopes else None

    def context(self) -> dict[str, Any]:
        chosen = {
            "intake": str(self.scope.intake.pk) if self.scope else "",
            "period": self.scope.key if self.scope else "",
        }
        periods = self.scopes.periods if self.scopes else []
        has_tracks = bool(self.scopes and self.scopes.has_tracks)
        return {
            **super().context(),
            "page_title": _("A new round"),
            "crumbs": [
                {"label": _("Rounds"), "url": self.url("rounds")},
                {"label": _("A new round")},
            ],
            "filter_form": RoundScope(self.intakes, periods, chosen, has_tracks=has_tracks),
            "submit": _("Draft the round"),
        }

    def act(self, form: forms.Form) -> str:
        if self.scope is None or not isinstance(form, RoundForm):
            raise NotFound
        made = draft_round(
            self.scope.intake.pk,
            actor=self.actor,
            at=self.at,
            period=self.scope.period.code if self.scope.period else "",
            **form.terms(),
        )
        return reverse("office:round", args=[self.consortium.slug, made.pk])


class EditRound(RoundFormPage, RoundPage):
    """Change a draft; for whom and for what it is stays."""

    template_name = "office/round_new.html"
    success = gettext_lazy("The draft is changed.")

    def fresh(self) -> HttpResponse:
        with acting(self.actor):
            check_draft(self.round)
        return super().fresh()

    @property
    def zone(self) -> str:
        return self.round.zone

    @cached_property
    def scope(self) -> Scope:
        """With the seats of the draft in place of those it would begin with today."""
        found = Scopes(self.round.intake, self.actor).of_round(self.round)
        if found is None:
            raise NotFound
        return found

    def typed(self) -> dict[str, Any]:
        return {name: getattr(self.round, name) for name in RoundForm.names}

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "page_title": _("Change the draft"),
            "crumbs": [
                {"label": _("Rounds"), "url": self.url("rounds")},
                {"label": self.round.title, "url": self.home()},
                {"label": _("Change the draft")},
            ],
            "submit": _("Save the draft"),
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, RoundForm)  # made by self.form
        redraft_round(self.round.pk, actor=self.actor, at=self.at, **form.terms())
        return self.home()


class DiscardRound(ButtonForm, RoundPage):
    success = gettext_lazy("The draft is thrown away.")

    def act(self, form: forms.Form) -> str:
        discard_round(self.round.pk, actor=self.actor, at=self.at)
        return self.url("rounds")

"""Calls: where each stands, what it asks for, and the three acts of its life."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.calls import close_call, extend_deadline, open_call
from admissions.domain.figures import Funnel, funnels
from admissions.models import Call, Criterion, DocumentRequirement, EligibilityRule
from web.files import formats_in_words, size_in_words
from web.office.desk import ButtonForm, CallDesk, Desk, PartForm
from web.office.forms import Confirmation, ExtensionForm


class Calls(Desk):
    """Two queries: a consortium has a call a year, so the newest fifty are all of them."""

    stop = "calls"
    template_name = "office/calls.html"

    def context(self) -> dict[str, Any]:
        calls = list(Call.objects.for_actor(self.actor, "view").for_listing()[:50])
        figures = funnels([call.pk for call in calls], actor=self.actor)
        rows = [{"call": call, "funnel": figures.get(call.pk, Funnel())} for call in calls]
        return {"page_title": _("Calls"), "rows": rows}


class CallPage(CallDesk):
    template_name = "office/call.html"

    def home(self) -> str:
        return self.url("call", slug=self.kwargs["slug"])

    def context(self) -> dict[str, Any]:
        call = self.call
        criteria = self.parts(Criterion)
        weights = sum(each.weight for each in criteria)
        slots = self.parts(DocumentRequirement)
        rules = self.parts(EligibilityRule)
        return {
            **super().context(),
            "page_title": call.title,
            "criteria": criteria,
            "weights": weights,
            "rules": rules,
            "slots": [
                {
                    "slot": slot,
                    "limits": _("%(formats)s, at most %(size)s")
                    % {
                        "formats": formats_in_words(slot.formats),
                        "size": size_in_words(slot.max_bytes),
                    },
                }
                for slot in slots
            ],
            "checklist": checklist(call, len(criteria), weights, len(slots), len(rules)),
            "may_manage": self.actor.may("manage_calls"),
            "is_over": self.at >= call.closes_at,
            "extension_form": ExtensionForm(call.zone, call.closes_at),
            "button": Confirmation(),
        }

    def parts(self, model: Any) -> list[Any]:
        rows = model.objects.for_actor(self.actor, "view").filter(call=self.call)
        return list(rows.order_by("position"))


def checklist(
    call: Call, criteria: int, weights: int, slots: int, rules: int
) -> list[dict[str, Any]]:
    """What opening freezes, and whether it is in order. Rows of components/task_list.html."""
    lines = [
        (
            _("Criteria and weights"),
            _("%(n)d criteria, %(sum)d %%") % {"n": criteria, "sum": weights},
            weights == 100,
        ),
        (_("Documents"), _("%(n)d asked for") % {"n": slots}, slots > 0),
        (_("Eligibility rules"), _("%(n)d rules") % {"n": rules}, rules > 0),
        (_("Reference letters"), _("%(n)d needed") % {"n": call.references_needed}, True),
        (_("Reviews per dossier"), _("%(n)d needed") % {"n": call.reviews_needed}, True),
    ]
    return [
        {
            "title": title,
            "hint": fact,
            "status": _("in order") if fine else _("look again"),
            "tone": "done" if fine else "time",
        }
        for title, fact, fine in lines
    ]


class Open(ButtonForm, CallPage):
    right = "manage_calls"
    success = gettext_lazy("The call is open. What it asks for is frozen.")

    def act(self, form: forms.Form) -> str:
        open_call(self.call.pk, actor=self.actor, at=self.at)
        return self.home()


class Extend(PartForm, CallPage):
    right = "manage_calls"
    slot = "extension_form"
    success = gettext_lazy("The deadline has moved; everyone with a draft is told.")

    def form(self, *data: Any) -> forms.Form:
        return ExtensionForm(self.call.zone, self.call.closes_at, *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        extend_deadline(
            self.call.pk,
            actor=self.actor,
            at=self.at,
            closes_at=typed["closes_at"],
            reason=typed["reason"],
        )
        return self.home()


class Close(ButtonForm, CallPage):
    right = "manage_calls"
    success = gettext_lazy("The call is closed; drafts that were not submitted have lapsed.")

    def act(self, form: forms.Form) -> str:
        close_call(self.call.pk, actor=self.actor, at=self.at)
        return self.home()

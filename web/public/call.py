"""A call: until when, what is asked, how it is decided, and whether it is meant for me."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call, Criterion, DocumentRequirement, EligibilityRule
from consortium.access import acting
from web.files import formats_in_words, size_in_words
from web.public.base import VisitorPage

ANSWERS = [
    ("yes", gettext_lazy("Fits me, or does not concern me")),
    ("no", gettext_lazy("Does not fit me")),
    ("unsure", gettext_lazy("I am not sure")),
]


class SelfCheck(forms.Form):
    """One question per formal rule. Nothing of it is kept."""

    def __init__(self, rules: list[EligibilityRule], *data: Any) -> None:
        super().__init__(*data)
        for rule in rules:
            self.fields[rule.code] = forms.ChoiceField(
                label=rule.sentence,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers come to: rules that speak against it, rules to ask about."""

    against: list[EligibilityRule]
    unsure: list[EligibilityRule]


class CallPage(VisitorPage):
    template_name = "public/call.html"

    def context(self) -> dict[str, Any]:
        calls = Call.objects.for_actor(self.actor, "view").select_related("intake")
        self.call = Call.objects.reach(self.actor, "view", slug=self.kwargs["slug"])
        self.call.intake = calls.get(pk=self.call.pk).intake
        self.rules = self._parts(EligibilityRule)
        slug = self.consortium.slug
        return {
            "page_title": self.call.title,
            "call": self.call,
            "is_open": self.call.is_taking_dossiers(self.at),
            "is_before": self.at < self.call.opens_at,
            "requirements": [self._slot(slot) for slot in self._parts(DocumentRequirement)],
            "criteria": self._parts(Criterion),
            "rules": self.rules,
            "check": SelfCheck(self.rules),
            "programme_url": reverse("public:programme", args=[slug]),
            "apply_url": reverse("applicant:dashboard", args=[slug]),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The self-check: answers come in, a verdict goes out, nothing stays."""
        with acting(self.actor):
            context = self.context()
            check = SelfCheck(self.rules, request.POST)
            valid = check.is_valid()
            verdict = self._verdict(check) if valid else None
            shown = {**context, "check": check, "form": check, "verdict": verdict}
            return self.page(shown, status=200 if valid else 422)

    def _verdict(self, check: SelfCheck) -> Verdict:
        said = check.cleaned_data
        return Verdict(
            against=[rule for rule in self.rules if said[rule.code] == "no"],
            unsure=[rule for rule in self.rules if said[rule.code] == "unsure"],
        )

    def _parts(self, model: Any) -> list[Any]:
        return list(model.objects.for_actor(self.actor, "view").filter(call=self.call))

    def _slot(self, slot: DocumentRequirement) -> dict[str, Any]:
        return {
            "slot": slot,
            "limits": _("%(formats)s, at most %(size)s")
            % {
                "formats": formats_in_words(slot.formats),
                "size": size_in_words(slot.max_bytes),
            },
        }

"""The acts on one dossier, each a form of its page: rule, assign, take back, prepare an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from admissions.domain.assignments import assign, withdraw_assignment
from admissions.domain.eligibility import Finding, rule
from admissions.domain.offers import prepare
from admissions.models import Assignment
from consortium.access import acting
from web.office.desk import PartForm
from web.office.dossier import DossierDesk
from web.office.dossier_forms import EligibilityForm, OfferForm, ReviewersForm
from web.office.forms import ReasonForm


class Rule(PartForm, DossierDesk):
    right = "rule_eligibility"
    slot = "eligibility_form"
    success = gettext_lazy("The ruling is kept; the applicant was told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        return EligibilityForm(self.rules, *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        findings = {
            each.code: Finding(typed[each.code] == "yes", typed[f"{each.code}-remark"])
            for each in self.rules
            if typed[each.code]
        }
        rule(
            self.dossier.pk,
            actor=self.actor,
            at=self.at,
            findings=findings,
            reason=typed["reason"],
        )
        return self.home()


class Assign(PartForm, DossierDesk):
    right = "assign_reviewers"
    slot = "reviewers_form"
    success = gettext_lazy("The reviewers were told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        rows = Assignment.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        return ReviewersForm(self.free(list(rows)), *data)

    def act(self, form: forms.Form) -> str:
        ids = form.cleaned_data["membership_ids"]
        assign(self.dossier.pk, actor=self.actor, at=self.at, membership_ids=ids)
        return self.home()


class TakeBack(PartForm, DossierDesk):
    """Withdraw one assignment of this dossier."""

    right = "assign_reviewers"
    slot = "take_back_form"
    success = gettext_lazy("The dossier was taken back from the reviewer.")

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        with acting(self.actor):
            rows = Assignment.objects.all()
            row = rows.reach(
                self.actor, "view", pk=self.kwargs["assignment"], dossier_id=self.dossier.pk
            )
        reason = form.cleaned_data["reason"]
        withdraw_assignment(row.pk, actor=self.actor, at=self.at, reason=reason)
        return self.home()


class Prepare(PartForm, DossierDesk):
    right = "make_offers"
    slot = "offer_form"
    success = gettext_lazy("The offer is prepared. Nobody was told yet: send it from the offers.")

    def form(self, *data: Any) -> forms.Form:
        return OfferForm.of(self.actor, self.dossier.call, *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        prepare(
            self.dossier.pk,
            actor=self.actor,
            at=self.at,
            track=typed["track"],
            route=typed["route"],
            conditions=typed["conditions"],
        )
        return self.home()

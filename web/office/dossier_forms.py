"""Forms about dossiers: the ruling, the reviewers, the offer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call, EligibilityRule
from consortium.actor import Actor
from consortium.models import Membership
from mobility_tracks.models import Track

YES_NO = [("yes", gettext_lazy("Met")), ("no", gettext_lazy("Not met"))]


class ReviewersForm(forms.Form):
    """Whom to give dossiers to; the choices are reviewers in office."""

    def __init__(self, people: Sequence[Membership], *data: Any) -> None:
        super().__init__(*data)
        self.fields["membership_ids"] = forms.MultipleChoiceField(
            label=_("Reviewers"),
            help_text=_("Of at least two partners, so that no house judges alone."),
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(m.pk), f"{m.person_name} ({m.party.code})") for m in people],
            error_messages={"required": _("Choose at least one reviewer.")},
        )


class EligibilityForm(forms.Form):
    """One question and one remark per rule of the call."""

    def __init__(self, rules: Iterable[EligibilityRule], *data: Any, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.rules = list(rules)
        for rule in self.rules:
            self.fields[rule.code] = forms.ChoiceField(
                label=rule.sentence,
                help_text=rule.source,
                choices=YES_NO,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"{rule.code}-remark"] = forms.CharField(
                label=_("Remark"), required=False, max_length=500
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reason, when this overturns an earlier ruling"),
            required=False,
            max_length=500,
        )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[rule.code], self[f"{rule.code}-remark"]) for rule in self.rules]


class OfferForm(forms.Form):
    """What is offered: a track of the call's version, the funding, conditions."""

    conditions = forms.CharField(
        label=gettext_lazy("Conditions"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The applicant reads them as they stand here."),
    )

    @classmethod
    def of(cls, actor: Actor, call: Call, *data: Any) -> "OfferForm":
        form = cls(*data)
        tracks = Track.objects.for_actor(actor, "view").filter(version=call.intake.version_id)
        form.fields["track"] = forms.ModelChoiceField(
            label=_("Track"), queryset=tracks, required=False, empty_label=_("to be decided later")
        )
        form.fields["route"] = forms.ChoiceField(
            label=_("Funding"),
            required=False,
            choices=[("", _("not said")), *((r["code"], r["name"]) for r in call.routes)],
        )
        form.order_fields(["track", "route", "conditions"])
        return form

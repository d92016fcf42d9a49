"""The office's forms: they parse and say what is missing; the acts decide."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call, EligibilityRule
from consortium.actor import Actor
from consortium.models import Membership
from mobility_tracks.models import Track

YES_NO = [("yes", gettext_lazy("Met")), ("no", gettext_lazy("Not met"))]


class MomentField(forms.DateTimeField):
    """A wall-clock time in `zone`, as an instant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    def to_python(self, value: Any) -> datetime | None:
        parsed = super().to_python(value)
        if parsed is None:
            return None
        return parsed.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return value


class ExtensionForm(forms.Form):
    """Only later, and with the reason that is published."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Everyone with a draft is told; the reason goes into the journal."),
    )

    def __init__(self, zone: str, now: datetime, *data: Any) -> None:
        super().__init__(*data)
        self.fields["closes_at"] = MomentField(
            zone=zone, label=_("New deadline, in %(zone)s") % {"zone": zone}, initial=now
        )
        self.order_fields(["closes_at", "reason"])


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


class DistributionForm(forms.Form):
    """The seed that tells equal loads apart, and the day by which reviews are due."""

    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=40,
        help_text=gettext_lazy("Equal loads are told apart by it; it is kept in the journal."),
    )

    def __init__(self, zone: str, *data: Any, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.fields["due_at"] = MomentField(
            zone=zone, required=False, label=_("Reviews due, in %(zone)s") % {"zone": zone}
        )


class ApprovalForm(forms.Form):
    """A signature: it names what was looked at."""

    looked = forms.BooleanField(
        label=gettext_lazy("I have read the lists; they are the committee's decision."),
        error_messages={"required": gettext_lazy("Read the lists, then say so.")},
    )


class Confirmation(forms.Form):
    """A button with nothing to fill in."""


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


class ReasonForm(forms.Form):
    """An act that is kept with its reason."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class SeedForm(forms.Form):
    """The seed of a ranking; left empty, it is the one published with the call."""

    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Decides between dossiers that every rule leaves equal. Left empty, it is the one that "
            "was fixed when the call opened."
        ),
    )

"""The office's forms: they parse and say what is missing; the acts decide."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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


class DayField(forms.DateField):
    """The end of a day (23:59) in `zone`, as an instant."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.zone = zone

    def clean(self, value: Any) -> datetime | None:
        day = super().clean(value)
        if day is None:
            return None
        try:
            return datetime.combine(day, time(23, 59), ZoneInfo(self.zone)).astimezone(UTC)
        except OverflowError:
            raise forms.ValidationError(_("That day is beyond every calendar.")) from None


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

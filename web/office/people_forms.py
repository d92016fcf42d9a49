"""Forms about people: whom to appoint to what, for whom, until when, why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call
from consortium.models import Party
from consortium.roles import NEEDS_END, NEEDS_PARTY, Role
from web.office.forms import DayField


class PersonForm(forms.Form):
    """Somebody by name and address; an account is made where there is none."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def ends_and_reason(self, zone: str, *, until: str = "") -> None:
        """The last two questions of every appointment."""
        self.fields["until"] = DayField(
            zone=zone, label=_("Until the end of"), required=False, help_text=until
        )
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=300)


class AppointmentForm(PersonForm):
    """The office's: every role, for a partner or a single call where that makes sense."""

    def __init__(
        self,
        roles: Iterable[Role],
        parties: Sequence[Party],
        calls: Sequence[Call],
        zone: str,
        *data: Any,
    ) -> None:
        super().__init__(*data)
        self.parties = {str(party.pk): party for party in parties}
        self.calls = {str(call.pk): call for call in calls}
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=[(role.value, role.label) for role in roles]
        )
        self.fields["party"] = forms.ChoiceField(
            label=_("Partner"),
            required=False,
            choices=[
                ("", _("none")),
                *((pk, f"{p.code} {p.name}") for pk, p in self.parties.items()),
            ],
            help_text=_("For these roles: %(roles)s.") % {"roles": named(NEEDS_PARTY)},
        )
        self.fields["call"] = forms.ChoiceField(
            label=_("Only for the call"),
            required=False,
            choices=[
                ("", _("the whole consortium")),
                *((pk, c.title) for pk, c in self.calls.items()),
            ],
            help_text=_("For this role: %(role)s.") % {"role": Role.COMMITTEE.label},
        )
        hint = _("Needed for this role, and within a year: %(role)s.")
        self.ends_and_reason(zone, until=hint % {"role": named(NEEDS_END)})

    @property
    def party(self) -> Party | None:
        return self.parties.get(self.cleaned_data["party"])

    @property
    def call(self) -> Call | None:
        return self.calls.get(self.cleaned_data["call"])


def named(roles: Iterable[Role]) -> str:
    """In the order of the table."""
    return ", ".join(str(role.label) for role in Role if role in set(roles))

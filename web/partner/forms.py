"""A partner's forms about its own people and about what it hands on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.domain.roles_in_words import in_words
from consortium.models import Department, Membership
from consortium.roles import DELEGABLE, OF_PARTNERS, Container, Role
from mobility_tracks.domain.delegation import What
from mobility_tracks.models import Offering, Track
from web.office.forms import DayField
from web.office.people_forms import PersonForm

Choices = list[tuple[str, Any]]


class OwnPersonForm(PersonForm):
    """A reviewer or a delegate of the partner's own."""

    def __init__(self, departments: Sequence[Department], zone: str, *data: Any) -> None:
        super().__init__(*data)
        self.departments = {str(each.pk): each for each in departments}
        roles = [role for role in Role if role in OF_PARTNERS]
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=[(role.value, role.label) for role in roles]
        )
        self.fields["department"] = forms.ChoiceField(
            label=_("Department"),
            required=False,
            choices=[("", _("none")), *((pk, each.name) for pk, each in self.departments.items())],
            help_text=_("For delegates: they hold what is handed on to the department."),
        )
        self.ends_and_reason(zone)

    @property
    def department(self) -> Department | None:
        return self.departments.get(self.cleaned_data["department"])


class DepartmentForm(forms.Form):
    """A department that rights can be handed on to."""

    name = forms.CharField(label=gettext_lazy("Name of the department"), max_length=200)


class HandOnForm(forms.Form):
    """To whom, which rights, on what, until when, why. held: what the partner holds itself."""

    def __init__(
        self,
        receivers: Mapping[str, Department | Membership],
        parts: tuple[Sequence[Offering], Sequence[Track]],
        held: Iterable[str],
        zone: str,
        *data: Any,
    ) -> None:
        super().__init__(*data)
        self.receivers = receivers
        self.fields["to"] = forms.ChoiceField(
            label=_("To"), choices=[("", _("choose")), *_named(receivers)]
        )
        self.fields["rights"] = forms.MultipleChoiceField(
            label=_("What"), widget=forms.CheckboxSelectMultiple, choices=_rights(set(held))
        )
        self.fields["on"] = forms.ChoiceField(
            label=_("On"),
            choices=_parts(*parts),
            help_text=_("On a track: receiving its students at this partner."),
        )
        self.fields["until"] = DayField(
            zone=zone,
            label=_("Until the end of"),
            required=False,
            help_text=_("Left empty: until it is taken back."),
        )
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=300)

    @property
    def to(self) -> Department | Membership:
        return self.receivers[self.cleaned_data["to"]]

    @property
    def what(self) -> What:
        kind, _colon, which = self.cleaned_data["on"].partition(":")
        rights = frozenset(self.cleaned_data["rights"])
        return What(rights, Container(kind), UUID(which) if which else None)


def _named(receivers: Mapping[str, Department | Membership]) -> Choices:
    departments = [(key, to.name) for key, to in receivers.items() if isinstance(to, Department)]
    people = [(key, _person(to)) for key, to in receivers.items() if isinstance(to, Membership)]
    groups = [(_("Departments"), departments), (_("Delegates"), people)]
    return [(name, choices) for name, choices in groups if choices]


def _person(member: Membership) -> str:
    department = f", {member.department.name}" if member.department else ""
    return f"{member.person_name} ({member.person_email}{department})"


def _rights(held: set[str]) -> Choices:
    """What this partner lacks is a choice, too: the refusal says whom to ask."""
    lacks = _("%(right)s (not granted to this partner)")
    return [
        (right, words if right in held else lacks % {"right": words})
        for right in sorted(DELEGABLE[Container.PARTY], reverse=True)
        for words in in_words(Container.PARTY, {right})
    ]


def _parts(offerings: Sequence[Offering], tracks: Sequence[Track]) -> Choices:
    whole = (Container.PARTY.value, _("everything of this partner"))
    own = [
        (f"{Container.OFFERING.value}:{each.pk}", f"{each.period.title}: {each}")
        for each in offerings
    ]
    paths = [(f"{Container.TRACK.value}:{each.pk}", str(each)) for each in tracks]
    groups = [(_("One offering"), own), (_("One track"), paths)]
    return [whole, *((name, choices) for name, choices in groups if choices)]

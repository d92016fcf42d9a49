"""The form of a place by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mobility_tracks.models import Offering


class PlaceForm(forms.Form):
    """Where a student goes, decided by hand, and why."""

    def __init__(self, offerings: Iterable[Offering], *data: Any) -> None:
        super().__init__(*data)
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in offerings:
            line = (str(each.pk), f"{each.host.code} {each}")
            groups.setdefault(each.period.title, []).append(line)
        self.fields["offering"] = forms.ChoiceField(
            label=_("Host"), choices=[("", _("choose")), *groups.items()]
        )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=300,
            help_text=_("The student and the host read it."),
        )

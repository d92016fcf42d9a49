"""Forms of a partner's desk: they parse and say what is missing; the acts decide."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.items import ITEMS, Item, Told
from partners.models import Partnership, SharingAgreement
from web.partner.words import after, first_day, first_instant, last_day

GIVE, ASK = "give", "ask"


def _day(label: str, hint: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=hint)


class ProposalForm(forms.Form):
    """Who lets whom see what, about students who are sent; days are those of the consortium's zone.

    ours: partners for which the person may negotiate. others: those with whom.
    """

    way = forms.ChoiceField(
        label=gettext_lazy("Who lets whom see more"),
        widget=forms.RadioSelect,
        choices=[
            (GIVE, gettext_lazy("We let them see more of the students we send there")),
            (ASK, gettext_lazy("We ask to see more of the students they send here")),
        ],
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("What"),
        widget=forms.CheckboxSelectMultiple,
        choices=Item.choices,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Both partners and the consortium office read it."),
    )

    def __init__(
        self,
        ours: Sequence[Partnership],
        others: Sequence[Partnership],
        zone: str,
        *data: Any,
        **more: Any,
    ) -> None:
        super().__init__(*data, **more)
        self.sides = {str(each.pk): each for each in (*ours, *others)}
        self.zone = zone
        self.fields["ours"] = forms.ChoiceField(
            label=_("For"),
            choices=[(str(p.pk), p.institution.name) for p in ours],
            widget=forms.Select if len(ours) > 1 else forms.HiddenInput,
            initial=str(ours[0].pk) if ours else "",
        )
        self.fields["partner"] = forms.ChoiceField(
            label=_("With"),
            choices=[("", _("choose")), *((str(p.pk), p.institution.name) for p in others)],
        )
        self.fields["starts_at"] = _day(_("From"), _("Left empty: from its acceptance on."))
        self.fields["ends_at"] = _day(
            _("Until, that day included"), _("Left empty: until one of the two revokes it.")
        )
        self.order_fields(["ours", "partner", "way", "items", "starts_at", "ends_at", "note"])

    @property
    def boxes(self) -> Iterator[tuple[Any, str, Told]]:
        """Each box with its label and what stands behind it."""
        for box in self["items"]:
            item = Item(str(box.data["value"]))
            yield box, capfirst(str(item.label)), ITEMS[item]

    @property
    def giver(self) -> Partnership:
        return self.sides[self.cleaned_data["ours" if self.gives else "partner"]]

    @property
    def receiver(self) -> Partnership:
        return self.sides[self.cleaned_data["partner" if self.gives else "ours"]]

    @property
    def gives(self) -> bool:
        return bool(self.cleaned_data["way"] == GIVE)

    @property
    def days(self) -> tuple[datetime | None, datetime | None]:
        first: date | None = self.cleaned_data["starts_at"]
        last: date | None = self.cleaned_data["ends_at"]
        return (
            first_instant(first, self.zone) if first else None,
            after(last, self.zone) if last else None,
        )


def initial_of(agreement: SharingAgreement, ours: int, zone: str) -> dict[str, Any]:
    """What a new version of an agreement begins with."""
    gives = agreement.giver_id == ours
    return {
        "ours": str(ours),
        "partner": str(agreement.receiver_id if gives else agreement.giver_id),
        "way": GIVE if gives else ASK,
        "items": list(agreement.items),
        "starts_at": None if agreement.starts_at is None else first_day(agreement.starts_at, zone),
        "ends_at": last_day(agreement.ends_at, zone) if agreement.ends_at else None,
        "note": agreement.note,
    }

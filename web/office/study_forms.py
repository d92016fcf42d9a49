"""Forms about studies: places by hand, rounds."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.models import AllocationRound, Intake, Offering, Period
from web.office.forms import MomentField


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


class RoundScope(forms.Form):
    """For whom and for when: the first question of a new round."""

    def __init__(self, intakes: Sequence[Intake], periods: Sequence[Period], *data: Any) -> None:
        super().__init__(*data)
        self.fields["intake"] = forms.ChoiceField(
            label=_("A round for"), choices=[(str(i.pk), i.name) for i in intakes]
        )
        self.fields["period"] = forms.ChoiceField(
            label=_("about"), choices=[(p.code, p.title) for p in periods]
        )


class RoundForm(forms.Form):
    """Until when, by which procedure, and how many seats at each host of the period."""

    names = ("title", "opens_at", "closes_at", "policy", "merit_basis", "seed")
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def __init__(self, offerings: Sequence[Offering], zone: str, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        self.offerings = offerings
        self.zone = zone
        self.fields["opens_at"] = MomentField(
            zone=zone, label=_("Opens, in %(zone)s") % {"zone": zone}
        )
        self.fields["closes_at"] = MomentField(
            zone=zone, label=_("Closes, in %(zone)s") % {"zone": zone}
        )
        self.fields["policy"] = forms.ChoiceField(
            label=_("Procedure"), choices=AllocationRound.Policy.choices
        )
        self.fields["merit_basis"] = forms.CharField(
            label=_("What merit is"),
            required=False,
            max_length=200,
            help_text=_(
                "Only for “Merit respected”: such as “the mean mark of the first year”. Students read it."
            ),
        )
        self.fields["seed"] = forms.CharField(
            label=_("Seed"),
            max_length=40,
            help_text=_("It decides between plans that are equally good; students see it."),
        )
        for each in offerings:
            for side, initial in (("least", each.min_seats or 0), ("most", each.max_seats)):
                label = _("Least seats: %(host)s") if side == "least" else _("Most seats: %(host)s")
                words = label % {"host": each}
                self.fields[f"{side}-{each.code}"] = forms.IntegerField(
                    label=words,
                    widget=forms.NumberInput(attrs={"aria-label": words}),
                    min_value=0,
                    max_value=32_767,
                    required=False,
                    initial=initial,
                )

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def rows(self) -> list[tuple[Offering, forms.BoundField, forms.BoundField]]:
        return [(o, self[f"least-{o.code}"], self[f"most-{o.code}"]) for o in self.offerings]

    @property
    def seats(self) -> dict[str, tuple[int, int]]:
        """By offering; a host whose most was left empty does not take part."""
        typed = self.cleaned_data
        return {
            each.code: (typed[f"least-{each.code}"] or 0, typed[f"most-{each.code}"])
            for each in self.offerings
            if typed[f"most-{each.code}"] is not None
        }


class MeritForm(forms.Form):
    """Merits by reference, one a line, for the procedure that serves in order of merit."""

    merits = forms.CharField(
        label=gettext_lazy("Merits"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Only for “Merit respected”: on each line a reference and a whole number; more is better."
        ),
    )

    def clean_merits(self) -> dict[str, int]:
        """Raises for a line that is not a reference and a number."""
        found = {}
        for line in self.cleaned_data["merits"].splitlines():
            reference, _gap, merit = line.strip().rpartition(" ")
            if line.strip() and not (reference and merit.lstrip("-").isdigit()):
                raise forms.ValidationError(
                    _("“%(line)s” is not a reference and a whole number."), params={"line": line}
                )
            if line.strip():
                found[reference.strip()] = int(merit)
        return found

"""Forms about rounds: for whom and for what, until when and with which seats, merits."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.models import AllocationRound, Intake, Period
from web.choices import Shown
from web.office.forms import MomentField
from web.office.round_scope import WHOLE_TRACKS, Scope, SeatRow

Line = tuple[Shown, forms.BoundField, forms.BoundField]


class RoundScope(forms.Form):
    """For whom and for what: the first question of a new round."""

    def __init__(
        self,
        intakes: Sequence[Intake],
        periods: Sequence[Period],
        *data: Any,
        has_tracks: bool,
    ) -> None:
        super().__init__(*data)
        self.fields["intake"] = forms.ChoiceField(
            label=_("A round for"), choices=[(str(i.pk), i.name) for i in intakes]
        )
        whole = [(WHOLE_TRACKS, _("whole tracks"))] if has_tracks else []
        self.fields["period"] = forms.ChoiceField(
            label=_("about"), choices=[*((p.code, p.title) for p in periods), *whole]
        )


class RoundForm(forms.Form):
    """Until when, by which procedure, and how many seats each choice has.

    Of tracks, each host on their way may have seats as well, for all of them together.
    """

    names = ("title", "opens_at", "closes_at", "policy", "merit_basis", "seed")
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)

    def __init__(self, scope: Scope, zone: str, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        self.scope = scope
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
        for row in (*scope.rows, *scope.rooms):
            for side, value in (("least", row.least), ("most", row.most)):
                self.fields[row.field(side)] = _seats_field(row, side, value)

    def clean(self) -> dict[str, Any]:
        """What the act would refuse in codes is told at its field."""
        cleaned = super().clean() or {}
        passed = {
            code
            for row in self.scope.rows
            if cleaned.get(row.field("most")) is not None
            for code in row.passes
        }
        for row in (*self.scope.rows, *self.scope.rooms):
            least, most = (cleaned.get(row.field(side)) for side in ("least", "most"))
            if most is not None and (least or 0) > most:
                words = _("The least is at most the most, which is %(most)d.") % {"most": most}
                self.add_error(row.field("least"), words)
            if row.is_room and most is not None and row.code not in passed:
                words = _("No track that takes part leads here: leave “most” empty.")
                self.add_error(row.field("most"), words)
        return cleaned

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    @property
    def rows(self) -> list[Line]:
        return list(self._lines(self.scope.rows))

    @property
    def rooms(self) -> list[Line]:
        return list(self._lines(self.scope.rooms))

    def terms(self) -> dict[str, Any]:
        """What the acts on drafts take; a row whose most was left empty does not take part."""
        typed = self.cleaned_data
        return {
            "zone": self.zone,
            "seats": dict(self._typed(self.scope.rows)),
            "rooms": dict(self._typed(self.scope.rooms)),
            **{name: typed[name] for name in self.names},
        }

    def _lines(self, rows: Sequence[SeatRow]) -> Iterator[Line]:
        return ((row.shown, self[row.field("least")], self[row.field("most")]) for row in rows)

    def _typed(self, rows: Sequence[SeatRow]) -> Iterator[tuple[str, tuple[int, int]]]:
        typed = self.cleaned_data
        for row in rows:
            if typed[row.field("most")] is not None:
                yield row.code, (typed[row.field("least")] or 0, typed[row.field("most")])


def _seats_field(row: SeatRow, side: str, value: int | None) -> forms.IntegerField:
    label = _("Least seats: %(host)s") if side == "least" else _("Most seats: %(host)s")
    words = label % {"host": row.shown.title}
    return forms.IntegerField(
        label=words,
        widget=forms.NumberInput(attrs={"aria-label": words}),
        min_value=0,
        max_value=32_767,
        required=False,
        initial=value,
    )


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

"""A reviewer's forms. Marks are radio buttons; a draft may leave them open."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Criterion

SHORTEST_SCALE = 2


class ReviewForm(forms.Form):
    """One mark per criterion, named by its code, and a comment for the committee."""

    def __init__(self, criteria: Sequence[Criterion], *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        self.criteria = criteria
        for each in criteria:
            self.fields[each.code] = forms.TypedChoiceField(
                label=each.title,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[(mark, str(mark)) for mark in range(each.max_points + 1)],
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment for the committee"),
            required=False,
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    @property
    def scores(self) -> dict[str, int | None]:
        return {each.code: self.cleaned_data[each.code] for each in self.criteria}

    @property
    def scales(self) -> list[dict[str, Any]]:
        """Contexts of components/score_scale.html, one per criterion."""
        return [self._scale(each) for each in self.criteria]

    def _scale(self, each: Criterion) -> dict[str, Any]:
        anchors = sorted((int(mark), text) for mark, text in each.anchors.items())
        return {
            "name": each.code,
            "legend": each.title,
            "weight": _("weight %(n)d %%") % {"n": each.weight},
            "help": each.help,
            "value": self[each.code].value(),
            "steps": list(range(each.max_points + 1)),
            "low": anchors[0][1] if len(anchors) >= SHORTEST_SCALE else "",
            "high": anchors[-1][1] if len(anchors) >= SHORTEST_SCALE else "",
            "anchors": anchors,
            "errors": self.errors.get(each.code, []),
        }


class RecusalForm(forms.Form):
    """Why I should not judge this dossier."""

    reason = forms.CharField(
        label=gettext_lazy("What the conflict is"),
        max_length=300,
        help_text=gettext_lazy("In a sentence. The office reads it; the applicant does not."),
    )

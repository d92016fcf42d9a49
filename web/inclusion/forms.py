"""Forms of the inclusion desk: they parse and say what is missing; the acts decide."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.needs_rulings import LONGEST
from admissions.needs_steps import LISTED, STEPS


class NoteForm(forms.Form):
    """Where evidence was seen that did not come as a file."""

    note = forms.CharField(
        label=gettext_lazy("Where did you see the evidence?"),
        help_text=gettext_lazy("As in: at the disability service, on 3 March. Only you read it."),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Say where you saw it.")},
    )


class StepForm(forms.Form):
    """A step of the table; those that nobody has confirmed say so."""

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["amount"] = forms.ChoiceField(
            label=_("Step of unit costs"),
            choices=[("", _("Choose a step")), *((s.amount, _words(s)) for s in STEPS.values())],
            help_text=_("For the whole of the studies. Source: %(source)s") % {"source": LISTED},
            error_messages={"required": _("Choose a step.")},
        )
        self.fields["reason"] = forms.CharField(
            label=_("What it is for"),
            help_text=_("The applicant reads it; nobody else does."),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        )


def _words(step: Any) -> str:
    amount = f"EUR {number_format(step.amount, force_grouping=True)}"
    if step.source == LISTED:
        return amount
    return _("%(amount)s (to be confirmed in the grant agreement)") % {"amount": amount}


class RefusalForm(forms.Form):
    """Why not, in words for the person who asked."""

    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("The applicant reads it; nobody else does."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why: the applicant reads it.")},
    )

"""The forms of what-if: what can be asked of a decided round, and why its answer is adopted."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.domain.what_ifs import Question
from mobility_tracks.models import AllocationRound, Offering
from mobility_tracks.placement import Problem


class QuestionForm(forms.Form):
    """Everything that can be asked; what is left as it is changes nothing."""

    use_required_attribute = False

    def __init__(
        self,
        problem: Problem,
        offerings: Mapping[str, Offering],
        students: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.problem, self.offerings = problem, offerings
        for option in problem.options:
            name = called(offerings, option.id)
            for side, value in (("least", option.seats.least), ("most", option.seats.most)):
                words = _("Least seats: %(host)s") if side == "least" else _("Most seats: %(host)s")
                self.fields[f"{side}-{option.id}"] = forms.IntegerField(
                    label=words % {"host": name},
                    initial=value,
                    min_value=0,
                    max_value=32_767,
                    required=False,
                    widget=forms.TextInput(
                        attrs={"inputmode": "numeric", "aria-label": words % {"host": name}}
                    ),
                )
        self._choices(problem, offerings, students)

    def _choices(
        self, problem: Problem, offerings: Mapping[str, Offering], students: Mapping[str, str]
    ) -> None:
        rows = {offering.host.institution.key: offering for offering in offerings.values()}
        hosts = [(key, row.host.institution.name) for key, row in rows.items()]
        people = [("", _("nobody")), *sorted(students.items(), key=lambda each: each[1])]
        named = [("", _("choose")), *((o.id, called(offerings, o.id)) for o in problem.options)]
        self.fields |= {
            "closed": _several(_("Hosts that drop out"), hosts),
            "rules_off": _several(
                _("Rules left out"), [(r.id, r.sentence or r.id) for r in problem.rules]
            ),
            "groups_off": _several(
                _("Balances left out"), [(g.id, g.sentence or g.id) for g in problem.groups]
            ),
            "policy": forms.ChoiceField(
                label=_("Procedure"),
                choices=[("", _("as it is")), *AllocationRound.Policy.choices],
                required=False,
            ),
            "gone": forms.MultipleChoiceField(
                label=_("Students who would leave"),
                choices=people[1:],
                required=False,
                widget=forms.SelectMultiple(attrs={"size": "6"}),
            ),
            "student": forms.ChoiceField(
                label=_("By hand: the student"), choices=people, required=False
            ),
            "option": forms.ChoiceField(label=_("goes to"), choices=named, required=False),
            "because": forms.CharField(label=_("because"), max_length=300, required=False),
            "way": forms.ChoiceField(
                label=_("Solve again"),
                choices=[
                    ("fewest", _("moving as few students as possible")),
                    ("fresh", _("afresh, as if it were decided now")),
                ],
                required=False,
                widget=forms.RadioSelect,
                initial="fewest",
            ),
        }

    @property
    def rows(self) -> list[tuple[Offering, forms.BoundField, forms.BoundField]]:
        return [
            (self.offerings[o.id], self[f"least-{o.id}"], self[f"most-{o.id}"])
            for o in self.problem.options
            if o.id in self.offerings
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        asked = ("closed", "rules_off", "groups_off", "policy", "gone", "student", "option")
        shown = (self[name] for name in (*asked, "because", "way"))
        return [each for each in shown if getattr(each.field, "choices", True)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("student")) != bool(cleaned.get("option")):
            self.add_error("option", _("A place by hand is a student and a host together."))
        for option in self.problem.options:
            least, most = cleaned.get(f"least-{option.id}"), cleaned.get(f"most-{option.id}")
            if least is not None and most is not None and least > most:
                self.add_error(f"least-{option.id}", _("The least is at most the most."))
        return cleaned

    def question(self) -> Question:
        typed = self.cleaned_data
        by_hand = (
            {typed["student"]: (typed["option"], typed["because"])} if typed["student"] else {}
        )
        return Question(
            seats=dict(self._seats()),
            closed=tuple(typed["closed"]),
            rules_off=tuple(typed["rules_off"]),
            groups_off=tuple(typed["groups_off"]),
            policy=typed["policy"],
            gone=tuple(typed["gone"]),
            by_hand=by_hand,
            fewest_moves=typed["way"] != "fresh",
        )

    def _seats(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for option in self.problem.options:
            least = self.cleaned_data.get(f"least-{option.id}")
            most = self.cleaned_data.get(f"most-{option.id}")
            room = (
                option.seats.least if least is None else least,
                option.seats.most if most is None else most,
            )
            if room != (option.seats.least, option.seats.most):
                yield option.id, room


def _several(label: str, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def called(offerings: Mapping[str, Offering], code: str) -> str:
    """The name of an option; its code, where it is no longer offered."""
    return str(offerings[code]) if code in offerings else code


class AdoptionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Those who move read it, and their hosts."),
    )

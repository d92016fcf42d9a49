"""The forms of what-if: what can be asked of a decided round, and why its answer is adopted."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.domain.allocation.choices import OnOffer
from mobility_tracks.domain.allocation.scene import rooms_in, seats_id
from mobility_tracks.domain.what_ifs import Question
from mobility_tracks.models import AllocationRound
from mobility_tracks.placement import Group, Overflow, Problem, Seats
from web.choices import Shown, host_shown


class QuestionForm(forms.Form):
    """Everything that can be asked; what is left as it is changes nothing.

    Seats are asked by code: of the round's choices, and of the hosts on the way of tracks.
    """

    use_required_attribute = False

    def __init__(
        self,
        problem: Problem,
        offered: OnOffer,
        shown: Mapping[str, Shown],
        students: Mapping[str, str],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.problem, self.shown = problem, shown
        self.rooms: dict[str, Seats] = rooms_in(problem)
        for code, seats in self.rooms.items():
            for side, value in (("least", seats.least), ("most", seats.most)):
                words = _("Least seats: %(host)s") if side == "least" else _("Most seats: %(host)s")
                words = words % {"host": called(shown, code)}
                self.fields[f"{side}-{code}"] = forms.IntegerField(
                    label=words,
                    initial=value,
                    min_value=0,
                    max_value=32_767,
                    required=False,
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "aria-label": words}),
                )
        self._choices(problem, offered, students)

    def _choices(self, problem: Problem, offered: OnOffer, students: Mapping[str, str]) -> None:
        hosts = {
            stay.host.institution.key: stay.host.institution.name
            for choice in offered.choices.values()
            for stay in choice.stays
        }
        people = [("", _("nobody")), *sorted(students.items(), key=lambda each: each[1])]
        named = [("", _("choose")), *((o.id, called(self.shown, o.id)) for o in problem.options)]
        limits: list[Group | Overflow] = [*problem.groups, *problem.overflows]
        bound = [each for each in limits if each.id not in self._seats_of]
        self.fields |= {
            "closed": _several(_("Hosts that drop out"), list(hosts.items())),
            "rules_off": _several(
                _("Rules left out"), [(r.id, r.sentence or r.id) for r in problem.rules]
            ),
            "groups_off": _several(
                _("Limits on the whole left out"), [(g.id, g.sentence or g.id) for g in bound]
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
    def _seats_of(self) -> set[str]:
        """Ids of the groups that are nothing but the seats of a host."""
        return {seats_id(code) for code in self.rooms}

    @property
    def rows(self) -> list[tuple[Shown, forms.BoundField, forms.BoundField]]:
        return [
            (self.shown[code], self[f"least-{code}"], self[f"most-{code}"])
            for code in self.rooms
            if code in self.shown
        ]

    @property
    def plain(self) -> list[forms.BoundField]:
        asked = ("closed", "rules_off", "groups_off", "policy", "gone", "student", "option")
        shown = (self[name] for name in (*asked, "because", "way"))
        return [each for each in shown if getattr(each.field, "choices", True)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("student")) != bool(cleaned.get("option")):
            self.add_error("option", _("A place by hand is a student, and where to, together."))
        for code in self.rooms:
            least, most = cleaned.get(f"least-{code}"), cleaned.get(f"most-{code}")
            if least is not None and most is not None and least > most:
                self.add_error(f"least-{code}", _("The least is at most the most."))
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
        for code, seats in self.rooms.items():
            least = self.cleaned_data.get(f"least-{code}")
            most = self.cleaned_data.get(f"most-{code}")
            room = (
                seats.least if least is None else least,
                seats.most if most is None else most,
            )
            if room != (seats.least, seats.most):
                yield code, room


def _several(label: str, choices: list[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def called(shown: Mapping[str, Shown], code: str) -> str:
    """The name of a choice; its code, where it is no longer offered."""
    return shown[code].title if code in shown else code


def all_shown(offered: OnOffer, choices: Mapping[str, Shown]) -> dict[str, Shown]:
    """With the hosts on the way of tracks."""
    hosts = {code: host_shown(room.offering) for code, room in offered.rooms.items()}
    return {**hosts, **choices}


class AdoptionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Those who move read it, and their hosts."),
    )

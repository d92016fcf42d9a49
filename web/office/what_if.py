"""What if: a decided round asked again with other seats, rules, hosts or students. Asking writes
nothing; the question stands in the address, so that it can be sent to somebody."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.errors import DomainError
from mobility_tracks.domain.allocation.choices import OnOffer, on_offer, passing
from mobility_tracks.domain.revisions import adopt
from mobility_tracks.domain.what_ifs import Answer, Question, ask
from mobility_tracks.models import Enrolment
from mobility_tracks.placement import Problem, load
from mobility_tracks.placement.whatif import Figures, Move
from web.choices import Shown, shown_of
from web.errors import STATUS
from web.office.desk import PartForm
from web.office.rounds import RoundPage
from web.office.what_if_form import AdoptionForm, QuestionForm, all_shown, called


class WhatIfPage(RoundPage):
    template_name = "office/what_if.html"

    @cached_property
    def problem(self) -> Problem:
        return load(self.round.result["inputs"])

    @cached_property
    def offered(self) -> OnOffer:
        return on_offer(self.round)

    @cached_property
    def shown(self) -> dict[str, Shown]:
        """By code, what seats, places and figures are named after."""
        choices = self.offered.choices
        version = self.round.intake.version_id
        return all_shown(self.offered, shown_of(choices, version, actor=self.actor))

    @cached_property
    def names(self) -> dict[str, str]:
        """Of everybody enrolled in the intake, by reference."""
        rows = Enrolment.objects.for_actor(self.actor, "view").filter(intake=self.round.intake_id)
        return dict(rows.values_list("reference", "person_name"))

    @cached_property
    def question_form(self) -> QuestionForm:
        asked = {
            student.id: self.names.get(student.id, student.id) for student in self.problem.students
        }
        return QuestionForm(self.problem, self.offered, self.shown, asked, self.request.GET or None)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, **kwargs)
        except DomainError as refusal:
            if refusal.code == "not_found":
                raise
            with acting(self.actor):
                shown = {**self.shell(), "refusal": refusal}
                return self.page(shown, status=STATUS[refusal.code])

    def shell(self) -> dict[str, Any]:
        is_decided = bool(self.round.fingerprint)
        return {
            "page_title": _("What if"),
            "round": self.round,
            "crumbs": [
                {"label": _("Rounds"), "url": self.url("rounds")},
                {"label": self.round.title, "url": self.url("round", id=self.round.pk)},
                {"label": _("What if")},
            ],
            "question_form": self.question_form if is_decided else None,
            "asked": self.request.GET.urlencode(),
        }

    def context(self) -> dict[str, Any]:
        shown = self.shell()
        form = shown["question_form"]
        if form is None or not form.is_bound or not form.is_valid():
            return shown
        answer = ask(self.round.pk, form.question(), actor=self.actor)
        return {**shown, "adoption_form": AdoptionForm(), **self.told(answer)}

    def told(self, answer: Answer) -> dict[str, Any]:
        found = answer.what.difference
        return {
            "answer": answer,
            "moves": [self._move(move) for move in found.moves],
            "left": [(self._name(who), self.shown.get(o or "")) for who, o in found.left.items()],
            "joined": [
                (self._name(who), self.shown.get(o or "")) for who, o in found.joined.items()
            ],
            "figures": list(_figures(found.before, found.after, self.shown, self.offered)),
            "by_hand": [
                (self._name(who), verdicts) for who, verdicts in answer.what.by_hand.items()
            ],
            "may_adopt": not answer.obstacles and self._may_adopt(),
            "nothing_changes": not (found.moves or found.left or found.joined),
        }

    def _may_adopt(self) -> bool:
        return self.round.state != "published" or self.actor.may("publish_rounds")

    def _move(self, move: Move) -> dict[str, Any]:
        return {
            "name": self._name(move.student),
            "before": self.shown.get(move.before or ""),
            "after": self.shown.get(move.after or ""),
            "rank_before": move.rank_before,
            "rank_after": move.rank_after,
            "is_worse": move.is_worse,
        }

    def _name(self, reference: str) -> str:
        return self.names.get(reference, reference)


def _figures(
    before: Figures, after: Figures, shown: Mapping[str, Shown], offered: OnOffer
) -> Iterator[tuple[str, int, int, int]]:
    """Label, before, after, change."""
    rows = [
        (_("Students"), before.students, after.students),
        (_("First choices"), before.first_choices, after.first_choices),
        (_("Sum of ranks"), before.sum_of_ranks, after.sum_of_ranks),
        (_("Without a wish"), before.indifferent, after.indifferent),
        (_("Without a place"), before.unplaced, after.unplaced),
    ]
    codes = dict.fromkeys([*before.sizes, *after.sizes])
    rows += [
        (called(shown, code), before.sizes.get(code, 0), after.sizes.get(code, 0)) for code in codes
    ]
    through = passing(offered.choices)
    for code in offered.rooms:
        old, new = (sum(each.sizes.get(o, 0) for o in through[code]) for each in (before, after))
        rows.append((called(shown, code), old, new))
    for label, old, new in rows:
        yield label, old, new, new - old


class AdoptAnswer(PartForm, WhatIfPage):
    """The address carries the question; what was shown comes along as a digest."""

    slot = "adoption_form"
    success = gettext_lazy("The plan is revised.")

    def home(self) -> str:
        return self.url("what-if", id=self.kwargs["id"])

    def form(self, *data: Any) -> forms.Form:
        return AdoptionForm(*data[:1])

    def act(self, form: forms.Form) -> str:
        adopt(
            self.kwargs["id"],
            self.question(),
            seen=self.request.POST.get("seen", ""),
            reason=form.cleaned_data["reason"],
            actor=self.actor,
            at=self.at,
        )
        return self.url("round", id=self.kwargs["id"])

    def question(self) -> Question:
        """What the address asks; nothing, where it asks nothing that can be answered."""
        with acting(self.actor):
            asked = self.question_form if self.round.fingerprint else None
            return asked.question() if asked and asked.is_bound and asked.is_valid() else Question()

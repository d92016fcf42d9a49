"""Who reviews what: load per reviewer, distribution with a seed, replacements that are needed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain.assignments import distribute, replacements_needed, reviewers
from admissions.domain.figures import Progress, reviewers_progress
from admissions.models import Dossier
from web.office.desk import CallDesk, PartForm
from web.office.forms import DistributionForm

NOTHING = Progress(
    assigned=0, to_declare=0, in_progress=0, done=0, conflicted=0, overdue=0, next_due_at=None
)
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Load:
    """One reviewer's part of a call, also when it is none."""

    name: str
    party: str
    progress: Progress
    is_former: bool = False


class Assignments(CallDesk):
    right = "assign_reviewers"
    tab = "assignments"
    template_name = "office/assignments.html"

    def home(self) -> str:
        return self.url("assignments", slug=self.kwargs["slug"])

    def context(self) -> dict[str, Any]:
        short = replacements_needed(self.call.pk, actor=self.actor)
        loads = self.loads()
        states = Dossier.objects.for_actor(self.actor, "view").filter(call=self.call)
        count = states.by_state()
        return {
            **super().context(),
            "page_title": _("Assignments"),
            "loads": loads,
            "parties": self.by_party(loads),
            "short": short[:SHOWN],
            "short_count": len(short),
            "waiting": count.get("eligible", 0),
            "under_review": count.get("under_review", 0),
            "assigned": sum(load.progress.assigned for load in loads),
            "done": sum(load.progress.done for load in loads),
            "distribution_form": DistributionForm(
                self.call.zone, initial={"seed": f"{self.call.slug}-1"}
            ),
        }

    def loads(self) -> list[Load]:
        """Every reviewer in office, and those who left with dossiers in hand."""
        there = reviewers_progress(self.call.pk, actor=self.actor, at=self.at)
        known = {(row.reviewer_id, row.party): row for row in there}
        loads = []
        for member in reviewers(actor=self.actor, at=self.at):
            assert member.party is not None  # a reviewer's membership names one
            row = known.pop((member.user_id, member.party.code), None)
            progress = row.progress if row else NOTHING
            loads.append(Load(member.person_name, member.party.code, progress))
        gone = [Load(row.name, row.party, row.progress, is_former=True) for row in known.values()]
        return loads + gone

    @staticmethod
    def by_party(loads: list[Load]) -> list[tuple[str, int]]:
        total: Counter[str] = Counter()
        for load in loads:
            total[load.party] += load.progress.assigned
        return sorted(total.items())


class Distribute(PartForm, Assignments):
    slot = "distribution_form"

    def form(self, *data: Any) -> forms.Form:
        return DistributionForm(self.call.zone, *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        made = distribute(
            self.call.pk,
            actor=self.actor,
            at=self.at,
            seed=typed["seed"],
            due_at=typed["due_at"],
        )
        count = len(made.assigned)
        words = ngettext("%(n)d assignment made.", "%(n)d assignments made.", count)
        messages.success(self.request, words % {"n": count})
        if made.unassignable:
            named = ", ".join(each.reference for each in made.unassignable[:10])
            told = _("Nobody is left for %(n)d dossiers: %(named)s.")
            count = len(made.unassignable)
            messages.warning(self.request, told % {"n": count, "named": named})
        return self.home()

"""One case, opened: what is asked for, the evidence, the ruling. Each look is written down."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import needs_rulings
from admissions.domain.documents import content
from admissions.domain.evidence import of_case, open_evidence
from admissions.domain.needs_rulings import Reading
from admissions.models import NeedsCase
from consortium.models import JournalEntry, Transition
from web.files import facts_in_words, file_response
from web.inclusion.base import InclusionPage
from web.inclusion.forms import NoteForm, RefusalForm, StepForm
from web.office.words import said
from web.parts import ButtonForm, PartForm

LOOKS = 20


class Case(InclusionPage):
    """Seven queries and the entry of the look, which is of the same transaction."""

    needs_recent_sign_in = True
    leaves_trace = True
    template_name = "inclusion/case.html"

    def home(self) -> str:
        return self.url("case", id=self.kwargs["id"])

    def reach(self) -> None:
        NeedsCase.objects.reach(self.actor, "rule", pk=self.kwargs["id"])

    @cached_property
    def reading(self) -> Reading:
        return needs_rulings.read(self.kwargs["id"], actor=self.actor, at=self.at)

    def context(self) -> dict[str, Any]:
        told = self.reading
        case = told.case
        return {
            "page_title": case.person_name or case.reference,
            "case": case,
            "told": told,
            "files": [
                {
                    "document": each,
                    "facts": facts_in_words(size=each.size, pages=each.pages),
                    "url": self.url("evidence", id=each.pk),
                }
                for each in of_case(case, actor=self.actor)
            ],
            "may": {event for event in case.lifecycle.moves if self._allows(case, event)},
            "note_form": NoteForm(),
            "step_form": StepForm(initial={"amount": told.step.amount if told.step else None}),
            "refusal_form": RefusalForm(),
            "timeline": self._timeline(case),
            "looks": self._looks(case),
            "crumbs": [
                {"label": _("Individual needs"), "url": self.url("desk")},
                {"label": case.reference},
            ],
        }

    @staticmethod
    def _allows(case: NeedsCase, event: str) -> bool:
        return case.lifecycle.allows(case.state, event)

    def _timeline(self, case: NeedsCase) -> list[dict[str, Any]]:
        rows = Transition.objects.for_actor(self.actor, "view").filter(subject_id=str(case.pk))
        return [
            {"moved": each, "word": said("needs case", each.target)[0]}
            for each in rows.order_by("at", "id")[:100]
        ]

    def _looks(self, case: NeedsCase) -> list[JournalEntry]:
        """Who opened this case before: officers see one another's looks."""
        rows = JournalEntry.objects.for_actor(self.actor, "view").filter(
            subject_id=str(case.pk), act="vault.read"
        )
        return list(rows.order_by("-at", "-id")[:LOOKS])


class Hold(PartForm, Case):
    slot = "note_form"
    success = gettext_lazy("The evidence counts as seen.")

    def form(self, *data: Any) -> forms.Form:
        return NoteForm(*data[:1])

    def act(self, form: forms.Form) -> str:
        note = form.cleaned_data["note"]
        needs_rulings.hold_evidence(self.kwargs["id"], actor=self.actor, at=self.at, note=note)
        return self.home()


class Approve(PartForm, Case):
    slot = "step_form"
    success = gettext_lazy("The step is approved; the applicant is told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        return StepForm(*data[:1])

    def act(self, form: forms.Form) -> str:
        given = {"amount": int(form.cleaned_data["amount"]), "reason": form.cleaned_data["reason"]}
        needs_rulings.approve(self.kwargs["id"], actor=self.actor, at=self.at, **given)
        return self.home()


class Refuse(PartForm, Case):
    slot = "refusal_form"
    success = gettext_lazy("Refused; the applicant is told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        return RefusalForm(*data[:1])

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        needs_rulings.refuse(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        return self.home()


class Report(ButtonForm, Case):
    success = gettext_lazy("Reported; the step stays as it is.")

    def act(self, form: forms.Form) -> str:
        needs_rulings.report(self.kwargs["id"], actor=self.actor, at=self.at)
        return self.home()


class Evidence(InclusionPage):
    """GET: the file itself, opened from its seal; the look is written down."""

    needs_recent_sign_in = True
    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse:
        document = open_evidence(kwargs["id"], actor=self.actor, at=self.at)
        return file_response(
            content(document),
            name=document.name,
            media_type=document.media_type,
            download="download" in request.GET,
        )

"""Individual needs: an optional page of its own. What is written here no reviewer ever reads."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import evidence, needs
from admissions.models import Document, DocumentRequirement, NeedsCase, NeedsStep
from admissions.sections import WORD_LIMIT
from admissions.vault_policies import ENDED
from consortium.access import acting
from consortium.errors import DomainError, NotFound
from web.applicant.base import DossierPage
from web.applicant.forms import UploadForm, words_in_words
from web.applicant.section import WHERE_BACK
from web.applicant.slots import slot_of
from web.base import ActPage, FormPage
from web.errors import STATUS
from web.typed import Typed

# word, tone of components/status.html, and what it means for the person
STANDING: dict[str, tuple[Promise, str, Promise]] = {
    "noted": (
        gettext_lazy("Noted"),
        "todo",
        gettext_lazy("Only you can see it. It goes to the inclusion officer with your dossier."),
    ),
    "requested": (
        gettext_lazy("Asked"),
        "doing",
        gettext_lazy("The inclusion officer can read it, and waits for evidence."),
    ),
    "evidence_held": (
        gettext_lazy("With the inclusion officer"),
        "doing",
        gettext_lazy("Your request and its evidence are there. You get an answer here."),
    ),
    "approved": (gettext_lazy("Approved"), "done", gettext_lazy("Support was approved for you.")),
    "refused": (
        gettext_lazy("Refused"),
        "closed",
        gettext_lazy("You can change what you wrote, or add evidence, and ask again."),
    ),
    "reported": (gettext_lazy("Approved"), "done", gettext_lazy("Support was approved for you.")),
}


class NeedsForm(forms.Form):
    """Carries what was typed; `needs.answer` judges it."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        shown = self.data if self.is_bound else initial
        self.fields["asks"] = Typed(
            label=_("Would you ask for support because of a disability or a lasting illness?"),
            widget=forms.RadioSelect(choices=[("true", _("Yes")), ("false", _("No"))]),
        )
        self.fields["wanted"] = Typed(
            label=_("What would help you?"),
            help_text=_("Things, services, somebody to assist, a journey in company.")
            + " "
            + words_in_words(shown.get("wanted", ""), WORD_LIMIT),
            required=False,
            widget=_text(),
        )
        self.fields["health"] = Typed(
            label=_("Why? As much as you want to say"),
            help_text=words_in_words(shown.get("health", ""), WORD_LIMIT),
            required=False,
            widget=_text(),
        )


def _text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 6, "dir": "auto", "data-words": WORD_LIMIT})


class NeedsPage(FormPage, DossierPage):
    """In the draft, and after it while there is something to rule on; then it only tells."""

    template_name = "applicant/needs.html"
    success = gettext_lazy("Saved. It is kept apart from your dossier.")

    def form(self, *data: Any) -> forms.Form:
        told = self.told
        initial: dict[str, Any] = {}
        if told:
            answer = told[1]
            initial = {
                "asks": "true" if answer.asks else "false",
                "wanted": answer.wanted,
                "health": answer.health,
            }
        return NeedsForm(*data[:1], initial=initial)

    @cached_property
    def told(self) -> tuple[NeedsCase, needs.Needs, str] | None:
        return needs.own(self.dossier, actor=self.actor)

    @property
    def may_answer(self) -> bool:
        if self.dossier.state == "draft":
            return self.is_open
        return self.dossier.state not in ENDED

    def context(self) -> dict[str, Any]:
        told = self.told
        case, answer, reason = told or (None, needs.Needs(asks=False), "")
        steps = NeedsStep.objects.for_actor(self.actor, "view").filter(dossier=self.dossier)
        word, tone, means = STANDING.get(case.state if case else "", STANDING["noted"])
        return {
            "page_title": _("Individual needs"),
            "case": case,
            "asks": answer.asks,
            "answer": answer,
            "reason": reason,
            "word": word,
            "tone": tone,
            "means": means,
            "step": steps.first(),
            "may_write": self.may_answer and not (case and case.state in needs.RULED),
            "slots": self._slots() if answer.asks else [],
            "back_url": self._back(),
            "access_url": self.at_url("access"),
        }

    def _slots(self) -> list[dict[str, Any]]:
        files = Document.objects.for_actor(self.actor, "view").evidence(self.dossier.pk)
        by_slot = {each.requirement_id: each for each in files}
        asked = evidence.slots(self.dossier.call, actor=self.actor)
        return [
            slot_of(self, slot, by_slot.get(slot.pk), attach="evidence", removal="evidence-removal")
            for slot in asked
        ]

    def act(self, form: forms.Form) -> str:
        said = {name: form.cleaned_data[name] for name in ("asks", "wanted", "health")}
        case = needs.answer(self.dossier.pk, actor=self.actor, at=self.at, **said)
        stays = case.state != "noted" or said["asks"] == "true"
        return self.at_url("needs") if stays else self._back()

    def _back(self) -> str:
        return self.at_url("check" if self.request.GET.get("back") == WHERE_BACK else "dossier")


class Evidence(NeedsPage):
    """POST: one file into one slot of evidence. A refusal comes back beside that slot."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.at_url("needs"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            asked = evidence.slots(self.dossier.call, actor=self.actor)
            slot = next((s for s in asked if s.code == kwargs["requirement"]), None)
        if slot is None:
            raise NotFound
        upload = UploadForm(request.POST, request.FILES, slot=slot)
        if not upload.is_valid():
            return self._refused(slot, upload, status=422)
        try:
            evidence.attach(
                self.dossier.pk,
                actor=self.actor,
                at=self.at,
                requirement=slot.code,
                upload=upload.cleaned_data["file"],
            )
        except DomainError as refusal:
            if refusal.code == "not_found":
                raise
            upload.add_error("file", refusal.sentence)
            return self._refused(slot, upload, status=STATUS[refusal.code])
        messages.success(request, _("Attached: %(title)s.") % {"title": slot.title})
        return HttpResponseRedirect(self.at_url("needs"))

    def _refused(
        self, slot: DocumentRequirement, upload: UploadForm, *, status: int
    ) -> HttpResponse:
        with acting(self.actor):
            context = self.context()
            for row in context["slots"]:
                if row["slot"].pk == slot.pk:
                    row["form"] = upload
            shown = {**context, "form": self.form(), "upload": upload}
            return self.page(shown, status=status)


class EvidenceRemoval(ActPage, DossierPage):
    def act(self) -> str:
        evidence.remove(self.kwargs["id"], actor=self.actor, at=self.at)
        messages.success(self.request, _("Removed. Nothing of the file is kept."))
        return self.at_url("needs")

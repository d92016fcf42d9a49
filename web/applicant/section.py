"""One section of a dossier on one page. The form carries what was typed; `save_section` judges it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from admissions.domain import dossiers
from admissions.domain.dossier_facts import facts_of
from admissions.sections import SECTIONS, Section, problems
from consortium.errors import NotFound
from web.applicant.answers import in_words
from web.applicant.base import DossierPage
from web.applicant.forms import SectionForm, words_in_words
from web.base import FormPage

WHERE_BACK = "check"


class SectionPage(FormPage, DossierPage):
    template_name = "applicant/section.html"

    def admit(self) -> None:
        super().admit()
        found = SECTIONS.get(self.kwargs["section"])
        if found is None or not found.fields:
            raise NotFound
        self.section: Section = found

    def form(self, *data: Any) -> Form:
        form = SectionForm(self.section, self.dossier, *data[:1])
        if form.is_bound and self.section.words:
            for name in self.section.fields:
                typed = form.data.get(name, "")
                form.fields[name].help_text = words_in_words(typed, self.section.words)
        return form

    def context(self) -> dict[str, Any]:
        gaps: list[dict[str, str]] = []
        if self.request.method == "GET" and self.is_open:
            found = problems(facts_of(self.dossier, actor=self.actor), self.section.code)
            told = [{"field": gap.field, "words": in_words(gap)} for gap in found]
            gaps = told if self._is_started() else []
        return {
            "page_title": self.section.title,
            "section": self.section,
            "gaps": gaps,
            "back_url": self._back(),
            "returns": self.request.GET.get("back", ""),
        }

    def _is_started(self) -> bool:
        names = [name for name in self.section.fields if name != "email"]
        return any(getattr(self.dossier, name) not in (None, "", False) for name in names)

    def _back(self) -> str:
        return self.at_url("check" if self.request.GET.get("back") == WHERE_BACK else "dossier")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.saved_at = date_format(self.at, "H:i")
        return super().post(request, **kwargs)

    def act(self, form: Form) -> str:
        dossiers.save_section(
            self.dossier.pk,
            actor=self.actor,
            at=self.at,
            section=self.section.code,
            values=_sent(form),
        )
        said = _("Saved %(time)s UTC: %(section)s.")
        values = {"time": self.saved_at, "section": self.section.title}
        messages.success(self.request, said % values)
        is_last = self.section.code == "declaration"
        return self.at_url("check") if is_last else self._back()


def _sent(form: Form) -> dict[str, Any]:
    """What the browser sent: a field that was not on its page stays as it is. An empty box is no."""
    return {
        name: value
        for name, value in form.cleaned_data.items()
        if name in form.data or name == "declared_true"
    }

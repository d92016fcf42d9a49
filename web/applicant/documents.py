"""Documents: a slot for each thing the call asks for; attach, look at, replace, remove."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from admissions.document_kinds import MEDICAL
from admissions.domain import documents
from admissions.models import Document, DocumentRequirement
from admissions.sections import SECTIONS
from consortium.access import acting
from consortium.errors import DomainError, NotFound
from web.applicant.base import DossierPage
from web.applicant.forms import UploadForm
from web.applicant.section import WHERE_BACK
from web.applicant.slots import slot_of
from web.base import ActPage
from web.errors import STATUS
from web.files import file_response


class Documents(DossierPage):
    """Two queries for the slots and what is in them, whatever their number."""

    template_name = "applicant/documents.html"

    def context(self) -> dict[str, Any]:
        slots = self.slots()
        files = Document.objects.for_actor(self.actor, "view")
        here = files.filter(dossier=self.dossier, replaced_at__isnull=True)
        by_slot = {each.requirement_id: each for each in here}
        return {
            "page_title": SECTIONS["documents"].title,
            "slots": [
                slot_of(self, slot, by_slot.get(slot.pk))
                for slot in slots
                if slot.kind not in MEDICAL
            ],
            "needs_url": self.at_url("needs") if any(s.kind in MEDICAL for s in slots) else "",
            "back_url": self.at_url(
                "check" if self.request.GET.get("back") == WHERE_BACK else "dossier"
            ),
        }

    def slots(self) -> list[DocumentRequirement]:
        """What the call asks for, medical evidence included, which has a page of its own."""
        rows = DocumentRequirement.objects.for_actor(self.actor, "view")
        return list(rows.filter(call=self.dossier.call))


class Attach(Documents):
    """POST: one file into one slot. A refusal comes back beside that slot."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(f"{self.at_url('documents')}#{kwargs['requirement']}")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            asked = {slot.code: slot for slot in self.slots() if slot.kind not in MEDICAL}
        found = asked.get(self.kwargs["requirement"])
        if found is None:
            raise NotFound
        self.slot = found
        form = UploadForm(request.POST, request.FILES, slot=self.slot)
        if not form.is_valid():
            return self._again(form, status=422)
        try:
            documents.attach(
                self.dossier.pk,
                actor=self.actor,
                at=self.at,
                requirement=self.slot.code,
                upload=form.cleaned_data["file"],
            )
        except DomainError as refusal:
            form.add_error("file", refusal.sentence)
            return self._again(form, status=STATUS[refusal.code])
        messages.success(request, _("Attached: %(title)s.") % {"title": self.slot.title})
        return HttpResponseRedirect(f"{self.at_url('documents')}#{self.slot.code}")

    def _again(self, form: UploadForm, *, status: int) -> HttpResponse:
        with acting(self.actor):
            context = self.context()
            for row in context["slots"]:
                if row["slot"].pk == self.slot.pk:
                    row["form"] = form
            return self.page({**context, "form": form}, status=status)


class Remove(ActPage, DossierPage):
    def act(self) -> str:
        document = documents.remove(self.kwargs["id"], actor=self.actor, at=self.at)
        messages.success(self.request, _("Removed: %(name)s.") % {"name": document.name})
        return self.at_url("documents")


class File(DossierPage):
    """GET: the file itself. Opening the own file is not written down."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # a stream
        document = documents.open_document(self.kwargs["id"], actor=self.actor, at=self.at)
        if document.dossier_id != self.dossier.pk:
            raise NotFound
        return file_response(
            documents.content(document),
            name=document.name,
            media_type=document.media_type,
            download="download" in request.GET,
        )

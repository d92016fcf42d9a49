"""Referees: whom I asked, what became of it, ask again, ask somebody else."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from admissions.domain import references
from admissions.domain.references import MOST_REMINDERS
from admissions.messages import reference_request_words
from admissions.models import ReferenceRequest
from admissions.sections import SECTIONS
from consortium.access import acting
from consortium.errors import DomainError, NotFound
from web.applicant.base import DossierPage
from web.applicant.forms import AddressForm, RefereeForm
from web.applicant.section import WHERE_BACK
from web.applicant.stages import REFEREE
from web.base import FormPage
from web.errors import STATUS

_CAN_BE_ASKED_AGAIN = frozenset({"created", "sent", "opened", "bounced"})
_CAN_BE_REPLACED = _CAN_BE_ASKED_AGAIN | {"declined"}
_STANDING = _CAN_BE_ASKED_AGAIN | {"received"}


class Referees(FormPage, DossierPage):
    """One query for the list, whatever its length."""

    template_name = "applicant/referees.html"

    def form(self, *data: Any) -> Form:
        return RefereeForm(*data[:1])

    def context(self) -> dict[str, Any]:
        rows = ReferenceRequest.objects.for_actor(self.actor, "view")
        mine = list(rows.filter(dossier=self.dossier))
        needed = self.dossier.call.references_needed
        standing = sum(row.state in _STANDING for row in mine)
        can_ask = self.dossier.state in {"draft", "submitted"} and self.at < self._due()
        return {
            "page_title": SECTIONS["referees"].title,
            "referees": [self._row(row, can_ask=can_ask) for row in mine],
            "needed": needed,
            "standing": standing,
            "can_ask": can_ask,
            "can_add": can_ask and standing < needed,
            "named": bool(self.dossier.name),
            "identity_url": self.at_url("section", section="identity"),
            "mail": reference_request_words(
                call=self.dossier.call.title,
                due_at=self._due(),
                zone=self.dossier.call.zone,
                link=_("(the link, meant for the referee alone)"),
            ),
            "back_url": self.at_url(
                "check" if self.request.GET.get("back") == WHERE_BACK else "dossier"
            ),
        }

    def _due(self) -> Any:
        return self.dossier.call.closes_at

    def _row(self, row: ReferenceRequest, *, can_ask: bool) -> dict[str, Any]:
        word, tone = REFEREE[row.state]
        left = MOST_REMINDERS - row.reminders
        again = can_ask and row.state in _CAN_BE_ASKED_AGAIN and left > 0
        replaceable = can_ask and row.state in _CAN_BE_REPLACED
        return {
            "row": row,
            "word": word,
            "tone": tone,
            "left": left,
            "resend_url": self.at_url("resend", id=row.pk) if again else "",
            "replace_url": self.at_url("replace", id=row.pk) if replaceable else "",
            "address": AddressForm(initial={"email": row.referee_email}, prefix=f"a{row.pk.hex}"),
        }

    def act(self, form: Form) -> str:
        asked = references.request(
            self.dossier.pk, actor=self.actor, at=self.at, **form.cleaned_data
        )
        said = _("%(name)s has been asked by mail.") % {"name": asked.referee_name}
        messages.success(self.request, said)
        return self.at_url("referees")


class Resend(Referees):
    """POST: a new link, perhaps to a corrected address. A refusal comes back on the list."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.at_url("referees"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST, prefix=f"a{kwargs['id'].hex}")
        if not form.is_valid():
            return self._with(form, None, status=422)
        try:
            found = self._send(form.cleaned_data["email"])
        except NotFound:
            raise
        except DomainError as refusal:
            return self._with(form, refusal, status=STATUS[refusal.code])
        said = _("Asked again: %(name)s. The earlier link no longer works.")
        messages.success(request, said % {"name": found.referee_name})
        return HttpResponseRedirect(self.at_url("referees"))

    def _send(self, email: str) -> ReferenceRequest:
        with acting(self.actor):
            rows = ReferenceRequest.objects.for_actor(self.actor, "edit")
            row = rows.filter(pk=self.kwargs["id"], dossier=self.dossier).first()
        if row is None:
            raise NotFound
        corrected = email if email and email != row.referee_email else None
        return references.resend(row.pk, actor=self.actor, at=self.at, email=corrected)

    def _with(self, form: Form, refusal: DomainError | None, *, status: int) -> HttpResponse:
        with acting(self.actor):
            context = self.context()
            for each in context["referees"]:
                if each["row"].pk == self.kwargs["id"]:
                    each["address"] = form
            shown = {**context, "form": self.form(), "refusal": refusal}
            return self.page(shown, status=status)


class Replace(FormPage, DossierPage):
    """Ask somebody else instead: a page of its own, because the first link dies."""

    template_name = "applicant/replace.html"

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            rows = ReferenceRequest.objects.for_actor(self.actor, "edit")
            found = rows.filter(pk=self.kwargs["id"], dossier=self.dossier).first()
        if found is None:
            raise NotFound
        self.row = found

    def form(self, *data: Any) -> Form:
        return RefereeForm(*data[:1])

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Ask somebody else"),
            "row": self.row,
            "back_url": self.at_url("referees"),
        }

    def act(self, form: Form) -> str:
        asked = references.replace(self.row.pk, actor=self.actor, at=self.at, **form.cleaned_data)
        said = _("%(name)s has been asked by mail.") % {"name": asked.referee_name}
        messages.success(self.request, said)
        return self.at_url("referees")

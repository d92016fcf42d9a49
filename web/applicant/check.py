"""Check the answers, submit, keep the receipt; reopen or withdraw."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from admissions.domain import dossiers
from admissions.domain.dossier_facts import facts_of
from admissions.sections import problems
from consortium.access import acting
from consortium.errors import DomainError, NotFound
from web.applicant.answers import answers, in_words
from web.applicant.base import DossierPage
from web.applicant.section import WHERE_BACK
from web.base import ActPage
from web.errors import STATUS


class Check(DossierPage):
    """Everything that will be sent, with a way back to each answer."""

    template_name = "applicant/check.html"

    def context(self) -> dict[str, Any]:
        gaps = problems(facts_of(self.dossier, actor=self.actor)) if self.is_open else []
        sections = answers(self.dossier, actor=self.actor, gaps=gaps)
        for each in sections:
            each["url"] = self._change(each["code"]) if self.is_open else ""
        return {
            "page_title": _("Check your answers") if self.is_open else _("Your answers"),
            "sections": sections,
            "gaps": [{"words": in_words(gap), "url": self._change(gap.section)} for gap in gaps],
            "submit_url": self.at_url("submit"),
            "back_url": self.at_url("dossier"),
        }

    def _change(self, section: str) -> str:
        return f"{self.at_url('section', section=section)}?back={WHERE_BACK}"


class Submit(Check):
    """POST: hand it in. Twice is once; what is missing comes back as a list."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.at_url("check"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            dossiers.submit(self.dossier.pk, actor=self.actor, at=self.at)
        except DomainError as refusal:
            with acting(self.actor):
                shown = {**self.context(), "refusal": refusal}
                return self.page(shown, status=STATUS[refusal.code])
        return HttpResponseRedirect(self.at_url("receipt"))


class Receipt(DossierPage):
    """Proof of what was sent and when; made for paper too."""

    template_name = "applicant/receipt.html"

    def admit(self) -> None:
        super().admit()
        if self.dossier.submitted_at is None:
            raise NotFound

    def context(self) -> dict[str, Any]:
        sections = answers(self.dossier, actor=self.actor)
        letters = next(each for each in sections if each["code"] == "referees")
        return {
            "page_title": _("Your dossier has arrived"),
            "sections": sections,
            "referees": letters["rows"],
            "is_over": self.at >= self.dossier.call.closes_at,
            "referees_url": self.at_url("referees"),
            "reopen_url": self.at_url("reopen") if self._can_reopen() else "",
        }

    def _can_reopen(self) -> bool:
        return self.dossier.state == "submitted" and self.dossier.call.is_taking_dossiers(self.at)


class Reopen(ActPage, DossierPage):
    def act(self) -> str:
        dossiers.reopen(self.dossier.pk, actor=self.actor, at=self.at)
        return self.at_url("dossier")


class Withdraw(DossierPage):
    """GET asks once more, because nothing brings a withdrawn dossier back; POST withdraws."""

    template_name = "applicant/withdraw.html"

    def context(self) -> dict[str, Any]:
        return {"page_title": _("Withdraw the dossier"), "back_url": self.at_url("dossier")}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        reason = request.POST.get("reason", "").strip()[:300]
        dossiers.withdraw(self.dossier.pk, actor=self.actor, at=self.at, reason=reason)
        return HttpResponseRedirect(self.at_url("dossier"))

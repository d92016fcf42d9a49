"""What partners let each other see: what waits for an answer, what holds, what was, and the acts."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from partners.domain import sharing
from partners.models import Partnership, SharingAgreement
from partners.policies import NEGOTIATE
from web.base import FormPage
from web.office.forms import Confirmation, ReasonForm
from web.partner.desk import Desk
from web.partner.words import Line, line_of

ALIVE = ("agreed", "in_force")
MOST = 100


class Negotiation(Desk):
    """A page about agreements; people who only host students do not have it."""

    party_right = NEGOTIATE
    stop = "agreements"

    @cached_property
    def mine(self) -> list[int]:
        """The partners for which the person negotiates."""
        return self.actor.parties_with(NEGOTIATE)

    def hosts(self) -> list[Partnership]:
        rows = Partnership.objects.for_actor(self.actor, "negotiate").for_listing()
        return list(rows)


class Agreements(Negotiation):
    """Two queries however many agreements; the newest hundred are shown."""

    template_name = "partner/agreements.html"

    def home(self) -> str:
        return self.url("agreements")

    def context(self) -> dict[str, Any]:
        rows = SharingAgreement.objects.for_actor(self.actor, "view").for_listing()[:MOST]
        lines = [line_of(row, at=self.at, zone=self.consortium.zone) for row in rows]
        alive = [line for line in lines if line.agreement.standing(self.at) in ALIVE]
        asked = [line for line in lines if line.agreement.state == "proposed"]
        shown = {line.agreement.pk for line in (*alive, *asked)}
        return {
            "page_title": _("Agreements"),
            "hosts": self.hosts(),
            "ours": [line for line in asked if self.answers(line)],
            "theirs": [line for line in asked if not self.answers(line)],
            "received": [line for line in alive if line.agreement.receiver_id in self.mine],
            "given": [line for line in alive if line.agreement.giver_id in self.mine],
            "history": [line for line in lines if line.agreement.pk not in shown],
            "reason_form": ReasonForm(),
        }

    def answers(self, line: Line) -> bool:
        """Whether the proposal waits for this person's partner."""
        return line.agreement.answerer_id in self.mine


class AgreementAct(FormPage, Agreements):
    """One act on one agreement, a form of the list; a refusal is told on the list."""

    slot: ClassVar[str] = "button"

    def reach(self) -> None:
        """NotFound where the agreement is somebody else's."""
        with acting(self.actor):
            SharingAgreement.objects.all().reach(self.actor, "view", pk=self.key)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Somebody reloads the answer to a refused form: back to the list."""
        self.reach()
        return HttpResponseRedirect(self.home())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.reach()
        return super().post(request, **kwargs)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return super().page({**context, self.slot: context["form"]}, status=status)

    def form(self, *data: Any) -> forms.Form:
        return Confirmation(*data)

    @property
    def key(self) -> Any:
        return self.kwargs["agreement"]


class WithReason(AgreementAct):
    slot = "reason_form"

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)


class Accept(AgreementAct):
    success = gettext_lazy("Accepted. It holds from now on, or from the day it names.")

    def act(self, form: forms.Form) -> str:
        sharing.accept(self.key, actor=self.actor, at=self.at)
        return self.home()


class Decline(WithReason):
    success = gettext_lazy("Declined; the other side was told that there is news.")

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        sharing.decline(self.key, actor=self.actor, at=self.at, reason=reason)
        return self.home()


class Withdraw(AgreementAct):
    success = gettext_lazy("Your proposal is withdrawn.")

    def act(self, form: forms.Form) -> str:
        sharing.withdraw(self.key, actor=self.actor, at=self.at)
        return self.home()


class Revoke(WithReason):
    success = gettext_lazy("Revoked. The other side's next click shows nothing of it any more.")

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        sharing.revoke(self.key, actor=self.actor, at=self.at, reason=reason)
        return self.home()

"""Partners: what each is, what it was granted, on which basis personal data goes there."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.errors import NotFound
from partners.domain import transfers
from partners.domain.standings import Standing, standings
from partners.models import BasisKind, TransferBasis
from web.office.desk import Desk, PartForm
from web.office.forms import ReasonForm
from web.transfers import in_words


class BasisForm(forms.Form):
    """Which paper, of which day, until when."""

    kind = forms.ChoiceField(label=gettext_lazy("Basis"), choices=BasisKind.choices)
    document = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=200,
        help_text=gettext_lazy("What it is called and where it lies, so that it can be found."),
    )
    dated = forms.DateField(
        label=gettext_lazy("Dated"), widget=forms.DateInput(attrs={"type": "date"})
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Its last day; left empty, it has no end."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)


class Partners(Desk):
    """A fixed number of queries however many partners."""

    right = "view_dossiers"
    stop = "partners"
    template_name = "office/partners.html"

    def context(self) -> dict[str, Any]:
        rows = [in_words(each) for each in standings(actor=self.actor, at=self.at)]
        return {
            "page_title": _("Partners"),
            "rows": rows,
            "closed": sum(not each.standing.receives for each in rows),
            "may_manage": self.actor.may("manage_transfers"),
        }


class BasisPage(Desk):
    """One partner's basis, the ones before, and the form to record another."""

    right = "view_dossiers"
    stop = "partners"
    template_name = "office/partner_basis.html"

    @cached_property
    def standing(self) -> Standing:
        party = frozenset({self.kwargs["party"]})
        found = standings(actor=self.actor, at=self.at, parties=party)
        if not found:
            raise NotFound
        return found[0]

    def home(self) -> str:
        return self.url("partner-basis", party=self.kwargs["party"])

    def reach(self) -> None:
        assert self.standing

    def context(self) -> dict[str, Any]:
        partner = self.standing.partnership
        bases = TransferBasis.objects.for_actor(self.actor, "view").filter(party=partner.pk)
        return {
            "page_title": partner.institution.name,
            "partner": partner,
            "words": in_words(self.standing),
            "bases": list(bases.order_by("-starts_at")[:50]),
            "may_manage": self.actor.may("manage_transfers"),
            "basis_form": BasisForm(),
            "ending_form": ReasonForm(),
            "crumbs": [
                {"label": _("Partners"), "url": self.url("partners")},
                {"label": partner.code},
            ],
        }


class RecordBasis(PartForm, BasisPage):
    right = "manage_transfers"
    needs_recent_sign_in = True
    slot = "basis_form"
    success = gettext_lazy("The basis is recorded and counts from now on.")

    def form(self, *data: Any) -> forms.Form:
        return BasisForm(*data)

    def act(self, form: forms.Form) -> str:
        typed = dict(form.cleaned_data)
        kind = BasisKind(typed.pop("kind"))
        paper = transfers.Paper(kind=kind, **typed)
        transfers.record(self.kwargs["party"], actor=self.actor, at=self.at, paper=paper)
        return self.home()


class EndBasis(PartForm, BasisPage):
    right = "manage_transfers"
    needs_recent_sign_in = True
    slot = "ending_form"
    success = gettext_lazy("The basis has ended.")

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        transfers.end(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        return self.home()

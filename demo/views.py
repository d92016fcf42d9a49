"""Pages of the demonstration: role chooser, mailbox, clock. Only where DEMO=1."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView

from consortium.access import as_login
from consortium.models import Consortium
from consortium.requests import of_tenant
from consortium.sign_in import DEMO_METHOD
from demo import cast, moves, reviewing
from demo.models import Mail
from demo.seed.programmes import ENERGY
from web.catalogue import catalogue
from web.public.base import VisitorPage

PAGE = 50


class Chooser(VisitorPage):
    template_name = "demo/chooser.html"

    def context(self) -> dict[str, Any]:
        return {
            "page_title": _("Whom would you like to be?"),
            "cards": cast.cards(self.at),
            "others": cast.others(self.at),
        }


class Enter(View):
    """Sign in as one of the cast; a referee has no account and is shown their mail.

    The session carries the demonstration's own mark, which counts as a second factor where DEMO=1.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        card = cast.card_of(key, of_tenant(request).at)
        if card is None:
            raise Http404
        person = cast.account_of(card)
        if person is not None:
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            record_authentication(request, person, DEMO_METHOD)
            UserSession.objects.create_from_request(request)
        return HttpResponseRedirect(card.url)


class Filter(forms.Form):
    to = forms.ChoiceField(label=gettext_lazy("Mail to"), required=False)

    def __init__(self, *args: Any, addresses: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("everybody")), *((each, each) for each in addresses)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, above


class Mailbox(VisitorPage):
    """Everything that would have been sent, newest first."""

    template_name = "demo/mailbox.html"

    def context(self) -> dict[str, Any]:
        to = self.request.GET.get("to", "")
        with as_login():
            rows = Mail.objects.filter(to=to) if to else Mail.objects.all()
            addresses = Mail.objects.order_by("to").values_list("to", flat=True).distinct()
            page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
            return {
                "page_title": _("The mail of the demonstration"),
                "filter_form": Filter(self.request.GET, addresses=list(addresses)),
                "mails": list(page.object_list),
                "pager": self._pager(page, to),
                "to": to,
            }

    def _pager(self, page: Any, to: str) -> dict[str, str]:
        def address(number: int) -> str:
            return f"?to={to}&page={number}"

        return {
            "previous_url": address(page.number - 1) if page.has_previous() else "",
            "next_url": address(page.number + 1) if page.has_next() else "",
            "says": _("%(first)d to %(last)d of %(all)d")
            % {"first": page.start_index(), "last": page.end_index(), "all": page.paginator.count},
        }


class Letter(VisitorPage):
    """One mail; its links can be followed."""

    template_name = "demo/letter.html"

    def context(self) -> dict[str, Any]:
        with as_login():
            mail = Mail.objects.filter(pk=self.kwargs["pk"]).first()
        if mail is None:
            raise Http404
        return {"page_title": mail.subject, "mail": mail}


class Clock(VisitorPage):
    """The time of the demonstration, and where it can be moved to."""

    template_name = "demo/clock.html"

    def context(self) -> dict[str, Any]:
        return {"page_title": _("The clock"), "moves": moves.moves(self.at), "now": self.at}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if moves.move(request.POST.get("to", ""), self.at) is None:
            raise Http404
        messages.success(request, _("The clock has moved; what was due has been done."))
        return HttpResponseRedirect(reverse("demo:clock"))


class FinishReviews(View):
    """Let all reviewers of i-MESC hand in what they owe."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        at = of_tenant(request).at
        count = reviewing.finish(Consortium.objects.get(slug=ENERGY), at=at)
        said = ngettext("%(n)d review was submitted.", "%(n)d reviews were submitted.", count)
        messages.success(request, said % {"n": count})
        return HttpResponseRedirect(reverse("demo:clock"))


class Components(TemplateView):
    """Every component in every state."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = of_tenant(request).at
        return render(request, "demo/components.html", catalogue(at))

"""Where the link leads. A visit changes nothing, because mail scanners visit too."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from admissions.domain.references import open_request
from consortium.access import acting
from consortium.errors import DomainError, Invalid, NotFound
from web.errors import STATUS
from web.referee.base import RefereePage, session_key
from web.referee.forms import WRONG, AddressForm


# Under `no-referrer` browsers send `Origin: null`, which the usual check refuses. Whoever could forge
# this form would have to know the link, and that is the secret itself.
@method_decorator(csrf_exempt, name="dispatch")
class Landing(RefereePage):
    """Says who asks, for what, until when. The address, typed once more, opens it."""

    template_name = "referee/landing.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    def admit(self) -> None:
        if self.request.consortium is None:
            raise NotFound
        try:
            self.wear(token=self.kwargs["token"])
        except NotFound:
            raise _DeadLink from None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._shown(AddressForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self._shown(form, status=422)
        try:
            open_request(actor=self.actor, at=self.at, email=form.cleaned_data["email"])
        except (Invalid, NotFound):
            form.add_error("email", WRONG)
            return self._shown(form, status=422)
        except DomainError as refusal:
            return self._shown(form, refusal, status=STATUS[refusal.code])
        request.session.cycle_key()
        request.session[session_key(self.consortium.pk)] = self.actor.token
        return HttpResponseRedirect(reverse("referee:letter", args=[self.consortium.slug]))

    def _shown(
        self, form: AddressForm, refusal: DomainError | None = None, *, status: int = 200
    ) -> HttpResponse:
        with acting(self.actor):
            return self.page(
                {
                    "page_title": _("A reference is asked of you"),
                    "form": form,
                    "refusal": refusal,
                    "is_over": self.asked.state in {"declined", "replaced", "bounced"},
                },
                status=status,
            )


class _DeadLink(NotFound):
    """Told in the same words as a wrong address, so that neither says what exists."""

    def __init__(self) -> None:
        super().__init__()
        self.rule = str(WRONG)
        self.next_step = _("Open the link of the latest mail: each new one ends the one before.")

"""The conflict question: none, and the dossier opens; one, and it closes at once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from admissions.domain import reviews
from consortium.access import acting
from web.reviewer.forms import RecusalForm
from web.reviewer.review import ReviewPage


class Declare(ReviewPage):
    """I have no conflict of interest: opens the dossier."""

    success = gettext_lazy("Declared. The dossier is open.")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Somebody reloads the answer to a refused form: back to the page."""
        with acting(self.actor):
            assert self.assignment
        return HttpResponseRedirect(self.home())

    def form(self, *data: Any) -> forms.Form:
        return forms.Form(*data)

    def act(self, form: forms.Form) -> str:
        reviews.declare(self.kwargs["assignment"], actor=self.actor, at=self.at)
        return self.home()


class Recuse(Declare):
    """I have one: closes the dossier to me, at once."""

    success = gettext_lazy("The conflict is declared. The dossier is closed to you.")

    def form(self, *data: Any) -> forms.Form:
        return RecusalForm(*data)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        recusal = context["form"]
        review = super(Declare, self).form()
        return super().page({**context, "form": review, "recusal_form": recusal}, status=status)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        reviews.recuse(self.kwargs["assignment"], actor=self.actor, at=self.at, reason=reason)
        return reverse("reviewer:queue", args=[self.consortium.slug])

"""Forms that are parts of a page: each with an address of its own beneath the page's."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from consortium.access import acting
from web.base import FormPage


class PartForm(FormPage):
    """One of several forms of a page, sent to an address of its own.

    slot: under which name the page's template knows it. A refusal comes back as the whole page,
    with what was typed. Subclasses name the page second: its `home`, `reach` and `context` count.
    """

    slot: ClassVar[str] = "form"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            self.reach()
        return super().get(request, **kwargs)

    def fresh(self) -> HttpResponse:
        """Somebody reloads the answer to a refused form: back to the page."""
        return HttpResponseRedirect(self.home())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            self.reach()
        return super().post(request, **kwargs)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        return super().page({**context, self.slot: context["form"]}, status=status)


class ButtonForm(PartForm):
    """A button that performs one act; a refusal is told on the page it stands on."""

    slot = "button"

    def form(self, *data: Any) -> forms.Form:
        return forms.Form(*data)

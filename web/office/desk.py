"""What every page of the office shares: the stops down its side, addresses, and forms in parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call
from consortium.access import acting
from web.base import FormPage, NavItem, OfficePage
from web.office.forms import Confirmation

# group, name of the address, words, right without which the stop is not shown
STOPS = (
    (gettext_lazy("Admission"), "cockpit", gettext_lazy("Cockpit"), "enter_office"),
    ("", "calls", gettext_lazy("Calls"), "enter_office"),
    ("", "dossiers", gettext_lazy("Dossiers"), "view_dossiers"),
    (gettext_lazy("Studies"), "students", gettext_lazy("Students"), "view_dossiers"),
    ("", "rounds", gettext_lazy("Rounds"), "run_rounds"),
    ("", "tracks", gettext_lazy("Tracks"), "enter_office"),
    (gettext_lazy("Consortium"), "people", gettext_lazy("People"), "enter_office"),
    ("", "journal", gettext_lazy("Journal"), "view_journal"),
    ("", "messages", gettext_lazy("Messages"), "view_journal"),
)
CALL_TABS = (
    ("call", gettext_lazy("The call"), "enter_office"),
    ("assignments", gettext_lazy("Assignments"), "assign_reviewers"),
    ("ranking", gettext_lazy("Ranking"), "view_dossiers"),
    ("offers", gettext_lazy("Offers"), "view_dossiers"),
)


@dataclass(frozen=True, slots=True)
class Stop(NavItem):
    """A line of the office's navigation; `group` is a heading before it."""

    group: str = ""


class Desk(OfficePage):
    """stop: which line of the navigation this page belongs to."""

    stop: ClassVar[str] = ""

    def url(self, name: str, **parts: Any) -> str:
        return reverse(f"office:{name}", kwargs={"consortium": self.consortium.slug, **parts})

    def home(self) -> str:
        """The page's own address; the forms in its parts lead back to it."""
        return self.request.path

    def reach(self) -> None:
        """Reach the row of the address, before an act that names it; NotFound when hidden."""

    def nav(self) -> Iterable[NavItem]:
        group = ""
        for heading, name, words, right in STOPS:
            group = str(heading) or group
            if self.actor.may_somewhere(right):
                yield Stop(str(words), self.url(name), name == self.stop, group=group)
                group = ""


class CallDesk(Desk):
    """A page of one call, with its siblings as tabs."""

    stop = "calls"
    tab: ClassVar[str] = "call"

    @cached_property
    def call(self) -> Call:
        """Reached inside the page's context; a hidden one is not found."""
        return Call.objects.reach(self.actor, "view", slug=self.kwargs["slug"])

    def reach(self) -> None:
        assert self.call

    def context(self) -> dict[str, Any]:
        return {
            "call": self.call,
            "crumbs": [
                {"label": _("Calls"), "url": self.url("calls")},
                {"label": self.call.title},
            ],
            "tabs": [
                {
                    "label": words,
                    "url": self.url(name, slug=self.call.slug),
                    "current": name == self.tab,
                }
                for name, words, right in CALL_TABS
                if self.actor.may_somewhere(right)
            ],
        }


class PartForm(FormPage, Desk):
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
        return Confirmation(*data)

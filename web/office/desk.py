"""What every page of the office shares: the stops down its side, and addresses."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call
from web.base import NavItem, OfficePage
from web.parts import ButtonForm, PartForm

__all__ = ["ButtonForm", "CallDesk", "Desk", "PartForm", "Stop"]

# group, name of the address, words, right without which the stop is not shown
STOPS = (
    (gettext_lazy("Admission"), "cockpit", gettext_lazy("Cockpit"), "enter_office"),
    ("", "calls", gettext_lazy("Calls"), "enter_office"),
    ("", "dossiers", gettext_lazy("Dossiers"), "view_dossiers"),
    (gettext_lazy("Studies"), "students", gettext_lazy("Students"), "view_dossiers"),
    ("", "rounds", gettext_lazy("Rounds"), "run_rounds"),
    ("", "tracks", gettext_lazy("Tracks"), "enter_office"),
    ("", "programmes", gettext_lazy("Programme"), "enter_office"),
    (gettext_lazy("Consortium"), "people", gettext_lazy("People"), "view_dossiers"),
    ("", "partners", gettext_lazy("Partners"), "view_dossiers"),
    ("", "agreements", gettext_lazy("Agreements"), "view_dossiers"),
    ("", "rights", gettext_lazy("Who sees what"), "view_dossiers"),
    ("", "journal", gettext_lazy("Journal"), "view_journal"),
    ("", "messages", gettext_lazy("Messages"), "view_journal"),
)
# Stops that the committee of one call has too, within that call.
OF_ONE_CALL = frozenset({"dossiers"})
CALL_TABS = (
    ("call", gettext_lazy("The call"), "enter_office"),
    ("unfinished", gettext_lazy("Not sent"), "view_dossiers"),
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

    def nav(self) -> Iterable[NavItem]:
        group = ""
        for heading, name, words, right in STOPS:
            group = str(heading) or group
            held = self.actor.may_somewhere if name in OF_ONE_CALL else self.actor.may
            if held(right):
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
                if self.actor.may_on(right, self.call.pk)
            ],
        }

"""What every public page shares: its stops, and the name of a visitor who happens to be signed in."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from web.base import NavItem, PublicPage


class VisitorPage(PublicPage):
    """Reads as the public, whoever looks; the name only says that somebody is signed in."""

    stop = ""

    def admit(self) -> None:
        super().admit()
        # Accounts are out of reach of the public's database role, so they are read before it is worn.
        user = self.request.user
        self.visitor = str(user) if user.is_authenticated else ""

    def nav(self) -> Iterable[NavItem]:
        if not self.consortium:
            return
        slug = self.consortium.slug
        here = self.stop == "programme"
        yield NavItem(_("The programme"), reverse("public:programme", args=[slug]), here)
        if self.visitor:
            yield NavItem(_("My applications"), reverse("applicant:dashboard", args=[slug]))
        else:
            yield NavItem(_("Apply"), reverse("applicant:dashboard", args=[slug]))

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shown = replace(self.actor, name=self.visitor)
        return super().page({"actor": shown, **context}, status=status)

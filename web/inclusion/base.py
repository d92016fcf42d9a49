"""The inclusion officer's door: whoever holds `open_vault`, and nobody of the office as such."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.actor import Wall
from web.base import NavItem, Page


class InclusionPage(Page):
    """What every page of the desk shares."""

    wall = Wall.INCLUSION
    needs_account = True
    right = "open_vault"

    def url(self, name: str, **parts: Any) -> str:
        return reverse(f"inclusion:{name}", kwargs={"consortium": self.consortium.slug, **parts})

    def nav(self) -> Iterable[NavItem]:
        yield NavItem(_("Individual needs"), self.url("desk"), current=True)

"""What every page of a partner's desk shares: the stops, and whose desk it is."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from consortium.errors import NotFound
from consortium.models import Party
from partners.models import Partnership
from partners.policies import NEGOTIATE
from web.base import NavItem, PartnerPage

SEATS = "confirm_seats host_students"
OWN = "delegate_rights"
ANYTHING = f"{SEATS} {OWN}"
# name of the address, words, rights of which one shows it
STOPS = (
    ("home", gettext_lazy("Arrivals"), ANYTHING),
    ("students", gettext_lazy("Students"), "host_students"),
    ("sent", gettext_lazy("Students we send"), NEGOTIATE),
    ("seats", gettext_lazy("Seats"), SEATS),
    ("agreements", gettext_lazy("Agreements"), NEGOTIATE),
    ("people", gettext_lazy("People"), OWN),
    ("rights", gettext_lazy("Rights"), OWN),
)


class Desk(PartnerPage):
    """stop: which line of the navigation this page belongs to."""

    stop = ""

    def url(self, name: str, **parts: Any) -> str:
        return reverse(f"partner:{name}", kwargs={"consortium": self.consortium.slug, **parts})

    def nav(self) -> Iterable[NavItem]:
        for name, words, rights in STOPS:
            if any(map(self.actor.serves, rights.split())):
                yield NavItem(str(words), self.url(name), name == self.stop)

    @property
    def mine(self) -> list[int]:
        """The partners the person works for, be it only for what was handed on to them."""
        rights = ANYTHING.split()
        held = {party for right in rights for party in self.actor.parties_with(right)}
        return sorted(held or self.actor.parties)

    def hosts(self) -> list[Partnership]:
        """The institutions the person works for here."""
        rows = Partnership.objects.for_actor(self.actor, "view").for_listing()
        return list(rows.filter(pk__in=self.mine))


class OwnDesk(Desk):
    """A page about what is one partner's own. `?partner=` says which, for who coordinates several."""

    party_right = OWN

    @cached_property
    def parties(self) -> list[Party]:
        return list(Party.objects.for_actor(self.actor, "delegate").order_by("code"))

    @cached_property
    def party(self) -> Party:
        asked = self.request.GET.get("partner", "")
        found = next((each for each in self.parties if each.code == asked), None)
        if found is None and (asked or not self.parties):
            raise NotFound
        return found or self.parties[0]

    @property
    def query(self) -> str:
        """What the addresses of this page's forms end in."""
        return f"?partner={self.party.code}" if len(self.parties) > 1 else ""

    def home(self) -> str:
        return self.url(self.stop) + self.query

    def reach(self) -> None:
        assert self.party

    def context(self) -> dict[str, Any]:
        return {
            "party": self.party,
            "query": self.query,
            "tabs": [
                {"label": each.name, "url": f"?partner={each.code}", "current": each == self.party}
                for each in self.parties
            ],
        }

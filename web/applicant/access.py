"""Who can see my file, and who has looked: every look by somebody else, the latest first."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain import looks
from admissions.domain.looks import Look
from consortium.actor import Wall
from consortium.models import JournalEntry
from web.applicant.base import DossierPage
from web.applicant.readers import who_can_see
from web.listing import Sort, listing

SORTS = {"at": Sort(gettext_lazy("When"), "at", first="descending")}


class Access(DossierPage):
    """A fixed number of queries however many looks."""

    template_name = "applicant/access.html"

    def context(self) -> dict[str, Any]:
        seen = JournalEntry.objects.for_actor(self.actor, "view").filter(case_id=self.dossier.pk)
        page = listing(self.request, seen, SORTS, default="-at", dressed=lambda rows: rows.looks())
        return {
            "page_title": _("Who sees your dossier"),
            "access": who_can_see(self.dossier, actor=self.actor, at=self.at),
            "page": page,
            "looks": [_row(look) for look in looks.told(page.rows, actor=self.actor)],
        }


def _row(look: Look) -> dict[str, Any]:
    return {"at": look.at, "who": _who(look), "role": _role(look), "what": _what(look)}


def _who(look: Look) -> str:
    """By name, where the database tells it: not for reviewers, who are to judge freely."""
    return look.name or (_("A reviewer") if look.door is Wall.REVIEWER else _("Somebody"))


def _role(look: Look) -> str:
    words = {
        Wall.STAFF: _("consortium office"),
        Wall.COMMITTEE: _("selection committee"),
        Wall.OBSERVER: _("observer"),
        Wall.FINANCE: _("finance officer"),
        Wall.INCLUSION: _("inclusion officer"),
    }
    told = words.get(look.door, "")
    return ", ".join((*look.institutions, told) if told else look.institutions)


def _what(look: Look) -> str:
    if look.kind == "document":
        return look.title or _("A document")
    return {
        "dossier": _("Your dossier"),
        "letter": _("A letter of reference"),
        "review": _("A review of your dossier"),
        "needs": _("Your individual needs"),
        "passport": _("Your passport"),
    }.get(look.kind, _("A part of your dossier"))

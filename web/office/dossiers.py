"""The list of dossiers: dense, filtered by a sentence in the address, and acts on many at once."""

from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.filters import DossierFilter
from admissions.models import Call, Dossier
from admissions.visibility import UNSENT
from web.listing import Sort, listing
from web.office.desk import Desk
from web.office.words import choices

SORTS = {
    "name": Sort(gettext_lazy("Name"), "sort_name"),
    "reference": Sort(gettext_lazy("Reference"), "reference"),
    "submitted": Sort(gettext_lazy("Submitted"), "submitted_at", absent="0001-01-01T00:00:00Z"),
    "score": Sort(gettext_lazy("Score"), "score", absent=-1.0, first="descending"),
}


class Dossiers(Desk):
    """Six queries however many rows. Without a call in the address: those of the newest one."""

    right = "view_dossiers"
    of_one_call = True
    stop = "dossiers"
    template_name = "office/dossiers.html"
    partial = "list"

    @cached_property
    def newest(self) -> Call | None:
        calls = Call.objects.for_actor(self.actor, "view").for_listing()
        return calls.exclude(state="draft").first() or calls.first()

    def asked(self) -> QueryDict:
        """The address, with the newest call where it names none."""
        asked = self.request.GET.copy()
        if "call" not in asked and self.newest is not None:
            asked["call"] = self.newest.slug
        return asked

    def context(self) -> dict[str, Any]:
        seen = Dossier.objects.for_actor(self.actor, "view")
        chosen = DossierFilter(self.asked(), queryset=seen, request=self.request)
        sent = [(state, word) for state, word in choices("dossier") if state not in UNSENT]
        chosen.form.fields["state"].choices = [("", _("all dossiers")), *sent]
        page = listing(
            self.request,
            chosen.narrowed,
            SORTS,
            default="name",
            dressed=lambda rows: rows.for_listing().with_progress(),
        )
        return {
            "page_title": _("Dossiers"),
            "filter_form": chosen.form,
            "page": page,
            "acts": [{"label": _("Assign reviewers"), "tone": ""}],
            "choose": "choose" in self.request.GET,
            "choose_url": self.request.path + self.choosing(),
            "clear_url": self.url("dossiers") if self.request.GET else "",
            "may_assign": self.actor.may("assign_reviewers"),
        }

    def choosing(self) -> str:
        """This page with every row chosen, or with none: without a script, by its address."""
        query = self.request.GET.copy()
        if query.pop("choose", None) is None:
            query["choose"] = "page"
        return f"?{query.urlencode()}"

"""Cases of individual needs: who asks, and where it stands. What was written is not on this page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.filters import NeedsFilter
from admissions.models import NeedsCase
from admissions.vault_policies import UNASKED
from web.inclusion.base import InclusionPage
from web.listing import Sort, listing
from web.office.words import choices

SORTS = {
    "name": Sort(gettext_lazy("Name"), "person_name"),
    "since": Sort(gettext_lazy("Asked"), "requested_at", absent="9999-12-31T00:00:00Z"),
}


class Desk(InclusionPage):
    """Five queries however many cases."""

    template_name = "inclusion/desk.html"

    def context(self) -> dict[str, Any]:
        seen = NeedsCase.objects.for_actor(self.actor, "view")
        chosen = NeedsFilter(self.request.GET, queryset=seen, request=self.request)
        words = [each for each in choices("needs case") if each[0] not in UNASKED]
        chosen.form.fields["state"].choices = [("", _("all cases")), *words]
        return {
            "page_title": _("Individual needs"),
            "filter_form": chosen.form,
            "waiting": seen.waiting().count(),
            "page": listing(
                self.request,
                chosen.narrowed,
                SORTS,
                default="since",
                dressed=lambda rows: rows.for_listing(),
            ),
            "clear_url": self.url("desk") if self.request.GET else "",
        }

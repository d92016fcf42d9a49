"""A reviewer's own dossiers: what is due, what waits for the declaration, how far one is."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.figures import my_progress
from admissions.filters import AssignmentFilter
from admissions.models import Assignment
from web.base import NavItem, ReviewerPage
from web.listing import Sort, listing
from web.office.words import choices

SORTS = {
    # A dossier that is closed by now has no name here; it comes last.
    "name": Sort(gettext_lazy("Applicant"), "name_key", absent="\U0010ffff"),
    "reference": Sort(gettext_lazy("Reference"), "reference"),
    "due": Sort(gettext_lazy("Due"), "due_at", absent="9999-12-31T00:00:00Z"),
    "state": Sort(gettext_lazy("State"), "state"),
}


class Reading(ReviewerPage):
    """What every page of a reviewer shares."""

    def nav(self) -> Iterable[NavItem]:
        address = reverse("reviewer:queue", args=[self.consortium.slug])
        yield NavItem(_("My reviews"), address, current=True)


class Queue(Reading):
    """Five queries however many rows. What is done keeps its number; the name goes when it closes."""

    template_name = "reviewer/queue.html"

    def context(self) -> dict[str, Any]:
        seen = Assignment.objects.for_actor(self.actor, "view").exclude(state="conflicted")
        seen = seen.by_name(self.actor)
        chosen = AssignmentFilter(self.request.GET, queryset=seen, request=self.request)
        words = [(state, word) for state, word in choices("assignment") if state != "conflicted"]
        chosen.form.fields["state"].choices = [("", _("all dossiers")), *words]
        progress = my_progress(actor=self.actor, at=self.at)
        page = listing(
            self.request,
            chosen.narrowed,
            SORTS,
            default="state",
            dressed=lambda rows: rows.in_queue(self.actor),
        )
        return {
            "page_title": _("My reviews"),
            "filter_form": chosen.form,
            "page": page,
            "progress": progress,
            "says": _("%(done)d of %(all)d submitted")
            % {"done": progress.done, "all": progress.assigned},
            "clear_url": reverse("reviewer:queue", args=[self.consortium.slug])
            if self.request.GET
            else "",
            "next": self.next_up(seen),
        }

    @staticmethod
    def next_up(seen: Any) -> Assignment | None:
        """Where to go on: a started review, else the one that is due first."""
        undone = seen.filter(state__in=["in_progress", "proposed"])
        found: Assignment | None = undone.order_by("state", "due_at", "pk").first()
        return found

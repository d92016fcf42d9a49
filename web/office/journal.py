"""What happened: who did what, for whom, when and why; who looks at much; what vouches for it all."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Dossier
from consortium.domain.volume import looks_per_person
from consortium.filters import JournalFilter
from consortium.models import JournalEntry, JournalLink, Membership
from mobility_tracks.models import Enrolment
from web.listing import Sort, listing
from web.office.desk import Desk


class Journal(Desk):
    """Nine queries however many rows."""

    right = "view_journal"
    stop = "journal"
    template_name = "office/journal.html"

    def context(self) -> dict[str, Any]:
        seen = JournalEntry.objects.for_actor(self.actor, "view")
        chosen = JournalFilter(self.request.GET, queryset=seen, request=self.request)
        sorts = {"at": Sort(gettext_lazy("When"), "at", first="descending")}
        page = listing(self.request, chosen.narrowed, sorts, default="-at")
        return {
            "page_title": _("Journal"),
            "filter_form": chosen.form,
            "page": page,
            "names": self.names(row.for_id for row in page.rows),
            "clear_url": self.url("journal") if self.request.GET else "",
            "head": JournalLink.objects.for_actor(self.actor, "view").head(),
            "volumes": looks_per_person(actor=self.actor, at=self.at),
        }

    def names(self, people: Iterable[int | None]) -> dict[int, str]:
        """By account, as this consortium knows them; who has no row that the actor sees has none."""
        wanted = {person for person in people if person is not None}
        members = Membership.objects.for_actor(self.actor, "view").filter(user__in=wanted)
        students = Enrolment.objects.for_actor(self.actor, "view").filter(student__in=wanted)
        dossiers = Dossier.objects.for_actor(self.actor, "view").filter(applicant__in=wanted)
        applicants = dossiers.only("applicant_id", "given_names", "family_name", "reference")
        return {
            **dict(members.values_list("user_id", "person_name")),
            **dict(students.values_list("student_id", "person_name")),
            **{each.applicant_id: each.name or each.reference for each in applicants},
        }

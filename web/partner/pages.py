"""Who comes to a partner when, and who has arrived. Nothing of other partners."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from mobility_tracks.domain.host_lists import handed_out
from mobility_tracks.domain.placements import receive
from mobility_tracks.filters import PlacementFilter
from mobility_tracks.models import Placement
from partners.domain.standings import Standing, standings
from partners.models import SharingAgreement
from web.base import FormPage
from web.listing import Sort, listing
from web.office.host_list import sheets, stays_sheet
from web.office.words import choices
from web.partner.desk import ANYTHING, Desk
from web.spreadsheet import sheet_response
from web.transfers import in_words

EXPECTED = ("announced", "accepted_by_host")


class Home(Desk):
    """A fixed number of queries however many students."""

    party_right = ANYTHING
    stop = "home"
    template_name = "partner/home.html"

    def context(self) -> dict[str, Any]:
        stays = Placement.objects.for_actor(self.actor, "view")
        rows = stays.by_period()
        late = stays.filter(state__in=EXPECTED, starts_on__lt=self.at.date())
        hosts = {host.pk: host for host in self.hosts()}
        for row in rows:
            row["host"] = hosts.get(row["host_id"])
            row["missing"] = row["students"] - row["arrived"]
        return {
            "page_title": _("Who comes when"),
            "hosts": list(hosts.values()),
            "closed": [in_words(each) for each in self.own_standings() if not each.receives],
            "rows": rows,
            "late": list(late.for_listing().order_by("starts_on", "id")[:20]),
            "late_count": late.count(),
            "proposals": SharingAgreement.objects.for_actor(self.actor, "answer")
            .filter(state="proposed")
            .count(),
            "expected": sum(row["missing"] for row in rows),
            "here": sum(row["arrived"] for row in rows),
        }

    def own_standings(self) -> list[Standing]:
        return standings(actor=self.actor, at=self.at, parties=frozenset(self.mine))


class Students(Desk):
    """Nine queries however many rows."""

    stop = "students"
    template_name = "partner/students.html"
    sorts = {
        "name": Sort(gettext_lazy("Name"), "enrolment__person_name"),
        "from": Sort(gettext_lazy("From"), "starts_on", absent="9999-12-31"),
    }

    @cached_property
    def chosen(self) -> PlacementFilter:
        seen = Placement.objects.for_actor(self.actor, "view")
        chosen = PlacementFilter(self.request.GET, queryset=seen, request=self.request)
        words = [(state, word) for state, word in choices("placement") if state != "planned"]
        chosen.form.fields["state"].choices = [("", _("all stays")), *words]
        return chosen

    def context(self) -> dict[str, Any]:
        page = listing(
            self.request,
            self.chosen.narrowed,
            self.sorts,
            default="-from",
            dressed=lambda rows: rows.for_listing(),
        )
        return {
            "page_title": _("Students here"),
            "filter_form": self.chosen.form,
            "page": page,
            "expected": EXPECTED,
            "query": self.request.GET.urlencode(),
            "clear_url": self.url("students") if self.request.GET else "",
            "sheets": sheets(self.url("students-file"), self.request),
        }


class StudentsFile(Students):
    """What the page's filter leaves, to take away; each student's journal says so."""

    leaves_trace = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            found = handed_out(self.chosen.narrowed, actor=self.actor, at=self.at)
            name = f"{self.consortium.slug}-{_('students')}"
            return sheet_response(request, name, *stays_sheet(found))


class Arrival(FormPage, Students):
    """POST: this student has arrived."""

    success = gettext_lazy("Arrived. The office sees it too.")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Somebody reloads the answer to a refused form: back to the list."""
        with acting(self.actor):
            Placement.objects.all().reach(self.actor, "view", pk=self.kwargs["placement"])
        return HttpResponseRedirect(self.url("students"))

    def form(self, *data: Any) -> forms.Form:
        return forms.Form(*data)

    def act(self, form: forms.Form) -> str:
        receive(self.kwargs["placement"], actor=self.actor, at=self.at)
        query = self.request.GET.urlencode()
        return f"{self.url('students')}?{query}" if query else self.url("students")

"""Who studies at one host: a page, and the same as a sheet to send there."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from mobility_tracks.domain.host_lists import handed_out, stays_at
from mobility_tracks.filters import PlacementFilter
from mobility_tracks.models import Placement
from partners.models import Partnership
from web.listing import Sort, listing
from web.office.desk import Desk
from web.office.words import choices, said
from web.spreadsheet import sheet_response

SORTS = {
    "name": Sort(gettext_lazy("Name"), "enrolment__person_name"),
    "from": Sort(gettext_lazy("Begins"), "starts_on", absent="9999-12-31"),
}
CALLED_OFF = frozenset({"cancelled", "refused"})


class HostPage(Desk):
    """A fixed number of queries however many students."""

    right = "view_dossiers"
    stop = "tracks"
    template_name = "office/host.html"

    def reach(self) -> None:
        assert self.host

    @cached_property
    def host(self) -> Partnership:
        rows = Partnership.objects.all().select_related("institution")
        return rows.reach(self.actor, "view", pk=self.kwargs["party"])

    @cached_property
    def chosen(self) -> PlacementFilter:
        seen = stays_at(self.host.pk, actor=self.actor)
        chosen = PlacementFilter(self.request.GET, queryset=seen, request=self.request)
        words = [each for each in choices("placement") if each[0] not in CALLED_OFF]
        chosen.form.fields["state"].choices = [("", _("all stays")), *words]
        return chosen

    def context(self) -> dict[str, Any]:
        page = listing(
            self.request,
            self.chosen.narrowed,
            SORTS,
            default="name",
            dressed=lambda rows: rows.for_listing().select_related("sending__institution"),
        )
        home = self.url("host", party=self.host.pk)
        return {
            "page_title": self.host.institution.name,
            "host": self.host,
            "crumbs": [
                {"label": _("Tracks"), "url": self.url("tracks")},
                {"label": self.host.code},
            ],
            "filter_form": self.chosen.form,
            "page": page,
            "clear_url": home if self.request.GET else "",
            "sheets": sheets(self.url("host-file", party=self.host.pk), self.request),
        }


class HostFile(HostPage):
    """What the page's filter leaves, to take away; each student's journal says so."""

    leaves_trace = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            name = f"{self.consortium.slug}-{self.host.code}"
            found = handed_out(self.chosen.narrowed, actor=self.actor, at=self.at)
            return sheet_response(request, name, *stays_sheet(found))


def sheets(address: str, request: HttpRequest) -> list[dict[str, str]]:
    """Links to a list as CSV and as XLSX, narrowed as the page is."""
    found = []
    for kind in ("csv", "xlsx"):
        query = request.GET.copy()
        for name in ("after", "before", "sort"):
            query.pop(name, None)
        query["as"] = kind
        found.append({"label": kind.upper(), "url": f"{address}?{query.urlencode()}"})
    return found


def stays_sheet(rows: Iterable[Placement]) -> tuple[Sequence[str], list[Sequence[Any]]]:
    """Head and cells. Needs what `handed_out` joins."""
    head = (
        *(_("Name"), _("Reference"), _("E-mail"), _("Intake"), _("Period")),
        *(_("From"), _("To"), _("Begins"), _("Ends"), _("Credits"), _("State")),
    )
    return head, [
        (
            stay.enrolment.person_name,
            stay.enrolment.reference,
            stay.enrolment.person_email,
            stay.enrolment.intake.name,
            stay.period.title,
            stay.sending.code,
            stay.host.code,
            stay.starts_on,
            stay.ends_on,
            stay.ects,
            said("placement", stay.state)[0],
        )
        for stay in rows
    ]

"""The finance officer's desk: who is funded from which line. No dossier, no mark, no origin."""

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.funding import export, funded, lines, steps, totals, with_line
from admissions.filters import FundingFilter
from consortium.access import acting
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models import Enrolment
from web.base import FinancePage, NavItem
from web.listing import Sort, listing
from web.office.words import choices, said
from web.spreadsheet import csv_response

SORTS = {
    "name": Sort(gettext_lazy("Name"), "person_name"),
    "reference": Sort(gettext_lazy("Reference"), "reference"),
    "enrolled": Sort(gettext_lazy("Enrolled"), "enrolled_at", absent="0001-01-01T00:00:00Z"),
}


class Desk(FinancePage):
    def url(self, name: str) -> str:
        return reverse(f"finance:{name}", kwargs={"consortium": self.consortium.slug})

    def nav(self) -> Iterable[NavItem]:
        yield NavItem(_("Funding"), self.url("funding"), current=True)

    @cached_property
    def chosen(self) -> FundingFilter:
        rows = funded(actor=self.actor)
        chosen = FundingFilter(self.request.GET, queryset=rows, request=self.request)
        chosen.form.fields["state"].choices = [("", _("all students")), *choices("enrolment")]
        return chosen

    @property
    def rows(self) -> ScopedQuerySet[Enrolment]:
        found: ScopedQuerySet[Enrolment] = self.chosen.narrowed
        return found


class Funding(Desk):
    """A fixed number of queries however many students."""

    template_name = "finance/funding.html"

    def dressed(self, rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        return with_line(rows, actor=self.actor)

    def context(self) -> dict[str, Any]:
        names = lines(actor=self.actor)
        page = listing(self.request, self.rows, SORTS, default="name", dressed=self.dressed)
        found = totals(actor=self.actor)
        approved = steps((each.reference for each in page.rows), actor=self.actor)
        return {
            "page_title": _("Funding"),
            "filter_form": self.chosen.form,
            "clear_url": self.url("funding") if self.request.GET else "",
            "page": page,
            "rows": [
                {
                    "student": each,
                    "line": names.get(each.route, each.route),
                    "step": approved.get(each.reference),
                }
                for each in page.rows
            ],
            "intakes": [
                {"name": name, "lines": list(group)}
                for name, group in groupby(found, lambda total: total.intake)
            ],
            "sums": {
                name: sum(getattr(total, name) for total in found)
                for name in ("now", "finished", "withdrawn", "all")
            },
            "export_url": f"{self.url('export')}?{self.request.GET.urlencode()}",
        }


class Export(Desk):
    """What the page's filter leaves, as a sheet."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            rows = self.rows
        head = [_("Reference"), _("Name"), _("Intake"), _("Line"), _("State"), _("Enrolled")]
        head.append(_("Individual needs, EUR"))
        found = export(rows, actor=self.actor, at=self.at)
        cells = (
            (
                each.reference,
                each.name,
                each.intake,
                each.line,
                said("enrolment", each.state)[0],
                f"{each.enrolled_at:%Y-%m-%d}" if each.enrolled_at else None,
                each.step,
            )
            for each in found
        )
        return csv_response(f"{self.consortium.slug}-{_('funding')}", head, cells)

"""Students of the consortium: the list, and each on a page of their own."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobility_tracks.domain.enrolments import withdraw
from mobility_tracks.domain.placements import place
from mobility_tracks.filters import EnrolmentFilter
from mobility_tracks.models import Enrolment, Offering, Placement
from web.listing import Sort, listing
from web.office.desk import Desk, PartForm
from web.office.forms import ReasonForm
from web.office.study_forms import PlaceForm
from web.office.words import choices
from web.pictures.adapters import station_of
from web.stations import LineStop

SORTS = {"name": Sort(gettext_lazy("Name"), "person_name")}


def path_of(enrolment: Enrolment) -> tuple[LineStop, ...]:
    """The stays of a student as a line. Needs `for_listing`."""
    states = {"arrived": "here", "departed": "done", "recognised": "done"}
    stays = [p for p in enrolment.placements.all() if p.state not in {"cancelled", "refused"}]
    return tuple(
        LineStop((station_of(stay.host),), stay.period.title, state=states.get(stay.state, "next"))
        for stay in sorted(stays, key=lambda stay: stay.period.position)
    )


class Students(Desk):
    """Eight queries however many rows."""

    right = "view_dossiers"
    stop = "students"
    template_name = "office/students.html"

    def context(self) -> dict[str, Any]:
        seen = Enrolment.objects.for_actor(self.actor, "view")
        chosen = EnrolmentFilter(self.request.GET, queryset=seen, request=self.request)
        chosen.form.fields["state"].choices = [("", _("all students")), *choices("enrolment")]
        page = listing(
            self.request,
            chosen.narrowed,
            SORTS,
            default="name",
            dressed=lambda rows: rows.for_listing(),
        )
        return {
            "page_title": _("Students"),
            "filter_form": chosen.form,
            "page": page,
            "rows": [{"student": each, "stops": path_of(each)} for each in page.rows],
            "clear_url": self.url("students") if self.request.GET else "",
        }


class StudentPage(Desk):
    right = "view_dossiers"
    stop = "students"
    template_name = "office/student.html"

    def reach(self) -> None:
        assert self.student

    def home(self) -> str:
        return self.url("student", ref=self.kwargs["ref"])

    @cached_property
    def student(self) -> Enrolment:
        rows = Enrolment.objects.all().select_related("intake", "track")
        return rows.reach(self.actor, "view", reference=self.kwargs["ref"])

    def context(self) -> dict[str, Any]:
        stays = Placement.objects.for_actor(self.actor, "view").filter(enrolment=self.student)
        return {
            "page_title": self.student.person_name,
            "student": self.student,
            "crumbs": [
                {"label": _("Students"), "url": self.url("students")},
                {"label": self.student.reference},
            ],
            "stays": list(
                stays.for_listing().select_related("offering").order_by("starts_on", "id")
            ),
            "may_place": self.actor.may("run_rounds") and self.student.state == "enrolled",
            "may_withdraw": self.actor.may("enrol_students")
            and self.student.state in {"pre_enrolled", "enrolled", "on_leave"},
            "place_form": PlaceForm(self.offerings()),
            "withdrawal_form": ReasonForm(prefix="leave"),
        }

    def offerings(self) -> list[Offering]:
        rows = Offering.objects.for_actor(self.actor, "view").for_listing()
        return list(rows.filter(period__version=self.student.intake.version_id))


class PlaceByHand(PartForm, StudentPage):
    right = "run_rounds"
    slot = "place_form"
    success = gettext_lazy("The student is placed and was told that there is news.")

    def form(self, *data: Any) -> forms.Form:
        return PlaceForm(self.offerings(), *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        place(
            self.student.pk,
            actor=self.actor,
            at=self.at,
            offering_id=typed["offering"],
            reason=typed["reason"],
        )
        return self.home()


class WithdrawStudent(PartForm, StudentPage):
    right = "enrol_students"
    slot = "withdrawal_form"
    success = gettext_lazy("The enrolment has ended; stays ahead are cancelled.")

    def form(self, *data: Any) -> forms.Form:
        posted = {"data": data[0]} if data else {}
        return ReasonForm(**posted, prefix="leave")

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        withdraw(self.student.pk, actor=self.actor, at=self.at, reason=reason)
        return self.home()

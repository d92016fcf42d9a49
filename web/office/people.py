"""Who works here, as what, by whose word: the people of the consortium and those who were."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import Call
from consortium.domain.grants import stray
from consortium.domain.memberships import lacking
from consortium.domain.roles_in_words import table_of_roles
from consortium.filters import MembershipFilter
from consortium.models import Membership, Party
from consortium.roles import Role
from web.listing import Sort, listing
from web.office.desk import Desk
from web.office.forms import ReasonForm
from web.office.people_forms import AppointmentForm

SORTS = {
    "name": Sort(gettext_lazy("Name"), "person_name"),
    "role": Sort(gettext_lazy("Role"), "role"),
    "since": Sort(gettext_lazy("Since"), "starts_at"),
}
CALLS = 20


class People(Desk):
    """A fixed number of queries however many rows. Unless the address says more: who is in office."""

    right = "view_dossiers"
    stop = "people"
    template_name = "office/people.html"

    def home(self) -> str:
        return self.url("people")

    @property
    def may_manage(self) -> bool:
        return self.actor.may("manage_people")

    def asked(self) -> QueryDict:
        asked = self.request.GET.copy()
        asked.setdefault("standing", MembershipFilter.IN_OFFICE)
        return asked

    def context(self) -> dict[str, Any]:
        seen = Membership.objects.for_actor(self.actor, "view")
        chosen = MembershipFilter(self.asked(), queryset=seen, request=self.request)
        page = listing(
            self.request,
            chosen.narrowed,
            SORTS,
            default="role",
            dressed=lambda found: found.select_related("party", "department"),
        )
        return {
            "page_title": _("People"),
            "filter_form": chosen.form,
            "clear_url": self.home() if self.request.GET else "",
            "page": page,
            "roles": table_of_roles(self.actor),
            "may_manage": self.may_manage,
            **(self.managing() if self.may_manage else {}),
        }

    def managing(self) -> dict[str, Any]:
        """For whoever appoints: the forms, and whether the grants agree with the records."""
        return {
            "drift": sum(drift.count for drift in stray(self.consortium, at=self.at)),
            "appointment_form": self.appointment_form(self.grantable()),
            "dismissal_form": ReasonForm(),
        }

    def appointment_form(self, roles: list[Role], *data: Any) -> AppointmentForm:
        calls = Call.objects.for_actor(self.actor, "view").order_by("-closes_at")
        parties = Party.objects.for_actor(self.actor, "view").order_by("code")
        zone = self.consortium.zone
        return AppointmentForm(roles, list(parties), list(calls[:CALLS]), zone, *data)

    def grantable(self) -> list[Role]:
        """Roles of which the actor holds every right; the act checks it again."""
        return [role for role in Role if not lacking(self.actor, role)]

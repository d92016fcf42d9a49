"""Who works here, as what: appoint and dismiss. Nobody grants what they do not hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.domain.memberships import Post, account_for, appoint, dismiss
from consortium.models import Membership, Party
from consortium.roles import GRANTS, RIGHTS, TO_APPOINT, Container, Role
from web.listing import Sort, listing
from web.office.desk import Desk, PartForm
from web.office.forms import ReasonForm
from web.office.study_forms import AppointmentForm

SORTS = {
    "name": Sort(gettext_lazy("Name"), "person_name"),
    "role": Sort(gettext_lazy("Role"), "role"),
    "since": Sort(gettext_lazy("Since"), "starts_at"),
}


class People(Desk):
    """Five queries however many rows."""

    stop = "people"
    template_name = "office/people.html"

    def home(self) -> str:
        return self.url("people")

    def context(self) -> dict[str, Any]:
        rows = Membership.objects.for_actor(self.actor, "view").current(self.at)
        page = listing(
            self.request,
            rows,
            SORTS,
            default="role",
            dressed=lambda found: found.select_related("party"),
        )
        return {
            "page_title": _("People"),
            "page": page,
            "roles": self.roles(),
            "may_manage": self.actor.may("manage_people"),
            "appointment_form": AppointmentForm(self.grantable(), self.parties()),
            "dismissal_form": ReasonForm(),
        }

    def grantable(self) -> list[Role]:
        """Roles of which the actor holds every right; the act checks it again."""
        return [role for role in Role if not self.lacking(role)]

    def lacking(self, role: Role) -> list[str]:
        needed = GRANTS[role].get(Container.CONSORTIUM, frozenset())
        beyond = [r for r in needed if not self.actor.may(TO_APPOINT.get(r, r))]
        return sorted(RIGHTS[Container.CONSORTIUM][right] for right in beyond)

    def roles(self) -> list[dict[str, Any]]:
        """What each role may do, and what keeps the actor from granting it."""
        return [
            {
                "role": role.label,
                "rights": [
                    RIGHTS[container][right]
                    for container, rights in GRANTS[role].items()
                    for right in sorted(rights)
                ],
                "lacking": self.lacking(role),
            }
            for role in Role
        ]

    def parties(self) -> list[Party]:
        return list(Party.objects.for_actor(self.actor, "view").order_by("code"))


class Appoint(PartForm, People):
    right = "manage_people"
    needs_recent_sign_in = True
    slot = "appointment_form"
    success = gettext_lazy("The person is appointed and can sign in with this address.")

    def form(self, *data: Any) -> forms.Form:
        return AppointmentForm(list(Role), self.parties(), *data)

    def act(self, form: forms.Form) -> str:
        typed = form.cleaned_data
        party = next((p for p in form.parties if str(p.pk) == typed["party"]), None)  # type: ignore[attr-defined]  # AppointmentForm
        user = account_for(typed["email"], typed["name"])
        appoint(
            user,
            actor=self.actor,
            at=self.at,
            post=Post(Role(typed["role"]), party),
            name=typed["name"],
            reason=typed["reason"],
        )
        return self.home()


class Dismiss(PartForm, People):
    right = "manage_people"
    needs_recent_sign_in = True
    slot = "dismissal_form"
    success = gettext_lazy("The role has ended; its rights are gone at once.")

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        dismiss(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        return self.home()

"""A partner's own people: its reviewers and how far they are, its delegates, its departments."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.domain.review_work import NOTHING, work_of
from consortium.domain.memberships import Post, appoint_by_address, dismiss
from consortium.models import Delegation, Department, Membership
from consortium.roles import Role
from partners.domain.departments import open_department
from web.office.forms import ReasonForm
from web.partner.desk import OwnDesk
from web.partner.forms import DepartmentForm, OwnPersonForm
from web.partner.handed import Handed, told
from web.parts import PartForm

FORMER = 50


class People(OwnDesk):
    """A fixed number of queries however many people. Nobody of another partner's."""

    stop = "people"
    template_name = "partner/people.html"

    @cached_property
    def members(self) -> list[Membership]:
        rows = Membership.objects.for_actor(self.actor, "view").filter(party=self.party)
        return list(rows.select_related("department").order_by("person_name", "pk"))

    @cached_property
    def departments(self) -> list[Department]:
        rows = Department.objects.for_actor(self.actor, "view").filter(party=self.party)
        return list(rows.order_by("name"))

    def context(self) -> dict[str, Any]:
        by_role: dict[str, list[Membership]] = defaultdict(list)
        for member in self.members:
            if member.stands(self.at):
                by_role[member.role].append(member)
        return {
            **super().context(),
            "page_title": _("People"),
            "coordinators": by_role[Role.PARTNER],
            "reviewers": self.at_work(by_role[Role.REVIEWER]),
            "delegates": self.holding(by_role[Role.DELEGATE]),
            "departments": self.with_counts(by_role[Role.DELEGATE]),
            "former": self.former(),
            "person_form": OwnPersonForm(self.departments, self.consortium.zone),
            "department_form": DepartmentForm(),
            "dismissal_form": ReasonForm(),
        }

    def at_work(self, reviewers: Sequence[Membership]) -> list[dict[str, Any]]:
        work = work_of([self.party.pk], actor=self.actor, at=self.at)
        return [
            {"member": each, "work": work.get((self.party.pk, each.user_id), NOTHING)}
            for each in reviewers
        ]

    def holding(self, delegates: Sequence[Membership]) -> list[dict[str, Any]]:
        """Each with what was handed on to them or to their department."""
        held = self.handed
        return [
            {"member": each, "holds": [*held.get(each.pk, ()), *held.get(each.department_id, ())]}
            for each in delegates
        ]

    @cached_property
    def handed(self) -> Mapping[object, list[Handed]]:
        rows = Delegation.objects.for_actor(self.actor, "view").filter(party=self.party)
        found: dict[object, list[Handed]] = defaultdict(list)
        for row in rows.current(self.at).for_listing():
            found[row.membership_id or row.department_id].append(told(row))
        return found

    def with_counts(self, delegates: Sequence[Membership]) -> list[dict[str, Any]]:
        count = Counter(each.department_id for each in delegates)
        return [
            {"department": each, "people": count[each.pk], "holds": self.handed.get(each.pk, [])}
            for each in self.departments
        ]

    def former(self) -> list[Membership]:
        """Who was here, the last to leave first."""
        gone = [(m.ends_at, m) for m in self.members if m.ends_at and not m.stands(self.at)]
        gone.sort(key=lambda pair: pair[0], reverse=True)
        return [member for _end, member in gone[:FORMER]]


class Appoint(PartForm, People):
    needs_recent_sign_in = True
    slot = "person_form"
    success = gettext_lazy("The person is appointed and can sign in with this address.")

    def form(self, *data: Any) -> forms.Form:
        return OwnPersonForm(self.departments, self.consortium.zone, *data)

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, OwnPersonForm)  # made by self.form
        typed = form.cleaned_data
        appoint_by_address(
            typed["email"],
            actor=self.actor,
            at=self.at,
            post=Post(Role(typed["role"]), self.party, form.department),
            name=typed["name"],
            until=typed["until"],
            reason=typed["reason"],
        )
        return self.home()


class Dismiss(PartForm, People):
    """One of the partner's own; nobody else is there."""

    needs_recent_sign_in = True
    slot = "dismissal_form"
    success = gettext_lazy("The role has ended; its rights are gone at once.")

    def reach(self) -> None:
        super().reach()
        Membership.objects.reach(self.actor, "view", pk=self.kwargs["id"])

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        dismiss(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        return self.home()


class OpenDepartment(PartForm, People):
    slot = "department_form"
    success = gettext_lazy("The department is there. It holds nothing until you hand something on.")

    def form(self, *data: Any) -> forms.Form:
        return DepartmentForm(*data)

    def act(self, form: forms.Form) -> str:
        name = form.cleaned_data["name"]
        open_department(self.party.pk, actor=self.actor, at=self.at, name=name)
        return self.home()

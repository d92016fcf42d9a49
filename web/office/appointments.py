"""Appoint and dismiss. Nobody appoints themselves, nor grants what they do not hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from consortium.domain.memberships import Post, appoint_by_address, dismiss
from consortium.roles import Role
from web.office.forms import ReasonForm
from web.office.people import People
from web.office.people_forms import AppointmentForm
from web.parts import PartForm


class Appoint(PartForm, People):
    right = "manage_people"
    needs_recent_sign_in = True
    slot = "appointment_form"
    success = gettext_lazy("The person is appointed and can sign in with this address.")

    def form(self, *data: Any) -> forms.Form:
        """With every role: why one cannot be granted is for the act to say."""
        return self.appointment_form(list(Role), *data)

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, AppointmentForm)  # made by self.form
        typed = form.cleaned_data
        appoint_by_address(
            typed["email"],
            actor=self.actor,
            at=self.at,
            post=Post(Role(typed["role"]), form.party, call=form.call),
            name=typed["name"],
            until=typed["until"],
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

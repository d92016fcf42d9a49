"""What a partner was granted and what it handed on: to whom, on what, from when until when, why."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.domain.memberships import held_by
from consortium.domain.roles_in_words import in_words
from consortium.models import Delegation, Department, Membership
from consortium.roles import PARTY_RIGHTS, PERSONAL, Container, Role
from mobility_tracks.domain.delegation import hand_on, own_parts, take_back
from web.office.forms import ReasonForm
from web.partner.desk import OwnDesk
from web.partner.forms import HandOnForm
from web.partner.handed import told
from web.parts import PartForm

ENDED = 50


class Rights(OwnDesk):
    """A fixed number of queries however much was handed on."""

    stop = "rights"
    template_name = "partner/rights.html"

    @cached_property
    def granted(self) -> frozenset[str]:
        return held_by(self.party)

    @property
    def held(self) -> frozenset[str]:
        """What counts now: nothing about people while no basis for their data is recorded."""
        return self.granted if self.party.receives(self.at) else self.granted - PERSONAL

    def context(self) -> dict[str, Any]:
        rows = Delegation.objects.for_actor(self.actor, "view").filter(party=self.party)
        every = list(rows.for_listing())
        standing = [row for row in every if self.stands(row)]
        ended = [(row.ends_at, row) for row in every if row.ends_at and not self.stands(row)]
        ended.sort(key=lambda pair: pair[0], reverse=True)
        return {
            **super().context(),
            "page_title": _("Rights"),
            "ceiling": self.ceiling(),
            "handed": [told(row, held=self.held, at=self.at) for row in standing],
            "ended": [told(row) for _end, row in ended[:ENDED]],
            "hand_on_form": self.hand_on_form(),
            "take_back_form": ReasonForm(),
        }

    def stands(self, row: Delegation) -> bool:
        return row.ends_at is None or row.ends_at > self.at

    def ceiling(self) -> list[dict[str, Any]]:
        """Every right that a partner can have: granted, resting, or not granted."""
        return [
            {
                "words": in_words(Container.PARTY, {right})[0],
                "granted": right in self.granted,
                "resting": right in self.granted - self.held,
            }
            for right in PARTY_RIGHTS
        ]

    def hand_on_form(self, *data: Any) -> HandOnForm:
        parts = own_parts(self.party, actor=self.actor)
        return HandOnForm(self.receivers(), parts, self.held, self.consortium.zone, *data)

    def receivers(self) -> dict[str, Department | Membership]:
        """The partner's departments and its delegates in office, by the values of the choice."""
        departments = Department.objects.for_actor(self.actor, "view").filter(party=self.party)
        people = Membership.objects.for_actor(self.actor, "view").filter(party=self.party)
        people = people.filter(role=Role.DELEGATE).current(self.at).select_related("department")
        return {
            **{f"department:{each.pk}": each for each in departments.order_by("name")},
            **{f"delegate:{each.pk}": each for each in people.order_by("person_name", "pk")},
        }


class HandOn(PartForm, Rights):
    needs_recent_sign_in = True
    slot = "hand_on_form"
    success = gettext_lazy("It is handed on, and counts from now.")

    def form(self, *data: Any) -> forms.Form:
        return self.hand_on_form(*data)

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, HandOnForm)  # made by self.form
        hand_on(
            self.party.pk,
            actor=self.actor,
            at=self.at,
            what=form.what,
            to=form.to,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
        )
        return self.home()


class TakeBack(PartForm, Rights):
    needs_recent_sign_in = True
    slot = "take_back_form"
    success = gettext_lazy("It is taken back; the right is gone at once.")

    def reach(self) -> None:
        super().reach()
        Delegation.objects.reach(self.actor, "view", pk=self.kwargs["id"])

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        take_back(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        return self.home()

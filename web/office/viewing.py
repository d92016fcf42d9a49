"""Look at pages as a colleague sees them: why, then where they arrive, and back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain import viewing
from consortium.domain.actors import actor_for
from consortium.middleware import VIEWING
from consortium.models import Membership, User
from web.base import FormPage
from web.doors import address_of
from web.office.desk import Desk
from web.office.forms import ReasonForm


class LookAs(FormPage, Desk):
    """Four queries. The reason is read by the person."""

    right = "view_as"
    stop = "people"
    template_name = "office/look_as.html"
    needs_recent_sign_in = True

    def member(self) -> Membership:
        return Membership.objects.reach(self.actor, "view", pk=self.kwargs["id"])

    def context(self) -> dict[str, Any]:
        member = self.member()
        return {
            "page_title": _("Look as %(name)s") % {"name": member.person_name},
            "member": member,
            "minutes": int(viewing.LONGEST.total_seconds() // 60),
            "crumbs": [
                {"label": _("People"), "url": self.url("people")},
                {"label": member.person_name},
            ],
        }

    def form(self, *data: Any) -> forms.Form:
        return ReasonForm(*data)

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        row = viewing.begin(self.kwargs["id"], actor=self.actor, at=self.at, reason=reason)
        with acting(self.actor):
            role = self.member().role
        self.request.session[VIEWING] = {"id": str(row.pk), "consortium": self.consortium.pk}
        return address_of(role, self.consortium.slug)


class StopLooking(Desk):
    """POST ends the look. The one address that is still the viewer's own while they look."""

    right = "view_as"
    http_method_names = ["post"]

    @property
    def actor(self) -> Actor:
        user = self.request.user
        assert isinstance(user, User)  # needs_account
        return actor_for(user, self.consortium, Wall.STAFF, at=self.at)

    def refuse_changes(self) -> None:
        """Stopping changes nothing of the person's."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        begun = request.session.pop(VIEWING, None)
        if begun is not None:
            viewing.stop(UUID(begun["id"]), actor=self.actor, at=self.at)
        return HttpResponseRedirect(reverse("office:people", args=[self.consortium.slug]))

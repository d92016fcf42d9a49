"""A round: rank the hosts of a semester, see the seats, the procedure and what silence means."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium.access import acting
from consortium.errors import DomainError, NotFound
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.rounds import outcome
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Offering,
    Placement,
    Preference,
    RoundSeats,
)
from mobility_tracks.placement import Policy, PolicyKind
from web.applicant.base import OwnPage
from web.errors import STATUS
from web.pictures.adapters import station_of
from web.ranks import moved


class RoundPage(OwnPage):
    """Every button saves: an order that is only on the screen would be lost on an old phone."""

    template_name = "applicant/round.html"
    stop = "study"

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            # By the student first: a round of others costs what one that is not there costs.
            rows = Enrolment.objects.for_actor(self.actor, "view").select_related("intake")
            self.enrolment = rows.filter(intake__rounds=self.kwargs["id"]).first()
            if self.enrolment is None:
                raise NotFound
            self.round = AllocationRound.objects.reach(self.actor, "view", pk=self.kwargs["id"])
            wishes = Preference.objects.for_actor(self.actor, "view").filter(
                round=self.round, enrolment=self.enrolment
            )
            self.ranked = list(wishes.order_by("rank").values_list("offering__code", flat=True))

    def context(self) -> dict[str, Any]:
        rows = self._rows()
        order = self.request.POST.getlist("order") or self.ranked
        return {
            "page_title": self.round.title,
            "round": self.round,
            "is_open": self._is_open(),
            "is_before": self.round.state == "open" and self.at < self.round.opens_at,
            "ranked": [rows[code] for code in order if code in rows],
            "others": [row for code, row in rows.items() if code not in order],
            "policy": Policy(PolicyKind(self.round.policy)).sentence,
            "result": outcome(self.round.pk, actor=self.actor)
            if self.round.state == "published"
            else None,
            **self._place(),
            "back_url": reverse("applicant:study", args=[self.consortium.slug]),
        }

    def _is_open(self) -> bool:
        is_time = self.round.opens_at <= self.at < self.round.closes_at
        return self.round.state == "open" and is_time

    def _rows(self) -> dict[str, dict[str, Any]]:
        """By offering code, in the programme's order. Two queries."""
        seats = RoundSeats.objects.for_actor(self.actor, "view").filter(round=self.round)
        room = {each.offering_id: each for each in seats}
        offerings = Offering.objects.for_actor(self.actor, "view").for_listing()
        return {
            each.code: {
                "code": each.code,
                "title": each.title or each.host.institution.name,
                "station": station_of(each.host),
                "note": ", ".join(
                    part
                    for part in (
                        each.host.institution.city,
                        each.specialisation,
                        _seats(room[each.pk]),
                    )
                    if part
                ),
            }
            for each in offerings.filter(pk__in=list(room))
        }

    def _place(self) -> dict[str, Any]:
        rows = Placement.objects.for_actor(self.actor, "view").filter(
            round_id=self.round.pk, enrolment=self.enrolment
        )
        found: Placement | None = rows.select_related("host__institution").first()
        return {"place": found, "place_station": station_of(found.host) if found else None}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        move = request.POST.get("move", "")
        with acting(self.actor):
            offered = self._rows().keys()
        order = moved(request.POST.getlist("order"), move, offered=offered)
        try:
            save_preferences(
                self.round.pk,
                actor=self.actor,
                at=self.at,
                enrolment_id=self.enrolment.pk,  # type: ignore[union-attr]  # admit saw to it
                offerings=order,
            )
        except DomainError as refusal:
            with acting(self.actor):
                shown = {**self.context(), "refusal": refusal}
                return self.page(shown, status=STATUS[refusal.code])
        if not move:
            messages.success(request, _("Your order of hosts is saved."))
        return HttpResponseRedirect(request.get_full_path() + ("#order" if move else ""))


def _seats(room: RoundSeats) -> str:
    told = ngettext("%(n)d seat", "%(n)d seats", room.most) % {"n": room.most}
    if not room.least:
        return told
    return told + ", " + _("opens with %(least)d") % {"least": room.least}

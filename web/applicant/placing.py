"""A round: rank the hosts of a semester, see the seats, the procedure and what silence means."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.errors import DomainError, NotFound
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.allocation.problem import wishes_of
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.round_wishes import LONGEST_REASON, Wishes
from mobility_tracks.domain.round_words import SILENCE, properties_of
from mobility_tracks.models import AllocationRound, Enrolment, Placement, Preference, RoundSeats
from web.applicant.base import OwnPage
from web.applicant.host_cards import cards_of
from web.applicant.posted_wishes import Posted
from web.errors import STATUS
from web.pictures.adapters import station_of


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
            saved = Preference.objects.for_actor(self.actor, "view").filter(
                round=self.round, enrolment=self.enrolment
            )
            self.saved = wishes_of(saved).get(self.enrolment.pk, Wishes())

    def context(self) -> dict[str, Any]:
        return self.shown(Posted.of(self.saved))

    def shown(self, posted: Posted, refusal: DomainError | None = None) -> dict[str, Any]:
        """The page with the wishes of `posted`; runs inside the actor's context."""
        assert self.enrolment is not None  # admit saw to it
        seats = RoundSeats.objects.for_actor(self.actor, "view").filter(round=self.round)
        own = own_ground(self.round, self.enrolment)
        by_id = {row.offering_id: row for row in seats}
        room = {code: by_id[offering.pk] for code, offering in own.offerings.items()}
        return {
            "page_title": self.round.title,
            "round": self.round,
            "is_open": self._is_open(),
            "is_before": self.round.state == "open" and self.at < self.round.opens_at,
            "refusal": refusal,
            "longest": LONGEST_REASON,
            "silence": SILENCE,
            "properties": list(properties_of(self.round)),
            **cards_of(own, room, posted, refusal.fields if refusal else {}),
            **self._place(),
            "back_url": reverse("applicant:study", args=[self.consortium.slug]),
        }

    def _is_open(self) -> bool:
        is_time = self.round.opens_at <= self.at < self.round.closes_at
        return self.round.state == "open" and is_time

    def _place(self) -> dict[str, Any]:
        rows = Placement.objects.for_actor(self.actor, "view").filter(
            round_id=self.round.pk, enrolment=self.enrolment
        )
        found: Placement | None = rows.select_related("host__institution").first()
        return {"place": found, "place_station": station_of(found.host) if found else None}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        move = request.POST.get("move", "")
        posted = Posted.read(request.POST)
        with acting(self.actor):
            seats = RoundSeats.objects.for_actor(self.actor, "view").filter(round=self.round)
            offered = set(seats.values_list("offering__code", flat=True))
        wanted = posted.after(move, offered=offered)
        try:
            save_preferences(
                self.round.pk,
                actor=self.actor,
                at=self.at,
                enrolment_id=self.enrolment.pk,  # type: ignore[union-attr]  # admit saw to it
                ranks=wanted.classes,
                impossible=wanted.reasons,
            )
        except DomainError as refusal:
            with acting(self.actor):
                return self.page(self.shown(posted, refusal), status=STATUS[refusal.code])
        if not move:
            messages.success(request, _("Your order of hosts is saved."))
        return HttpResponseRedirect(request.get_full_path() + ("#order" if move else ""))

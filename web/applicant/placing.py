"""A round: rank hosts or whole tracks, see the seats, the procedure and what silence means."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.errors import DomainError, NotFound
from mobility_tracks.domain.allocation.choices import on_offer
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.allocation.problem import wishes_of
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.round_wishes import LONGEST_REASON, Wishes
from mobility_tracks.domain.round_words import properties_of, silence_of
from mobility_tracks.domain.stays import GONE
from mobility_tracks.models import AllocationRound, Enrolment, Placement, Preference, Track
from web.applicant.base import OwnPage
from web.applicant.host_cards import cards_of
from web.applicant.posted_wishes import Posted
from web.choices import shown_of
from web.errors import STATUS
from web.pictures.adapters import station_of
from web.stations import Station
from web.track_words import notes_of


class RoundPage(OwnPage):
    """Every button saves: an order that is only on the screen would be lost on an old phone."""

    template_name = "applicant/round.html"
    stop = "study"

    def admit(self) -> None:
        super().admit()
        with acting(self.actor):
            # By the student first: a round of others costs what one that is not there costs.
            rows = Enrolment.objects.for_actor(self.actor, "view").select_related("intake", "track")
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
        own, version = own_ground(self.round, self.enrolment), self.enrolment.intake.version_id
        choices = own.offered.choices
        tracks = [choice.track for choice in choices.values() if choice.track]
        notes = notes_of(version, tracks, actor=self.actor) if tracks else {}
        shown = shown_of(choices, version, actor=self.actor)
        return {
            "page_title": self.round.title,
            "round": self.round,
            "track": self._track(),
            "is_open": self._is_open() and self._track() is None,
            "is_before": self.round.state == "open" and self.at < self.round.opens_at,
            "refusal": refusal,
            "longest": LONGEST_REASON,
            "silence": silence_of(self.round),
            "properties": list(properties_of(self.round)),
            "together": own.together,
            **cards_of(own, shown, notes, posted, refusal.fields if refusal else {}),
            "places": self._places(),
            "back_url": reverse("applicant:study", args=[self.consortium.slug]),
        }

    def _track(self) -> Track | None:
        """In a round for tracks, the one that the student has already, by this round or before it."""
        assert self.enrolment is not None  # admit saw to it
        return self.enrolment.track if self.round.is_of_tracks else None

    def _is_open(self) -> bool:
        is_time = self.round.opens_at <= self.at < self.round.closes_at
        return self.round.state == "open" and is_time

    def _places(self) -> list[tuple[Placement, Station]]:
        """The stays that the round gave, once announced."""
        rows = Placement.objects.for_actor(self.actor, "view").filter(
            round_id=self.round.pk, enrolment=self.enrolment
        )
        stays = rows.exclude(state__in=GONE).select_related("period", "host__institution")
        return [(row, station_of(row.host)) for row in stays.order_by("period__position")]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        move = request.POST.get("move", "")
        posted = Posted.read(request.POST)
        with acting(self.actor):
            offered = set(on_offer(self.round).choices)
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
            messages.success(request, _("Your order is saved."))
        return HttpResponseRedirect(request.get_full_path() + ("#order" if move else ""))

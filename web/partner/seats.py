"""A partner's seats: what it offers in each intake, what it confirmed, and how many come."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortium.access import acting
from consortium.actor import Wall
from mobility_tracks.domain.round_sizes import Sizes, sizes_told
from mobility_tracks.domain.seats import LONGEST_NOTE, Standing, confirm_seats, standings
from mobility_tracks.models import AllocationRound, Intake, Offering, Placement, RoundSeats
from web.base import FormPage
from web.partner.desk import SEATS, Desk

CONFIRM = "confirm_seats"
Counts = dict[tuple[object, object], dict[str, int]]


class SeatsForm(forms.Form):
    """How many students one takes."""

    least = forms.IntegerField(
        label=gettext_lazy("Least to open"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    most = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("The consortium office reads it."),
    )


class Seats(Desk):
    """What is offered here in each intake, and how many come. A fixed number of queries.

    Who holds single offerings or tracks sees those, not the others of the partner.
    """

    party_right = SEATS
    stop = "seats"
    template_name = "partner/seats.html"

    def home(self) -> str:
        return self.url("seats")

    def context(self) -> dict[str, Any]:
        coming = self.coming()
        offered = self.offerings({offering for _intake, offering in coming})
        intakes = list(Intake.objects.for_actor(self.actor, "view").order_by("-year"))
        promised = self.promised(offered)
        found = standings(offered, intakes, actor=self.actor, at=self.at)
        why = sizes_told(offered, actor=self.actor)
        lines = [self.line(each, coming, promised, why) for each in found]
        begun = {intake.version_id for intake in intakes}
        return {
            "page_title": _("Seats"),
            "awaited": sum(each["standing"].is_awaited for each in lines if each["form"]),
            "intakes": [
                {"intake": intake, "lines": mine}
                for intake in intakes
                if (mine := [each for each in lines if each["standing"].intake == intake])
            ],
            "without_intake": [each for each in offered if each.period.version_id not in begun],
        }

    def line(
        self,
        standing: Standing,
        coming: Counts,
        promised: dict[tuple[object, object], int],
        why: Sizes,
    ) -> dict[str, Any]:
        """Why so many come is for who sees that they come."""
        key = (standing.intake.pk, standing.offering.pk)
        return {
            "standing": standing,
            "form": self.empty(standing) if self.may_confirm(standing) else None,
            "in_round": promised.get(key),
            "why": why.get(key, "") if key in coming else "",
            **coming.get(key, {"students": 0, "arrived": 0}),
        }

    def may_confirm(self, standing: Standing) -> bool:
        if standing.is_over:
            return False
        offering = standing.offering
        whole = offering.host_id in self.actor.parties_with(CONFIRM)
        return whole or offering.pk in self.actor.containers_with(CONFIRM)

    def empty(self, standing: Standing) -> SeatsForm:
        """With the numbers that count now; the ids of a page's many forms are apart."""
        initial = {"least": standing.least, "most": standing.most}
        return SeatsForm(initial=initial, auto_id=ids(standing.intake.pk, standing.offering.pk))

    def coming(self) -> Counts:
        """Students and how many of them are here, by intake and offering."""
        found: Counts = {}
        for row in Placement.objects.for_actor(self.actor, "view").by_period():
            key = (row["enrolment__intake_id"], row["offering_id"])
            count = found.setdefault(key, {"students": 0, "arrived": 0})
            count["students"] += row["students"]
            count["arrived"] += row["arrived"]
        return found

    def offerings(self, given: Iterable[object]) -> list[Offering]:
        rows = Offering.objects.for_actor(self.actor, "view").for_listing()
        rows = rows.filter(host__in=self.mine).select_related("period__version")
        if self.actor.wall is Wall.DELEGATE:
            rows = rows.filter(pk__in=[*self.actor.container_rights, *given])
        return list(rows.order_by("-period__version__from_year", "period__position", "position"))

    def promised(self, mine: list[Offering]) -> dict[tuple[object, object], int]:
        """Seats of the latest round, by intake and offering; rounds are read without their plans."""
        rounds = AllocationRound.objects.for_actor(self.actor, "view")
        intakes = dict(rounds.order_by("closes_at").values_list("pk", "intake_id"))
        seats = RoundSeats.objects.for_actor(self.actor, "view").filter(offering__in=mine)
        rows = {(row.round_id, row.offering_id): row.most for row in seats}
        return {
            (intake, offering.pk): rows[pk, offering.pk]
            for pk, intake in intakes.items()
            for offering in mine
            if (pk, offering.pk) in rows
        }


class ConfirmSeats(FormPage, Seats):
    """The form of one line; a refusal is told on the page, with what was typed."""

    party_right = CONFIRM
    success = gettext_lazy("Confirmed. The office sees it.")

    @property
    def key(self) -> tuple[Any, Any]:
        return self.kwargs["intake"], self.kwargs["offering"]

    def reach(self) -> None:
        with acting(self.actor):
            intake, offering = self.key
            Intake.objects.all().reach(self.actor, "view", pk=intake)
            Offering.objects.all().reach(self.actor, CONFIRM, pk=offering)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Somebody reloads the answer to a refused form: back to the list."""
        self.reach()
        return HttpResponseRedirect(self.home())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.reach()
        return super().post(request, **kwargs)

    def form(self, *data: Any) -> forms.Form:
        posted = {"data": data[0]} if data else {}
        return SeatsForm(**posted, auto_id=ids(*self.key))

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """With the form that was sent in its line."""
        for group in context["intakes"]:
            for line in group["lines"]:
                standing = line["standing"]
                if (standing.intake.pk, standing.offering.pk) == self.key:
                    line["form"] = context["form"]
        return super().page(context, status=status)

    def act(self, form: forms.Form) -> str:
        intake, offering = self.key
        typed = form.cleaned_data
        confirm_seats(offering, actor=self.actor, at=self.at, intake_id=intake, **typed)
        return self.home()


def ids(intake: object, offering: object) -> str:
    return f"id-{intake}-{offering}-%s"

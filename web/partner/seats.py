"""A partner's seats: what it offers in each period, and how many come."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from consortium.actor import Wall
from mobility_tracks.models import AllocationRound, Intake, Offering, Placement, RoundSeats
from web.partner.desk import SEATS, Desk


class Seats(Desk):
    """What is offered here per period, and per intake how many come. Six queries.

    Who holds single offerings or tracks sees those, not the others of the partner.
    """

    party_right = SEATS
    stop = "seats"
    template_name = "partner/seats.html"

    def context(self) -> dict[str, Any]:
        given = self.given()
        mine = self.offerings(given)
        promised = self.promised(mine)
        names: dict[object, str] = dict(
            Intake.objects.for_actor(self.actor, "view").values_list("pk", "name")
        )
        lines: list[dict[str, Any]] = [
            {
                "offering": each,
                "intakes": [
                    {"name": names.get(pk, ""), **count, "seats": promised.get((pk, each.pk))}
                    for pk, count in given.get(each.pk, {}).items()
                ],
            }
            for each in mine
        ]
        return {
            "page_title": _("Seats"),
            "versions": [
                {"version": version, "lines": list(rows)}
                for version, rows in groupby(lines, lambda line: line["offering"].period.version)
            ],
        }

    def given(self) -> dict[object, dict[object, dict[str, int]]]:
        """Students and how many of them are here, by offering and intake."""
        found: dict[object, dict[object, dict[str, int]]] = {}
        for row in Placement.objects.for_actor(self.actor, "view").by_period():
            by_intake = found.setdefault(row["offering_id"], {})
            count = by_intake.setdefault(row["enrolment__intake_id"], {"students": 0, "arrived": 0})
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

"""An intake: who goes where, hosts with their seats, what hosts confirmed, the tracks as lines."""

from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.domain.flows import TrackMap, flows, possible_flows
from mobility_tracks.domain.seats import Standing, standings
from mobility_tracks.models import Intake, Offering
from web.lines import lines_of
from web.office.board import shown
from web.office.desk import Desk
from web.pictures.adapters import gathered, track_map_of
from web.pictures.frame import Picture
from web.pictures.track_map import track_map


class Tracks(Desk):
    """`?intake=` or the newest. A fixed number of queries."""

    stop = "tracks"
    template_name = "office/tracks.html"

    def context(self) -> dict[str, Any]:
        rows = Intake.objects.for_actor(self.actor, "view").select_related("version")
        intakes = list(rows.order_by("-year")[:30])
        asked = self.request.GET.get("intake", "")
        intake = next((each for each in intakes if str(each.pk) == asked), None)
        intake = intake or (intakes[0] if intakes else None)
        return {
            "page_title": _("Tracks"),
            "intakes": [
                {"label": each.name, "url": f"?intake={each.pk}", "current": each == intake}
                for each in intakes
            ],
            "intake": intake,
            **(self.of(intake) if intake else {}),
        }

    def of(self, intake: Intake) -> dict[str, Any]:
        told = flows(intake, actor=self.actor)
        found = [each for each in self.standings(intake) if each.is_asked or each.history]
        awaited = [each for each in found if each.is_awaited]
        return {
            "intake_key": str(intake.pk),
            "track_map": self.drawn(intake, told),
            # Who may not read where students are would read zeros.
            **shown(told, counted=self.actor.may("view_dossiers")),
            "standings": found,
            "awaited": len(awaited),
            "awaited_hosts": sorted({each.offering.host.code for each in awaited}),
            "lines": lines_of(intake.version_id, actor=self.actor),
        }

    def standings(self, intake: Intake) -> list[Standing]:
        rows = Offering.objects.for_actor(self.actor, "view").for_listing()
        offered = rows.filter(period__version=intake.version_id)
        return standings(offered, [intake], actor=self.actor, at=self.at)

    def drawn(self, intake: Intake, told: TrackMap) -> Picture | None:
        """Who goes where; while nobody is placed, the ways one can take."""
        shown = told if told.flows else possible_flows(intake.version, actor=self.actor)
        found = track_map_of(gathered(shown))
        return track_map(found) if found else None

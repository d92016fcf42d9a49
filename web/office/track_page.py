"""The track map of an intake, with its table beneath and the tracks of its version as lines."""

from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.domain.flows import TrackMap, flows, possible_flows
from mobility_tracks.models import Intake
from web.lines import lines_of
from web.office.desk import Desk
from web.pictures.adapters import gathered, track_map_of
from web.pictures.frame import Picture
from web.pictures.track_map import track_map


class Tracks(Desk):
    """`?intake=` or the newest."""

    stop = "tracks"
    template_name = "office/tracks.html"

    def context(self) -> dict[str, Any]:
        rows = Intake.objects.for_actor(self.actor, "view").select_related("version")
        intakes = list(rows.order_by("-year")[:30])
        asked = self.request.GET.get("intake", "")
        intake = next((each for each in intakes if str(each.pk) == asked), None)
        intake = intake or (intakes[0] if intakes else None)
        told = flows(intake, actor=self.actor) if intake else None
        return {
            "page_title": _("Tracks"),
            "intakes": [
                {"label": each.name, "url": f"?intake={each.pk}", "current": each == intake}
                for each in intakes
            ],
            "intake": intake,
            "flows": told,
            "track_map": self.drawn(intake, told) if intake and told else None,
            "lines": lines_of(intake.version_id, actor=self.actor) if intake else [],
        }

    def drawn(self, intake: Intake, told: TrackMap) -> Picture | None:
        """Who goes where; while nobody is placed, the ways one can take."""
        shown = told if told.flows else possible_flows(intake.version, actor=self.actor)
        found = track_map_of(gathered(shown))
        return track_map(found) if found else None

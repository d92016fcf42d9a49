"""My studies: the semesters as a line, with host, days and the reason for each."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.models import Dossier
from mobility_tracks.domain.flows import PathStop, study_path
from mobility_tracks.models import AllocationRound, Enrolment
from web.applicant.base import OwnPage
from web.pictures.adapters import dates_of, station_at, strip_of
from web.pictures.path_strip import path_strip

_ROUNDS = 20


class Study(OwnPage):
    """Mostly one enrolment; whoever came back for another intake sees both."""

    template_name = "applicant/study.html"
    stop = "study"

    def context(self) -> dict[str, Any]:
        rows = Enrolment.objects.for_actor(self.actor, "view").select_related(
            "intake__version", "track"
        )
        mine = list(rows.order_by("-enrolled_at"))
        self.owed = self._passports_owed()
        return {
            "page_title": _("My studies"),
            "studies": [self._study(place, each) for place, each in enumerate(mine)],
            "apply_url": reverse("applicant:dashboard", args=[self.consortium.slug]),
        }

    def _study(self, place: int, enrolment: Enrolment) -> dict[str, Any]:
        path = study_path(enrolment, actor=self.actor)
        stops = strip_of(path)
        title = _("Where your semesters take you")
        return {
            "enrolment": enrolment,
            "state": enrolment.state.replace("_", " "),
            "strip": path_strip(stops, key=f"path-{place}", title=title) if stops else None,
            "stops": [_stop(each) for each in path],
            "rounds": self._rounds(enrolment),
            "passport_url": self.owed.get(enrolment.reference, ""),
        }

    def _passports_owed(self) -> dict[str, str]:
        """By the number of the dossier that led here: where to give what is not given yet."""
        rows = Dossier.objects.for_actor(self.actor, "identify").filter(passports__isnull=True)
        at = self.consortium.slug
        return {
            number: reverse("applicant:passport", args=[at, number])
            for number in rows.values_list("reference", flat=True)
        }

    def _rounds(self, enrolment: Enrolment) -> list[dict[str, Any]]:
        rows = AllocationRound.objects.for_actor(self.actor, "view").for_listing()
        found = rows.filter(intake=enrolment.intake_id)[:_ROUNDS]
        return [
            {
                "round": each,
                "url": reverse("applicant:round", args=[self.consortium.slug, each.pk]),
                "open": each.state == "open" and each.opens_at <= self.at < each.closes_at,
            }
            for each in found
        ]


def _stop(stop: PathStop) -> dict[str, Any]:
    return {
        "told": stop,
        "station": station_at(stop.stop) if stop.stop else None,
        "city": stop.stop.city if stop.stop else "",
        "choices": [station_at(each) for each in stop.choices],
        "dates": dates_of(stop),
    }

"""A programme's own page: what it is, where its lines lead, when, what it costs, how to apply."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from admissions.models import Call
from consortium.errors import NotFound
from mobility_tracks.domain.flows import possible_flows
from mobility_tracks.models import Offering, Period, ProgrammeVersion
from partners.models import Partnership
from web.lines import lines_of
from web.pictures import Picture
from web.pictures.adapters import gathered, hosts_by_period, station_of, stop_of, track_map_of
from web.pictures.track_map import track_map
from web.public import told
from web.public.base import VisitorPage

_STUDY = {Period.Kind.SEMESTER, Period.Kind.TERM, Period.Kind.THESIS}
_CALLS = 6


class Programme(VisitorPage):
    template_name = "public/programme.html"
    stop = "programme"

    def context(self) -> dict[str, Any]:
        self.version = self._version()
        words = told.words(self.version, self.consortium, get_language() or "en")
        calls = list(Call.objects.for_actor(self.actor, "view").for_listing()[:_CALLS])
        newest = calls[0] if calls else None
        self.year = newest.intake.year if newest else None
        offerings = list(
            Offering.objects.for_actor(self.actor, "view")
            .for_listing()
            .filter(period__version=self.version)
        )
        return {
            "page_title": self.version.title,
            "words": words,
            "version": self.version,
            "calls": [self._call(call) for call in calls],
            "figures": told.figures(self.version, places=newest.places if newest else None),
            "costs": told.costs(self.version),
            "website": told.facts(self.version).get("website", ""),
            "tracks": lines_of(self.version.pk, actor=self.actor, offerings=offerings),
            "rules": [rule for rule in self.version.rules if rule["scope"] == "version"],
            "groups": self._partners(),
            "track_map": self._map(),
            **self._periods(offerings),
        }

    def _version(self) -> ProgrammeVersion:
        current = ProgrammeVersion.objects.for_actor(self.actor, "view").current().first()
        if current is None:
            raise NotFound
        return current

    def _map(self) -> Picture | None:
        given = track_map_of(gathered(possible_flows(self.version, actor=self.actor)))
        return track_map(given, title=_("Which ways lead through it")) if given else None

    def _periods(self, offerings: list[Offering]) -> dict[str, Any]:
        """`periods` in detail, and `line`: the big one, of the parts that carry the study."""
        hosts = hosts_by_period(offerings)
        rows = Period.objects.for_actor(self.actor, "view").filter(version=self.version)
        study = [p for p in rows if p.kind in _STUDY and p.parent_id is None and p.ects]
        detailed = [
            {
                "period": period,
                "when": told.when(period, self.year),
                "stop": stop_of(period, hosts.get(period.pk, [])),
                "hosts": [station_of(host) for host in hosts.get(period.pk, [])],
            }
            for period in study
        ]
        line = [stop_of(p, hosts[p.pk], when=told.when(p, None)) for p in study if p.pk in hosts]
        return {"periods": detailed, "line": line}

    def _call(self, call: Call) -> dict[str, Any]:
        slug = self.consortium.slug
        is_open = call.is_taking_dossiers(self.at)
        return {
            "call": call,
            "open": is_open,
            "before": self.at < call.opens_at,
            "url": reverse("public:call", args=[slug, call.slug]),
            "places": ngettext("%(n)d place", "%(n)d places", call.places) % {"n": call.places},
        }

    def _partners(self) -> list[dict[str, Any]]:
        """By what they are here; associates say whose teaching they take part in."""
        rows = list(Partnership.objects.for_actor(self.actor, "view").for_listing())
        names = {row.pk: row.code for row in rows}
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(row.kind, []).append(
                {"row": row, "station": station_of(row), "with": names.get(row.attached_to_id, "")}
            )
        titles = {
            Partnership.Kind.COORDINATOR: _("Coordinates"),
            Partnership.Kind.FULL: _("Teach and award the degree"),
            Partnership.Kind.ASSOCIATED: _("Host research and theses"),
        }
        return [
            {"title": title, "hosts": groups[kind]}
            for kind, title in titles.items()
            if kind in groups
        ]

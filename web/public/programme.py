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
from web.pictures.adapters import gathered, names_nobody, station_of, stop_of, track_map_of
from web.pictures.track_map import track_map
from web.public import outcomes, rules, told
from web.public.base import VisitorPage
from web.public.partners import groups_of
from web.public.periods import Part, hosts_of, parts_of
from web.public.ways import ways_of
from web.stations import LineStop

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
        periods = list(Period.objects.for_actor(self.actor, "view").filter(version=self.version))
        titles = {period.code: period.title for period in periods}
        parts = parts_of(self.version, periods, offerings, year=self.year)
        lines = lines_of(self.version.pk, actor=self.actor, offerings=offerings)
        partners = list(Partnership.objects.for_actor(self.actor, "view").for_listing())
        stations = {row.code: station_of(row) for row in partners}
        return {
            "page_title": self.version.title,
            "words": words,
            "version": self.version,
            "calls": [self._call(call) for call in calls],
            "figures": told.figures(self.version, places=newest.places if newest else None),
            "brief": told.brief(self.version),
            "costs": told.costs(self.version),
            "website": told.facts(self.version).get("website", ""),
            "line": self._line(parts, offerings),
            "periods": parts,
            "ways": ways_of(self.version, lines, titles),
            "branches": outcomes.branches_of(self.version, offerings, titles),
            "degrees": outcomes.degrees_of(self.version, offerings, stations),
            "rules": rules.of_version(
                self.version, offerings, {line.track.code: line.track.title for line in lines}
            ),
            "groups": groups_of(partners, offerings),
            "track_map": self._map(),
        }

    def _version(self) -> ProgrammeVersion:
        current = ProgrammeVersion.objects.for_actor(self.actor, "view").current().first()
        if current is None:
            raise NotFound
        return current

    def _map(self) -> Picture | None:
        """None where no host could be named: every period has too many to draw."""
        ways = gathered(possible_flows(self.version, actor=self.actor))
        given = None if names_nobody(ways) else track_map_of(ways)
        return track_map(given, title=_("Which ways lead through it")) if given else None

    def _line(self, parts: list[Part], offerings: list[Offering]) -> list[LineStop]:
        """The big line, of the parts that carry the study."""
        study = [(part, hosts_of(part, offerings)) for part in parts if part.is_study]
        return [
            stop_of(part.period, hosts, when=told.when(part.period, None))
            for part, hosts in study
            if hosts
        ]

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

"""The periods of a version with their parts, and what each host offers in them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.models import Offering, Period, ProgrammeVersion
from web import phrases
from web.pictures.adapters import hosts_by_period, station_of
from web.public import told
from web.public.rules import Told, of_offering
from web.stations import Station

_STUDY = {Period.Kind.SEMESTER, Period.Kind.TERM, Period.Kind.THESIS}
FEW = 5  # more hosts than this stand as signs, and what each says is folded away


@dataclass(slots=True)
class Offered:
    """What one host gives in a period. Without a `station` somebody outside is host: `sentence`."""

    station: Station | None
    sentence: str
    says: list[str]
    rules: list[Told]

    @property
    def is_plain(self) -> bool:
        return bool(self.station and not self.says and not self.rules)


@dataclass(slots=True)
class Part:
    """A period: `says` holds for the whole of it, `offered` host by host, `parts` lie inside it."""

    period: Period
    when: str
    says: list[str]
    offered: list[Offered]
    parts: list["Part"] = field(default_factory=list)

    @property
    def is_study(self) -> bool:
        """Carries the study: a semester, term or thesis with credits."""
        return self.period.kind in _STUDY and bool(self.period.ects)

    @property
    def credits(self) -> str:
        return phrases.credits_of(self.period.ects) if self.period.ects else ""

    @property
    def hosts(self) -> list[Station]:
        found = {each.station: None for each in self.offered if each.station}
        return list(found)

    @property
    def is_crowded(self) -> bool:
        return len(self.hosts) > FEW

    @property
    def told(self) -> list[Offered]:
        """The offerings of a crowd that say more than who the host is."""
        return [each for each in self.offered if each.station and not each.is_plain]

    @property
    def outside(self) -> list[Offered]:
        return [each for each in self.offered if not each.station]


def parts_of(
    version: ProgrammeVersion,
    periods: Iterable[Period],
    offerings: Sequence[Offering],
    *,
    year: int | None,
) -> list[Part]:
    """Periods in the order of study, each with those inside it. `offerings` need their host."""
    rows = list(periods)
    teller = _Teller(version, {row.code: row.title for row in rows}, offerings)
    by_key = {
        row.pk: Part(row, told.when(row, year), teller.of_period(row), teller.offered(row))
        for row in rows
    }
    for row in rows:
        if row.parent_id in by_key:
            by_key[row.parent_id].parts.append(by_key[row.pk])
    return [part for part in by_key.values() if part.period.parent_id not in by_key]


def hosts_of(part: Part, offerings: Iterable[Offering]) -> list[Any]:
    """Partnerships that host a period, or the parts it is split into."""
    hosts = hosts_by_period(offerings)
    own = hosts.get(part.period.pk)
    inside = [host for each in part.parts for host in hosts.get(each.period.pk, [])]
    return own or list({host.pk: host for host in inside}.values())


class _Teller:
    def __init__(
        self, version: ProgrammeVersion, titles: Mapping[str, str], offerings: Sequence[Offering]
    ) -> None:
        self.version, self.titles = version, titles
        self.facts = told.facts(version)
        self.by_period: dict[object, list[Offering]] = {}
        for offering in offerings:
            self.by_period.setdefault(offering.period_id, []).append(offering)

    def of_period(self, row: Period) -> list[str]:
        over = self.facts.get("overlaps", {}).get(row.code, [])
        choice = self.facts.get("choices", {}).get(row.code)
        is_optional = row.code in self.facts.get("optional", [])
        said = [
            _("Optional, outside the total.") if is_optional else "",
            _("On days of %(periods)s too.") % {"periods": self._titles(over)} if over else "",
            phrases.choice(choice, self.titles) if choice else "",
        ]
        return [each for each in said if each]

    def _titles(self, keys: Iterable[str]) -> str:
        return phrases.listed(self.titles.get(key, key) for key in keys)

    def offered(self, row: Period) -> list[Offered]:
        outside = [each for each in self.facts.get("outside", []) if each["period"] == row.code]
        without = [] if "outside" in self.facts else list(filter(None, [row.note]))
        return [
            *map(self._hosted, self.by_period.get(row.pk, [])),
            *map(self._elsewhere, outside),
            *(Offered(None, sentence, [], []) for sentence in without),
        ]

    def _hosted(self, row: Offering) -> Offered:
        beside = self.facts.get("offerings", {}).get(row.code, {})
        said = self._says(
            {
                "specialisation": row.specialisation,
                "language": row.language,
                "ects": row.ects if row.ects != row.period.ects else None,
                "min_seats": row.min_seats,
                "max_seats": row.max_seats,
                **beside,
            }
        )
        rules = of_offering(self.version, row.code)
        return Offered(station_of(row.host), "", said, rules)

    def _elsewhere(self, each: Mapping[str, Any]) -> Offered:
        return Offered(
            None, each["sentence"], self._says(each), of_offering(self.version, each["key"])
        )

    def _says(self, offering: Mapping[str, Any]) -> list[str]:
        language = offering["language"]
        intakes = offering.get("intakes", [])
        said = [
            _("Specialisation: %(name)s.") % {"name": offering["specialisation"]}
            if offering["specialisation"]
            else "",
            _("Taught in %(language)s.") % {"language": phrases.language_name(language)}
            if language != self.version.language
            else "",
            f"{phrases.credits_of(offering['ects'])}." if offering["ects"] else "",
            phrases.seats(offering["min_seats"], offering["max_seats"]),
            *(phrases.shared(each) for each in offering.get("shared_with", [])),
            _("Only for: %(intakes)s.") % {"intakes": ", ".join(intakes)} if intakes else "",
        ]
        return [each for each in said if each]

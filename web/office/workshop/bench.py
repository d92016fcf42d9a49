"""The draft on the page: its parts in columns and lists, read from its plain form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility_tracks.checking.people import country_name
from mobility_tracks.domain.workshop import Bench
from partners.models import Partnership
from web.office.workshop.forms import Choices
from web.office.workshop.words import told
from web.pictures.adapters import station_of
from web.stations import LineStop, Station

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in a list: where it is, its name, what is said of it, where it leads."""

    where: str
    name: str
    facts: tuple[str, ...] = ()
    station: Station | None = None
    stops: tuple[LineStop, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A period with what is offered in it, and the periods within it."""

    row: Row
    offerings: tuple[Row, ...]
    inner: tuple["Column", ...] = field(default=())


class Shown:
    """A bench as the templates take it. `partners`: by organisation key, with institution."""

    def __init__(self, bench: Bench, partners: Mapping[str, Partnership]) -> None:
        self.bench, self.body, self.partners = bench, bench.body, partners

    def columns(self) -> tuple[Column, ...]:
        return tuple(self._columns(""))

    def _columns(self, parent: str) -> Iterator[Column]:
        for key, period in self.part("periods").items():
            if period.get("parent", "") == parent:
                yield Column(
                    Row(f"periods/{key}", period["name"], tuple(_of_period(period))),
                    tuple(self._offerings(key)),
                    tuple(self._columns(key)),
                )

    def _offerings(self, period: str) -> Iterator[Row]:
        for key, offering in self.part("offerings").items():
            if offering.get("period") == period:
                yield Row(
                    f"offerings/{key}",
                    self.place(offering),
                    tuple(self._of_offering(offering)),
                    self.station(offering),
                )

    def part(self, mapping: str) -> Plain:
        found: Plain = self.body.get(mapping, {})
        return found

    def station(self, offering: Plain) -> Station | None:
        host = self.partners.get(offering.get("host", ""))
        return station_of(host) if host else None

    def place(self, offering: Plain) -> str:
        host = self.partners.get(offering.get("host", ""))
        return host.institution.name if host else offering.get("outside", _("no host"))

    def _of_offering(self, offering: Plain) -> Iterator[str]:
        least, most = offering.get("min_seats"), offering.get("max_seats")
        if least is not None or most is not None:
            span = f"{least}–{most}" if least and most else str(most or least)
            yield ngettext("%(span)s seat", "%(span)s seats", most or least or 0) % {"span": span}
        if offering.get("specialisation"):
            yield self.part("specialisations").get(offering["specialisation"], {}).get("name", "")
        if offering.get("language", "en") != "en":
            yield offering["language"]
        if offering.get("ects") is not None:
            yield f"{offering['ects']} ECTS"
        for key, shared in offering.get("shared_with", {}).items():
            partner = self.partners.get(key)
            name = partner.code if partner else key
            yield f"{told(shared['part'])}: {name}"
        if offering.get("intakes"):
            yield _("only for %(intakes)s") % {"intakes": ", ".join(offering["intakes"])}
        for rules in (offering.get("opens_when", {}), offering.get("prerequisites", {})):
            yield from (rule["sentence"] for rule in rules.values())

    def tracks(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                f"tracks/{key}",
                track["name"],
                tuple(self._of_track(track)),
                stops=tuple(self._stops(track.get("steps", []))),
            )
            for key, track in self.part("tracks").items()
        )

    def _of_track(self, track: Plain) -> Iterator[str]:
        for key in track.get("follows", []):
            before = self.part("tracks").get(key, {}).get("name", key)
            yield _("continues %(track)s") % {"track": before}
        for key, role in track.get("roles", {}).items():
            yield _("%(role)s: one host for %(periods)s") % {
                "role": told(key),
                "periods": ", ".join(role["periods"]),
            }
        yield from _audience(track.get("only_for"))
        for key in track.get("exempt_from", []):
            rule = self.part("rules").get(key, {}).get("sentence", key)
            yield _("exempt from: %(rule)s") % {"rule": rule}
        if track.get("ects") is not None:
            yield f"{track['ects']} ECTS"

    def _stops(self, steps: Iterable[Iterable[str]]) -> Iterator[LineStop]:
        for step in steps:
            offered = [self.part("offerings").get(key, {}) for key in step]
            stations = {s.code: s for o in offered if (s := self.station(o))}
            few = tuple(stations.values())
            if len(few) > _CHOICE:
                words = _("one of %(n)d hosts") % {"n": len(few)}
                few = (Station(code="any", name=words, colour=5, shape="drop"),)
            if few:
                yield LineStop(
                    stations=few, title="", when="", state="" if len(few) == 1 else "open"
                )

    def ways_onward(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                f"transitions/{key}",
                self.offering_name(key),
                tuple(rule["sentence"] for rule in each.get("conditions", {}).values()),
                self.station(self.part("offerings").get(key, {})),
                tuple(self._stops([each.get("then", [])])),
            )
            for key, each in self.part("transitions").items()
        )

    def offering_name(self, key: str) -> str:
        offering = self.part("offerings").get(key, {})
        period = self.part("periods").get(offering.get("period", ""), {}).get("name", "")
        return f"{period}, {self.place(offering)}" if period else key

    def rules(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                f"rules/{key}",
                rule["sentence"],
                (
                    told(rule["kind"]),
                    *_audience(rule.get("only_for")),
                    *([rule["source"]] if rule.get("source") else []),
                    *([_("the board may override it")] if rule.get("board_may_override") else []),
                ),
            )
            for key, rule in self.part("rules").items()
        )

    def others(self, mapping: str) -> tuple[Row, ...]:
        """Degrees, specialisations and fees, by their names."""
        return tuple(
            Row(f"{mapping}/{key}", str(each.get("title") or each.get("name") or key), facts)
            for key, each in self.part(mapping).items()
            for facts in [tuple(self._of_other(mapping, each))]
        )

    def _of_other(self, mapping: str, each: Plain) -> Iterator[str]:
        if mapping == "degrees":
            yield told(each["kind"])
            yield ", ".join(
                self.partners[key].code if key in self.partners else key
                for key in each.get("awarded_by", [])
            )
        if mapping == "fees":
            yield f"{each['amount']} {each['currency']}, {told(each['per']).lower()}"

    def choices(self, intakes: Iterable[str]) -> Choices:
        """What entries may name, by mapping of the format."""
        periods = [(key, period["name"]) for key, period in self.part("periods").items()]
        offerings = [(key, self.offering_name(key)) for key in self.part("offerings")]
        found = {
            "periods": periods,
            "offerings": offerings,
            "organisations": [
                (key, f"{partner.code} {partner.institution.name}")
                for key, partner in self.partners.items()
            ],
            "tracks": [(key, each["name"]) for key, each in self.part("tracks").items()],
            "specialisations": [
                (key, each["name"]) for key, each in self.part("specialisations").items()
            ],
            "intakes": [(key, key) for key in intakes],
            "versions": [],
            "rules": [(key, each["sentence"]) for key, each in self.part("rules").items()],
        }
        for key, offering in self.part("offerings").items():
            line = (key, self.place(offering))
            found.setdefault(f"offerings of {offering.get('period')}", []).append(line)
        return found


_CHOICE = 4


def _of_period(period: Plain) -> Iterator[str]:
    yield told(period["kind"])
    if period.get("ects"):
        yield f"{period['ects']} ECTS"
    yield _("%(first)s to %(last)s") % {"first": period["starts"], "last": period["ends"]}
    if period.get("optional"):
        yield _("outside the total")
    choice = period.get("choice")
    if choice:
        yield _("choice %(when)s, settled by %(how)s") % {
            "when": choice["asked_at"].replace("_", " "),
            "how": choice.get("settled_by", "preference"),
        }


def _audience(only_for: Plain | None) -> Iterator[str]:
    if only_for:
        words = [
            *only_for.get("funding", []),
            *only_for.get("categories", []),
            *map(country_name, only_for.get("residence", [])),
        ]
        yield _("only for %(whom)s") % {"whom": ", ".join(words)}

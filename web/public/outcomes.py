"""What a study ends with: degrees, who awards them, and specialisations with certificates. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.models import Offering, ProgrammeVersion
from web import phrases
from web.public import told
from web.stations import Station


@dataclass(frozen=True, slots=True)
class Awarded:
    """A degree: who awards it, and which ways lead to it."""

    title: str
    kind: str
    stations: tuple[Station, ...]
    leads: str
    source: str


def degrees_of(
    version: ProgrammeVersion, offerings: Sequence[Offering], stations: Mapping[str, Station]
) -> list[Awarded]:
    """`stations`: of every partner, by code."""
    names = _names(offerings)
    return [
        Awarded(
            title=each["title"],
            kind=_kind(each["kind"]),
            stations=tuple(stations[code] for code in each["awarded_by"] if code in stations),
            leads=_leads(version, each, names),
            source=each.get("source", ""),
        )
        for each in version.degrees
    ]


def _names(offerings: Iterable[Offering]) -> dict[str, str]:
    return {row.code: f"{row.period.title} ({row.host.code})" for row in offerings}


def _leads(version: ProgrammeVersion, degree: Mapping[str, Any], names: Mapping[str, str]) -> str:
    ways = told.facts(version).get("tracks", {}).values()
    parts = {part["key"]: part["name"] for way in ways for part in way["parts"]}
    tracks = [parts.get(key, key) for key in degree["tracks"]]
    through = [names.get(key, key) for key in degree["through"]]
    said = [
        _("On these lines: %(tracks)s.") % {"tracks": "; ".join(tracks)} if tracks else "",
        _("For those who pass %(offerings)s.") % {"offerings": phrases.listed(through, _("or"))}
        if through
        else "",
    ]
    return " ".join(filter(None, said)) or _("On every line.")


def _kind(word: str) -> str:
    return {
        "joint": _("Joint degree"),
        "double": _("Double degree"),
        "multiple": _("One of several degrees"),
    }.get(word) or _("Degree of one university")


def branches_of(
    version: ProgrammeVersion, offerings: Sequence[Offering], periods: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Specialisations (name, says): where each begins, who teaches it, whether it is certified."""
    names = _names(offerings)
    hosts: dict[str, list[str]] = {}
    for row in offerings:
        hosts.setdefault(row.specialisation, []).append(names[row.code])
    return [
        {"name": one["name"], "says": _branch(one, periods, hosts.get(one["name"], []))}
        for one in told.facts(version).get("specialisations", [])
    ]


def _branch(one: Mapping[str, Any], periods: Mapping[str, str], hosts: list[str]) -> list[str]:
    begins = one.get("begins")
    said = [
        _("Begins in %(period)s.") % {"period": periods.get(begins, begins)} if begins else "",
        _("Taught in %(offerings)s.") % {"offerings": phrases.listed(hosts)}
        if hosts
        else _("Not tied to a host."),
        _("Gives a certificate beside the degree.") if one.get("certificate") else "",
    ]
    return [each for each in said if each]

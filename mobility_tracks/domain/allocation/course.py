"""The course of a version: from the document kept beside its rows, or else from the rows alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import NotFound
from mobility_tracks.checking import Course, Host
from mobility_tracks.domain.allocation.judging import Judging
from mobility_tracks.domain.documents import course_of, kept_for, read_back
from mobility_tracks.domain.loading.words import as_json
from mobility_tracks.models import Intake, Offering, Period, ProgrammeVersion, TrackStep
from mobility_tracks.programme import Document
from mobility_tracks.programme.curriculum import Offering as ToldOffering
from mobility_tracks.programme.curriculum import Period as ToldPeriod
from mobility_tracks.programme.curriculum import Track, Version
from mobility_tracks.programme.decode import Decoder
from mobility_tracks.programme.parameters import Stated
from mobility_tracks.programme.plain import nodes_of
from mobility_tracks.programme.problems import Report
from mobility_tracks.programme.rules import Rule
from mobility_tracks.programme.shape import Record
from partners.models import Partnership

Told = Mapping[str, Any]


def judging_for(intake: Intake) -> Judging:
    """What judges the students of an intake: by its version, and what that offers this intake. One
    query more than `course_for`. Needs `version`."""
    return Judging(course_for(intake.version), intake=_key_of(intake))


def _key_of(intake: Intake) -> str | None:
    """In the file of its version; empty for one that the file does not have. None: there is no file,
    and nothing is known of what is for some intakes alone."""
    with acting(Actor.system(intake.consortium_id)):
        try:
            told = kept_for(intake.version).intakes
        except NotFound:
            return None
    return next((key for key, each in told.items() if each["first_year"] == intake.year), "")


def course_for(version: ProgrammeVersion) -> Course:
    """Read as the system, so that students and office are told the same. At most six queries.

    From rows, as for versions older than kept documents, it lacks what only the file says: shared
    credits, roles, exemptions and whom a track is for.
    """
    with acting(Actor.system(version.consortium_id)):
        try:
            found = read_back(version, kept_for(version))
        except NotFound:
            return _from_rows(version)
        if isinstance(found, Document):
            return course_of(found, version.code)
        return _from_rows(version)


def _from_rows(version: ProgrammeVersion) -> Course:
    rows = Partnership.objects.filter(consortium_id=version.consortium_id)
    hosts = {row.institution.key: _host(row) for row in rows.select_related("institution")}
    offerings = tuple(_offerings(version))
    return Course(
        Version(
            key=version.code,
            title=version.title,
            state="current",
            ects=Decimal(version.ects),
            months=24,
            languages=(version.language,),
            periods=tuple(_periods(version)),
            offerings=offerings,
            tracks=tuple(_tracks(version, offerings)),
            rules=tuple(_rule(told) for told in version.rules if not told["of"]),
        ),
        hosts,
    )


def _host(row: Partnership) -> Host:
    place = row.institution
    is_full = row.kind != Partnership.Kind.ASSOCIATED
    return Host(place.key, place.name, place.city, place.country, row.code, is_full)


def _periods(version: ProgrammeVersion) -> Iterator[ToldPeriod]:
    rows = Period.objects.filter(version=version).select_related("parent").order_by("position")
    for row in rows:
        told = {
            "key": row.code,
            "name": row.title,
            "kind": row.kind,
            "parent": row.parent.code if row.parent else "",
            "ects": as_json(row.ects),
            "starts": row.starts,
            "ends": row.ends,
        }
        yield Decoder(Report()).decode(Record(ToldPeriod), nodes_of(_held(told)), (row.code,))


def _offerings(version: ProgrammeVersion) -> Iterator[ToldOffering]:
    rows = Offering.objects.filter(period__version=version).for_listing()
    for row in rows:
        yield ToldOffering(
            key=row.code,
            period=row.period.code,
            host=row.host.institution.key,
            language=row.language,
            ects=None if row.ects is None else Decimal(row.ects),
            opens_when=_of(version.rules, row.code, ("opens_when",)),
            prerequisites=_of(version.rules, row.code, ("prerequisite", "transition")),
        )


def _tracks(version: ProgrammeVersion, offerings: Iterable[ToldOffering]) -> Iterator[Track]:
    """A step without an offering stands for any of the period."""
    rows = TrackStep.objects.filter(track__version=version).order_by(
        "track__position", "period__position", "offering__position"
    )
    steps: dict[str, dict[str, list[str]]] = {}
    for track, period, offering in rows.values_list(
        "track__code", "period__code", "offering__code"
    ):
        chosen = steps.setdefault(track, {}).setdefault(period, [])
        chosen.extend([offering] if offering else [o.key for o in offerings if o.period == period])
    for code, by_period in steps.items():
        yield Track(key=code, name=code, steps=tuple(tuple(keys) for keys in by_period.values()))


def _of(rules: Iterable[Told], offering: str, scopes: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(_rule(t) for t in rules if t["of"] == offering and t["scope"] in scopes)


def _rule(told: Told) -> Rule:
    """As its file said it. One that cannot be read any more is a sentence for people to check."""
    key = told["key"].removeprefix(f"{told['of']}.")
    given = {
        "key": key,
        "kind": told["kind"],
        "parameters": _held(told["parameters"]),
        "sentence": told["sentence"],
        "source": told["source"],
        "only_for": _held(told["only_for"] or {}),
        "board_may_override": told["board_may_override"],
    }
    report = Report()
    rule: Rule = Decoder(report).decode(Record(Rule), nodes_of(_held(given)), ("rules", key))
    return replace(rule, kind="stated", parameters=Stated()) if report.problems else rule


def _held(values: Told) -> dict[str, Any]:
    """Without what a file leaves out."""
    return {name: each for name, each in values.items() if each not in (None, "", [], {})}

"""An open call in both consortia of the world, built through acts.

    calls = open_call_world(world)      # by slug of the consortium; the fixture `calls` gives them
    calls["emat"].call_id, calls["emat"].tracks

The programme: S1 in WAW, S2 in AMI, S3 in LJU or AMI (the two tracks), S4 anywhere.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from admissions.domain.calls import (
    CallSpec,
    CriterionSpec,
    RequirementSpec,
    RouteSpec,
    RuleSpec,
    draft_call,
    open_call,
)
from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import (
    Intake,
    Offering,
    Period,
    ProgrammeVersion,
    Track,
    TrackStep,
)
from partners.models import Partnership
from tests.world import MARKERS, NOON, World

OPENS = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2027, 2, 28, 22, 59, tzinfo=UTC)
ZONE = "Europe/Paris"
HOSTS = {"s1": ["WAW"], "s2": ["AMI"], "s3": ["LJU", "AMI"], "s4": ["LAB", "LJU"]}
TRACKS = {"north": "s3-lju", "south": "s3-ami"}


@dataclass(frozen=True)
class OpenCall:
    """Handy ids of one consortium's open call. Codes are the same in both consortia."""

    slug: str
    consortium_id: int
    call_id: UUID
    version_id: UUID
    intake_id: UUID
    periods: dict[str, UUID]
    offerings: dict[str, UUID]
    tracks: dict[str, UUID]
    requirements: tuple[str, ...] = ("passport", "transcript", "photo", "medical")
    required: tuple[str, ...] = ("passport", "transcript")
    criteria: tuple[str, ...] = ("record", "motivation", "references")
    rules: tuple[str, ...] = ("degree", "english")
    routes: tuple[str, ...] = ("scholarship", "self-funded")

    def call(self) -> Call:
        with acting(Actor.system(self.consortium_id)):
            return Call.objects.select_related("consortium", "intake").get(pk=self.call_id)


def call_spec(marker: str, **changed: object) -> CallSpec:
    """Weights 50, 30, 20; two references; two reviews; closes 28 February, 23:59 in Paris."""
    facts = {
        "slug": "class-1",
        "title": f"Call for class 1 {marker}",
        "summary": f"Two years, {marker}.",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "zone": ZONE,
        "places": 3,
        "reserve_places": 2,
        "routes": (
            RouteSpec(code="scholarship", name="Scholarship"),
            RouteSpec(code="self-funded", name="Self-funded"),
        ),
        "requirements": (
            RequirementSpec(
                code="passport", title="Passport", kind="identity", formats=("pdf", "jpg")
            ),
            RequirementSpec(code="transcript", title="Transcript of records", kind="transcript"),
            RequirementSpec(code="photo", title="Photo", required=False, formats=("jpg", "png")),
            RequirementSpec(
                code="medical", title="Medical certificate", kind="medical", required=False
            ),
        ),
        "criteria": (
            CriterionSpec(code="record", title="Academic record", weight=50, tie_break=1),
            CriterionSpec(code="motivation", title="Motivation", weight=30, tie_break=2),
            CriterionSpec(code="references", title="References", weight=20),
        ),
        "rules": (
            RuleSpec(code="degree", sentence="A bachelor of at least 180 ECTS."),
            RuleSpec(code="english", sentence="Proof of English."),
        ),
    }
    return CallSpec(**{**facts, **changed})


def open_call_world(world: World, at: datetime = NOON) -> dict[str, OpenCall]:
    """A published programme version, its first intake and an open call, in each consortium.

    Written here, unless the test runs on the database that has them: see tests/conftest.py.
    """
    for slug in world.consortia:
        with acting(world.system(slug)):
            is_there = Call.objects.filter(consortium__slug=slug).exists()
        if not is_there:
            _write(world, slug, at)
    return {slug: _read(world, slug) for slug in world.consortia}


def _write(world: World, slug: str, at: datetime) -> None:
    system = world.system(slug)
    version = make_version(world, slug)
    with acting(system):
        intake = Intake.objects.create(
            consortium_id=system.tenant, version=version, year=2027, name=f"Class 1 {MARKERS[slug]}"
        )
    coordinator = world.staff(slug=slug)
    call = draft_call(intake, actor=coordinator, at=at, spec=call_spec(MARKERS[slug]))
    open_call(call.pk, actor=coordinator, at=at)


def _read(world: World, slug: str) -> OpenCall:
    system = world.system(slug)
    with acting(system):
        call = Call.objects.select_related("intake__version").get(consortium__slug=slug)
        version = call.intake.version
        return OpenCall(
            slug=slug,
            consortium_id=system.tenant,
            call_id=call.pk,
            version_id=version.pk,
            intake_id=call.intake_id,
            periods=dict(version.periods.values_list("code", "pk")),
            offerings=dict(
                Offering.objects.filter(period__version=version).values_list("code", "pk")
            ),
            tracks=dict(version.tracks.values_list("code", "pk")),
        )


def make_version(world: World, slug: str) -> ProgrammeVersion:
    """Periods s1 to s4, an offering for each host of HOSTS, one track for each of TRACKS."""
    system, marker = world.system(slug), MARKERS[slug]
    tenant = {"consortium_id": system.tenant}
    with acting(system):
        hosts = {p.code: p for p in Partnership.objects.filter(consortium_id=system.tenant)}
        version = ProgrammeVersion.objects.create(
            **tenant,
            code="first",
            title=f"First version {marker}",
            from_year=2027,
            ects=120,
            state="published",
        )
        offerings = {}
        for position, (code, stations) in enumerate(HOSTS.items()):
            period = Period.objects.create(
                **tenant,
                version=version,
                position=position,
                code=code,
                title=f"Semester {position + 1}",
                kind="thesis" if code == "s4" else "semester",
                ects=30,
            )
            for place, station in enumerate(stations):
                name = f"{code}-{station.lower()}"
                offerings[name] = Offering.objects.create(
                    **tenant,
                    period=period,
                    host=hosts[station],
                    position=place,
                    code=name,
                    title=f"{code} in {station} {marker}",
                    max_seats=20,
                )
        for position, (code, choice) in enumerate(TRACKS.items()):
            track = Track.objects.create(
                **tenant,
                version=version,
                position=position,
                code=code,
                title=f"{code} {marker}",
                awards=["WAW", "AMI"],
            )
            for step in ("s1-waw", "s2-ami", choice, None):
                offering = offerings.get(step or "")
                period = offering.period if offering else offerings["s4-lab"].period
                TrackStep.objects.create(**tenant, track=track, period=period, offering=offering)
    return version

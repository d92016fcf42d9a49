"""The measured consortium, made by the acts of the house: its people, its call, one full draft."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from admissions.domain.calls import (
    CallSpec,
    CriterionSpec,
    RequirementSpec,
    RouteSpec,
    RuleSpec,
    draft_call,
    open_call,
)
from admissions.models import (
    Call,
    Document,
    DocumentRequirement,
    Dossier,
    ReferenceRequest,
    TrackPreference,
)
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain.memberships import account_for
from consortium.models import Consortium, Party
from mobility_tracks.models import Intake, Period, ProgrammeVersion, Track
from partners.domain.partnerships import Station, admit
from partners.models import Institution, Partnership

# In the past: pages read the real clock, and people must be in office by then.
AT = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
OPENS, CLOSES = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 28, 22, 59, tzinfo=UTC)
ZONE = "Europe/Paris"
TEXT = "A paragraph of the length that people write when they know what they want to study. " * 3
SPEC = CallSpec(
    slug="class-1",
    title="Call for class 1",
    summary="Two years.",
    opens_at=OPENS,
    closes_at=CLOSES,
    zone=ZONE,
    places=30,
    reserve_places=10,
    routes=(RouteSpec(code="self-funded", name="Self-funded"),),
    requirements=(RequirementSpec(code="transcript", title="Transcript of records"),),
    criteria=(
        CriterionSpec(code="record", title="Academic record", weight=60, tie_break=1),
        CriterionSpec(code="motivation", title="Motivation", weight=40, tie_break=2),
    ),
    rules=(RuleSpec(code="degree", sentence="A bachelor of at least 180 ECTS."),),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the filling copies and the measuring looks at."""

    consortium: Consortium
    call: Call
    party: Party
    draft: Dossier

    @property
    def system(self) -> Actor:
        return Actor.system(self.consortium.pk)


def lay() -> Ground:
    """Write the measured consortium."""
    with acting(Actor(wall=Wall.OPERATOR)):
        consortium = Consortium.objects.create(slug="bench", name="Bench", zone=ZONE)
    system = Actor.system(consortium.pk)
    party = _party(consortium, system)
    version = _version(system)
    with acting(system):
        intake = Intake.objects.create(
            consortium=consortium, version=version, year=2026, name="Class 1"
        )
    call = open_call(draft_call(intake, actor=system, at=AT, spec=SPEC).pk, actor=system, at=AT)
    with acting(system):
        draft = _draft(call, version.tracks.get())
    return Ground(consortium, call, party, draft)


def _party(consortium: Consortium, system: Actor) -> Party:
    with acting(system):
        institution = Institution.objects.create(
            key="bench", name="University of Benches", kind="university", country="FR"
        )
    partnership = admit(
        institution,
        actor=system,
        at=AT,
        consortium=consortium,
        kind=Partnership.Kind.FULL,
        station=Station(code="BEN"),
        awards_degree=True,
    )
    with acting(system):
        return Party.objects.get(pk=partnership.pk)


def _version(system: Actor) -> ProgrammeVersion:
    tenant = {"consortium_id": system.tenant}
    with acting(system):
        version = ProgrammeVersion.objects.create(
            **tenant, code="first", title="First", from_year=2026, ects=120, state="published"
        )
        Period.objects.create(
            **tenant, version=version, position=0, code="s1", title="S1", kind="semester", ects=30
        )
        Track.objects.create(**tenant, version=version, position=0, code="only", title="Only")
    return version


def _draft(call: Call, track: Track) -> Dossier:
    """One dossier that lacks nothing; the filling makes the others from it."""
    tenant = {"consortium_id": call.consortium_id}
    draft = Dossier.objects.create(
        **tenant,
        call=call,
        applicant=account_for("first@bench.example", "First"),
        reference="TEMPLATE",
        given_names="Amina",
        family_name="Example",
        latin_name="Amina Example",
        sort_name="example amina",
        birth_date=date(2003, 5, 1),
        email="first@bench.example",
        nationality="MA",
        residence_country="MA",
        degree_title="BSc Physics",
        degree_institution="University of Somewhere",
        degree_country="MA",
        degree_on=date(2025, 7, 1),
        final_year=False,
        english_evidence="medium",
        statement=TEXT,
        essay=TEXT,
        route="self-funded",
        declared_true=True,
        started_at=AT,
        saved_at=AT,
    )
    _parts(draft, track)
    return draft


def _parts(draft: Dossier, track: Track) -> None:
    tenant = {"consortium_id": draft.consortium_id, "dossier": draft}
    TrackPreference.objects.create(**tenant, track=track, rank=1)
    Document.objects.create(
        **tenant,
        requirement=DocumentRequirement.objects.get(call=draft.call),
        file="none",
        name="transcript.pdf",
        media_type="application/pdf",
        size=1000,
        sha256="0" * 64,
        uploaded_at=AT,
    )
    for number in range(draft.call.references_needed):
        ReferenceRequest.objects.create(
            **tenant,
            referee_name="Referee",
            referee_email=f"referee{number}@bench.example",
            applicant_name=draft.name,
            call_title=draft.call.title,
            due_at=CLOSES,
            zone=ZONE,
            token_digest=f"{number:064}",
            state="sent",
            created_at=AT,
        )

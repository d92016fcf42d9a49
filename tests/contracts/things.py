"""One of everything, written straight into the tables: in the house's consortium, or elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile

from admissions import models as a
from consortium.access import acting
from consortium.models import ApiToken, Membership
from consortium.roles import Container
from mobility_tracks import models as m
from mobility_tracks.domain.delegation import What
from mobility_tracks.domain.workshop import begin_draft
from partners.items import Item
from partners.models import SharingAgreement, TransferBasis
from tests.admission_world import OpenCall, open_call_world
from tests.contracts import apart
from tests.papers import PDF
from tests.world import World


@dataclass
class Things:
    """Keyword arguments for every route: `common` by name, `ids` for routes whose `id` differs."""

    common: dict[str, Any]
    ids: dict[str, Any]

    def kwargs(self, route: str, names: list[str]) -> dict[str, Any]:
        return {name: self.ids.get(f"{route}:{name}", self.common.get(name)) for name in names}


@dataclass(frozen=True)
class Cast:
    """Around whom a scene is: the station that reviews and hosts, the applicant, their reference."""

    station: str = "lju"
    email: str = "amina@example.org"
    reference: str = "AAAA-AAAA"


def write(world: World, at: datetime) -> Things:
    """A dossier of Amina's with all that hangs on it; she studies at LJU already, too."""
    opened = open_call_world(world)["emat"]
    things = scene(world, opened, at, Cast())
    system = world.system()
    with acting(system):
        call = a.Call.objects.get(pk=opened.call_id)
        transcript, letter = _given(world, opened, call, at)
        things.common["agreement"] = _agreements(world, opened, at).pk
    things.ids |= _account(world, world.user(Cast().email), at)
    world.one_call(call)
    things.ids |= {
        "partner:document:id": transcript.pk,
        "api:partner-document:document": transcript.pk,
        "partner:letter:id": letter.pk,
        "api:partner-letter:letter": letter.pk,
    }
    return things


def scene(world: World, opened: OpenCall, at: datetime, cast: Cast) -> Things:
    """The same around anybody, in the consortium of an open call."""
    tenant = {"consortium_id": opened.consortium_id}
    amina = world.user(cast.email)
    reviewer = world.reviewer(cast.station, opened.slug)
    system = world.system(opened.slug)
    with acting(system):
        call = a.Call.objects.get(pk=opened.call_id)
        dossier = a.Dossier.objects.create(
            **tenant,
            call=call,
            applicant=amina,
            reference=cast.reference,
            given_names="Amina",
            state="under_review",
            started_at=at,
            saved_at=at,
            submitted_at=at,
        )
        document = a.Document.objects.create(
            **tenant,
            dossier=dossier,
            requirement=call.requirements.get(code="photo"),
            file=ContentFile(PDF, "a.pdf"),
            name="a.pdf",
            media_type="application/pdf",
            size=len(PDF),
            sha256="0" * 64,
            uploaded_at=at,
        )
        request = a.ReferenceRequest.objects.create(
            **tenant,
            dossier=dossier,
            referee_name="Ito",
            referee_email="ito@example.net",
            applicant_name="Amina",
            call_title=call.title,
            due_at=call.closes_at,
            zone=call.zone,
            token_digest=sha256(f"{opened.slug} {cast}".encode()).hexdigest(),
            state="sent",
            created_at=at,
        )
        letter = a.ReferenceLetter.objects.create(
            **tenant,
            request=request,
            dossier=dossier,
            text="Good.",
            file=ContentFile(PDF, "l.pdf"),
            name="l.pdf",
            size=len(PDF),
            received_at=at,
        )
        assignment = a.Assignment.objects.create(
            **tenant,
            dossier=dossier,
            reviewer_id=reviewer.user_id,
            reviewer_name=reviewer.name,
            reference=dossier.reference,
            party_id=min(reviewer.parties),
            state="in_progress",
            assigned_at=at,
        )
        run = a.RankingRun.objects.create(
            **tenant, call=call, inputs={}, fingerprint="0" * 64, seed="1", computed_at=at
        )
        offer = a.Offer.objects.create(
            **tenant,
            dossier=dossier,
            expires_at=at + timedelta(days=14),
            zone=call.zone,
            state="sent",
            prepared_at=at,
            sent_at=at,
        )
        round_, placement = _studies(world, opened, amina, at, cast)
        proposed = _proposal(world, opened, cast, at)
        basis = TransferBasis.objects.create(
            **tenant,
            party_id=world.partnership(cast.station.upper(), opened.slug).pk,
            kind="clauses",
            document="SCC 1",
            dated=at.date(),
            starts_at=at,
        )
        members = {
            name: Membership.objects.get(person_email=f"{name}@{opened.slug}.example")
            for name in ("officer", f"reviewer-{cast.station}")
        }
    ids: dict[str, Any] = {}
    if cast.station == "lju":  # whose delegate the world has
        what = What(frozenset({"host_students"}), Container.OFFERING, opened.offerings["s4-lju"])
        delegation = world.hand_on(what, slug=opened.slug).pk
        ids = {"partner:take-back:id": delegation, "api:take-back:delegation": delegation}
    draft = begin_draft(
        actor=world.staff(slug=opened.slug),
        at=at,
        code=f"draft-{opened.slug}-{cast.station}",
        title="A draft",
        from_year=2030,
    )
    amina_there = world.applicant(cast.email.partition("@")[0], opened.slug)
    case, paper = apart.needs_case(amina_there, dossier, at)
    placed = apart.place_taken(system, amina_there, call, cast.reference, at)
    return Things(
        common={
            "consortium": opened.slug,
            "slug": call.slug,
            "reference": dossier.reference,
            "ref": dossier.reference,
            "section": "identity",
            "requirement": "passport",
            "document": document.pk,
            "request_id": request.pk,
            "assignment": assignment.pk,
            "case": case.pk,
            "run": run.pk,
            "offer": offer.pk,
            "round": round_.pk,
            "placement": placement.pk,
            "agreement": proposed.pk,
            "letter": letter.pk,
            "token": "a-token-that-nobody-was-given",
            "id": round_.pk,
            "party": basis.party_id,
            "basis": basis.pk,
            "intake": opened.intake_id,
            "offering": opened.offerings[
                f"{'s1' if cast.station == 'waw' else 's4'}-{cast.station}"
            ],
            "member": members["officer"].pk,
            "code": draft.code,
            "where": "periods/s1",
        },
        ids=ids
        | {
            **{
                f"{route}:id": document.pk
                for route in (
                    "applicant:document-removal",
                    "applicant:document-file",
                    "office:document-file",
                    "reviewer:document",
                )
            },
            **{
                f"inclusion:{route}:id": case.pk
                for route in ("case", "hold", "approve", "refuse", "report")
            },
            "inclusion:evidence:id": paper.pk,
            "applicant:evidence-removal:id": paper.pk,
            "api:evidence-removal:document": paper.pk,
            "applicant:evidence:requirement": "medical",
            **dict.fromkeys(
                (
                    "office:passport:ref",
                    "applicant:passport:ref",
                    "api:passport:reference",
                    "api:own-passport:reference",
                ),
                placed.reference,
            ),
            "applicant:resend:id": request.pk,
            "applicant:replace:id": request.pk,
            "office:letter-file:id": letter.pk,
            "reviewer:letter:id": letter.pk,
            "office:dismiss:id": members["officer"].pk,
            "office:end-basis:id": basis.pk,
            "office:look-as:id": members["officer"].pk,
            "api:dismiss:membership": members["officer"].pk,
            "partner:dismiss:id": members[f"reviewer-{cast.station}"].pk,
            "api:dismiss-own:membership": members[f"reviewer-{cast.station}"].pk,
            "partner:letter:id": letter.pk,
            "partner:document:id": document.pk,
            "api:partner-document:document": document.pk,
        },
    )


def _account(world: World, user: Any, at: datetime) -> dict[str, int]:
    """A token and a session of hers."""
    session = UserSession.objects.create(user=user, ip="127.0.0.1", session_key="k", user_agent="")
    token = ApiToken.objects.create(
        owner=user,
        for_consortium=world.consortia["emat"],
        name="Script",
        digest="0" * 64,
        created_at=at,
        expires_at=at + timedelta(days=1),
    )
    return {"end-session:pk": session.pk, "revoke-token:pk": token.pk}


def _given(world: World, opened: OpenCall, call: a.Call, at: datetime) -> tuple[Any, Any]:
    """What AMI gives LJU of Bela, who studies there: a transcript, and a letter it had read."""
    bela = world.user("bela@example.org")
    dossier = a.Dossier.objects.create(
        consortium_id=opened.consortium_id,
        call=call,
        applicant=bela,
        reference="BBBB-BBBB",
        state="enrolled",
        started_at=at,
        saved_at=at,
        submitted_at=at,
    )
    _studies(world, opened, bela, at, Cast(email=bela.email, reference="BBBB-BBBB"))
    tenant = {"consortium_id": dossier.consortium_id, "dossier": dossier}
    a.Assignment.objects.create(
        **tenant,
        reviewer_id=bela.pk,
        party_id=world.partnership("AMI").pk,
        assigned_at=at,
    )
    request = a.ReferenceRequest.objects.create(
        **tenant,
        referee_name="Ito",
        referee_email="ito@example.net",
        due_at=call.closes_at,
        token_digest="e" * 64,
        created_at=at,
    )
    letter = a.ReferenceLetter.objects.create(
        **tenant, request=request, text="Good.", received_at=at
    )
    transcript = a.Document.objects.create(
        **tenant,
        requirement=dossier.call.requirements.get(code="transcript"),
        file=ContentFile(PDF, "t.pdf"),
        name="t.pdf",
        media_type="application/pdf",
        size=len(PDF),
        sha256="0" * 64,
        uploaded_at=at,
    )
    return transcript, letter


def _proposal(world: World, opened: OpenCall, cast: Cast, at: datetime) -> Any:
    """The station has proposed to let AMI see everything; nobody has answered."""
    station, ami = (world.partnership(code, opened.slug) for code in (cast.station.upper(), "AMI"))
    return SharingAgreement.objects.create(
        consortium_id=opened.consortium_id,
        giver=station,
        receiver=ami,
        proposer=station,
        version=1,
        proposed_at=at,
        items=list(Item.values),
    )


def _agreements(world: World, opened: OpenCall, at: datetime) -> Any:
    """AMI, who sends Amina, lets LJU see everything; WAW has proposed something to LJU."""
    ami, waw, lju = (world.partnership(code) for code in ("AMI", "WAW", "LJU"))
    both = {
        "consortium_id": opened.consortium_id,
        "receiver": lju,
        "version": 1,
        "proposed_at": at,
        "items": list(Item.values),
    }
    SharingAgreement.objects.create(**both, giver=ami, proposer=ami, state="accepted", starts_at=at)
    return SharingAgreement.objects.create(**both, giver=waw, proposer=waw)


def _studies(
    world: World, opened: OpenCall, student: Any, at: datetime, cast: Cast
) -> tuple[Any, Any]:
    tenant = {"consortium_id": opened.consortium_id}
    enrolment = m.Enrolment.objects.create(
        **tenant,
        intake_id=opened.intake_id,
        student=student,
        reference=cast.reference,
        person_name="Amina",
        person_email=cast.email,
        nationality="DZ",
        residence_country="DZ",
        state="enrolled",
        enrolled_at=at,
    )
    round_ = m.AllocationRound.objects.create(
        **tenant,
        intake_id=opened.intake_id,
        period_id=opened.periods["s3"],
        title="Third semester",
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=7),
        zone="Europe/Paris",
        seed="1",
        state="open",
    )
    for code in ("s3-lju", "s3-ami"):
        m.RoundSeats.objects.create(
            **tenant, round=round_, offering_id=opened.offerings[code], most=3
        )
    period = "s1" if cast.station == "waw" else "s4"
    placement = m.Placement.objects.create(
        **tenant,
        enrolment=enrolment,
        period_id=opened.periods[period],
        offering_id=opened.offerings[f"{period}-{cast.station}"],
        host=world.partnership(cast.station.upper(), opened.slug),
        sending=world.partnership("AMI", opened.slug),
        state="announced",
    )
    return round_, placement

"""Students who are sent from one partner to another, with everything of theirs that could leak.

Warsaw sends ANNA and DARIA to Ljubljana, and BORIS, whose stay was cancelled; Amiens sends CLARA
there; Warsaw sends EMMA to Amiens. Each has a dossier with papers, a letter and a review by Warsaw,
but Warsaw's reviewer declared a conflict of interest on DARIA's. The other consortium has the same.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile

from admissions import models as a
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain.memberships import account_for
from mobility_tracks import models as m
from partners.domain.sharing import Pair, Terms, accept, propose
from partners.items import Item
from partners.models import Partnership, SharingAgreement
from tests.admission_world import OpenCall
from tests.papers import PDF
from tests.world import MARKERS, NOON, World

# reference -> (sender, host, state of the stay)
STUDENTS = {
    "ANNA": ("WAW", "LJU", "announced"),
    "BORIS": ("WAW", "LJU", "cancelled"),
    "CLARA": ("AMI", "LJU", "arrived"),
    "DARIA": ("WAW", "LJU", "departed"),
    "EMMA": ("WAW", "AMI", "announced"),
}
CONFLICTED = "DARIA"
CODES = {
    "transcript": Item.TRANSCRIPTS,
    "diploma": Item.DIPLOMAS,
    "english": Item.LANGUAGE,
}
EVERYTHING = frozenset(Item.values)


@dataclass(frozen=True)
class Sharing:
    """The pair Warsaw gives Ljubljana, and who acts for either."""

    world: World
    slug: str = "emat"

    @property
    def giver(self) -> Actor:
        return self.world.partner("waw", self.slug)

    @property
    def receiver(self) -> Actor:
        return self.world.partner("lju", self.slug)

    def third(self, at: datetime = NOON) -> Actor:
        """A partner coordinator of Amiens, which is neither."""
        party = self.world.partnership("AMI", self.slug).pk
        rights = frozenset({"host_students", "negotiate_sharing"})
        tenant = self.world.consortia[self.slug].pk
        return Actor(Wall.PARTNER, tenant, 999_999, "third", party_rights={party: rights}, at=at)

    def pair(self, giver: str = "WAW", receiver: str = "LJU") -> Pair:
        codes = (giver, receiver)
        return Pair(*(self.world.partnership(code, self.slug).pk for code in codes))

    def proposed(self, items: frozenset[str] = EVERYTHING, **terms: object) -> SharingAgreement:
        return propose(
            self.pair(),
            actor=self.giver,
            at=NOON,
            proposer_id=self.pair().giver_id,
            terms=Terms(items, **terms),
        )

    def agreed(self, items: frozenset[str] = EVERYTHING, **terms: object) -> SharingAgreement:
        return accept(self.proposed(items, **terms).pk, actor=self.receiver, at=NOON)


def sharing_world(world: World, calls: dict[str, OpenCall]) -> Sharing:
    """Write the students in both consortia."""
    for slug, opened in calls.items():
        here = _Here(
            opened,
            {code: world.partnership(code, slug) for code in ("AMI", "WAW", "LJU", "LAB")},
            {code: world.reviewer(code.lower(), slug) for code in ("WAW", "LJU")},
        )
        with acting(world.system(slug)):
            _requirements(opened)
            for reference in STUDENTS:
                _student(here, reference)
    return Sharing(world)


@dataclass(frozen=True)
class _Here:
    """One consortium's call, its partners and reviewers by station: read once for all students."""

    opened: OpenCall
    partners: dict[str, Partnership]
    reviewers: dict[str, Actor]


def _requirements(opened: OpenCall) -> None:
    for code, kind in (("diploma", "diploma"), ("english", "language"), ("cv", "cv")):
        a.DocumentRequirement.objects.create(
            consortium_id=opened.consortium_id,
            call_id=opened.call_id,
            code=code,
            title=code,
            kind=kind,
        )


def _student(here: _Here, reference: str) -> None:
    opened = here.opened
    tenant = {"consortium_id": opened.consortium_id}
    marker = MARKERS[opened.slug]
    person = account_for(f"{reference.lower()}@example.org", reference)
    dossier = a.Dossier.objects.create(
        **tenant,
        call_id=opened.call_id,
        applicant=person,
        reference=reference,
        given_names=f"{reference} {marker}",
        state="enrolled",
        started_at=NOON,
        saved_at=NOON,
        submitted_at=NOON,
    )
    _papers(dossier, opened)
    _letter(dossier)
    for code in ("WAW", "LJU"):
        _review(here, dossier, code)
    enrolment = m.Enrolment.objects.create(
        **tenant,
        intake_id=opened.intake_id,
        student=person,
        reference=reference,
        person_name=f"{reference} {marker}",
        person_email=person.email,
        nationality="IN",
        residence_country="IN",
        state="enrolled",
        enrolled_at=NOON,
    )
    sender, host, state = STUDENTS[reference]
    third = {"LJU": "s3-lju", "AMI": "s3-ami"}[host]
    # Before: at Warsaw, from Amiens. After: at the laboratory; and a stay in Amiens that neither
    # Warsaw nor Ljubljana has to do with.
    for code, where, sending, how in (
        ("s1-waw", "WAW", "AMI", "recognised"),
        ("s2-ami", "AMI", "AMI", "recognised"),
        (third, host, sender, state),
        ("s4-lab", "LAB", "LJU", "planned"),
    ):
        m.Placement.objects.create(
            **tenant,
            enrolment=enrolment,
            period_id=opened.periods[code[:2]],
            offering_id=opened.offerings[code],
            host=here.partners[where],
            sending=here.partners[sending],
            state=how,
        )


def _papers(dossier: a.Dossier, opened: OpenCall) -> None:
    """One in every slot, and one that it replaced; medical evidence the house itself never holds."""
    slots = a.DocumentRequirement.objects.filter(call_id=opened.call_id)
    for slot in slots.exclude(kind="medical"):
        for replaced_at in (NOON, None):
            a.Document.objects.create(
                consortium_id=opened.consortium_id,
                dossier=dossier,
                requirement=slot,
                file=ContentFile(PDF, "a.pdf"),
                name=f"{slot.code}-{dossier.reference}.pdf",
                media_type="application/pdf",
                size=len(PDF),
                sha256="0" * 64,
                uploaded_at=NOON,
                replaced_at=replaced_at,
            )


def _letter(dossier: a.Dossier) -> None:
    tenant = {"consortium_id": dossier.consortium_id, "dossier": dossier}
    request = a.ReferenceRequest.objects.create(
        **tenant,
        referee_name="Professor Ito",
        referee_email="ito@example.net",
        applicant_name=dossier.name,
        call_title="call",
        due_at=NOON,
        zone="UTC",
        token_digest=f"{dossier.consortium_id}{dossier.reference}".ljust(64, "0"),
        state="received",
        created_at=NOON,
        received_at=NOON,
    )
    a.ReferenceLetter.objects.create(
        **tenant, request=request, text=f"Letter on {dossier.name}", received_at=NOON
    )


def _review(here: _Here, dossier: a.Dossier, code: str) -> None:
    tenant = {"consortium_id": dossier.consortium_id}
    reviewer = here.reviewers[code]
    conflicted = code == "WAW" and dossier.reference == CONFLICTED
    assignment = a.Assignment.objects.create(
        **tenant,
        dossier=dossier,
        reviewer_id=reviewer.user_id,
        reviewer_name=reviewer.name,
        party_id=here.partners[code].pk,
        state="conflicted" if conflicted else "locked",
        assigned_at=NOON,
    )
    review = a.Review.objects.create(
        **tenant,
        assignment=assignment,
        comment=f"{code} on {dossier.name}",
        saved_at=NOON,
        submitted_at=NOON,
    )
    a.Score.objects.create(
        **tenant,
        review=review,
        criterion=a.Criterion.objects.filter(call=dossier.call).first(),
        points=4,
    )

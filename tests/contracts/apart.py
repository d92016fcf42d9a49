"""What is kept apart, written by the one who may: needs with evidence, and a passport."""

from datetime import datetime
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from admissions.domain import evidence, needs, passports
from admissions.models import Call, Document, Dossier, NeedsCase
from admissions.reference_number import new_reference
from consortium.access import acting
from consortium.actor import Actor
from tests.admissions.cases import pdf

PASSPORT = {"number": "AB12345", "country": "DZ", "expires_on": "2031-01-01"}


def needs_case(person: Actor, dossier: Dossier, at: datetime) -> tuple[NeedsCase, Document]:
    """A request with its evidence."""
    case = needs.answer(dossier.pk, actor=person, at=at, asks="true", wanted="A quiet room.")
    file = SimpleUploadedFile("m.pdf", pdf())
    given = evidence.attach(dossier.pk, actor=person, at=at, requirement="medical", upload=file)
    return case, given


def place_taken(system: Actor, person: Actor, call: Call, reference: str, at: datetime) -> Dossier:
    """A dossier of an earlier call, whose place the person took, and their passport."""
    drawn = Random(reference)
    with acting(system):
        earlier = Call.objects.create(
            consortium_id=call.consortium_id,
            intake_id=call.intake_id,
            slug=f"class-0-{reference.lower()}",
            title="Call for class 0",
            opens_at=call.opens_at,
            closes_at=call.closes_at,
            zone=call.zone,
            places=1,
            state="closed",
        )
        dossier = Dossier.objects.create(
            consortium_id=call.consortium_id,
            call=earlier,
            applicant_id=person.user_id,
            reference=new_reference(drawn),
            given_names="Amina",
            state="enrolled",
            started_at=at,
            saved_at=at,
            submitted_at=at,
        )
    passports.give(dossier.pk, actor=person, at=at, values=PASSPORT)
    return dossier

"""Markers in what is kept apart: sealed for their row, as the real ones are.

No wall opens all of it, so the owner of the tables writes it.
"""

from collections.abc import Callable

from django.core.files.base import ContentFile

from admissions.models import Document, NeedsCase, Passport
from consortium import sealing
from consortium.models import User, put
from tests.papers import PDF

OWNER = "owner"
PLAIN = ("person_name", "call_title", "ruled_by")
Marker = Callable[[str, str], str]


def mark(email: str, marker: Marker) -> None:
    """A marker in every sealed text, every plain one, and the evidence of a person's cases.

    marker: makes one, for a model and a column.
    """
    person = User.objects.using(OWNER).get(email=email).pk
    for case in NeedsCase.objects.using(OWNER).filter(dossier__applicant=person):
        _seal(case, marker, "wanted", "health", "evidence_note", "reason")
        for name in PLAIN:
            setattr(case, name, marker("NeedsCase", name))
        case.person_email = marker("NeedsCase", "person_email") + "@example.net"
        case.save(using=OWNER)
    for passport in Passport.objects.using(OWNER).filter(dossier__applicant=person):
        _seal(passport, marker, "number")
        passport.save(using=OWNER)
    evidence = Document.objects.using(OWNER).evidence().filter(dossier__applicant=person)
    for document in evidence:
        document.name = marker("Evidence", "name")
        told = PDF + f"\n% {marker('Evidence', 'file')}\n".encode()
        sealed = sealing.seal_bytes(told, sealing.place_of(document, "file"))
        document.file.storage.delete(document.file.name)
        document.file.storage.save(document.file.name, ContentFile(sealed))
        document.save(using=OWNER)


def _seal(row: NeedsCase | Passport, marker: Marker, *names: str) -> None:
    put(row, **{name: marker(row._meta.object_name or "", name) for name in names})

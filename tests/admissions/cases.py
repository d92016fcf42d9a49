"""Files and dossiers for tests: small real ones, made here."""

import struct
import zlib
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from admissions.domain import documents, dossiers, references
from consortium.access import acting
from consortium.models import OutboxMessage
from tests.admission_world import OpenCall

ANSWERS = {
    "identity": {"given_names": "Amina", "family_name": "Diallo", "birth_date": date(2001, 5, 4)},
    "nationality": {"nationality": "SN", "residence_country": "SN"},
    "education": {
        "degree_title": "BSc Chemistry",
        "degree_institution": "Université Cheikh Anta Diop",
        "degree_country": "SN",
        "final_year": False,
        "degree_on": date(2024, 7, 1),
    },
    "language": {"english_evidence": "medium"},
    "motivation": {"statement": "I want to.", "essay": "Batteries."},
    "tracks": {"route": "scholarship"},
    "declaration": {"declared_true": True},
}


def pdf(pages: int = 1, **encryption: str) -> bytes:
    writer, out = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if encryption:
        writer.encrypt(**encryption)
    writer.write(out)
    return out.getvalue()


def png(width: int = 2, height: int = 2, pixels: bytes | None = None) -> bytes:
    raw = b"".join(b"\0" + b"\x7f" * width for _ in range(height)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(raw) if pixels is None else pixels),
            (b"IEND", b""),
        )
    )


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """Segments of a JPEG in their order; the scan is noise with a stuffed byte and a restart."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda"
        + struct.pack(">H", len(scan) + 2)
        + scan
        + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
        + b"\xff\xd9"
    )


def upload(data: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def started(world, call: OpenCall, at, name: str = "amina"):
    return dossiers.start(call.call_id, actor=world.applicant(name, call.slug), at=at)


def complete(world, call: OpenCall, at, name: str = "amina"):
    """A dossier with everything in it, still a draft."""
    actor = world.applicant(name, call.slug)
    dossier = started(world, call, at, name)
    for section, values in ANSWERS.items():
        dossiers.save_section(dossier.pk, actor=actor, at=at, section=section, values=values)
    dossiers.rank_tracks(dossier.pk, actor=actor, at=at, tracks=["south"])
    for code in call.required:
        documents.attach(dossier.pk, actor=actor, at=at, requirement=code, upload=upload(pdf()))
    for one in ("prof-one", "prof-two"):
        references.request(
            dossier.pk,
            actor=actor,
            at=at,
            name=one,
            email=f"{one}@uni.example",
            institution="Uni",
        )
    return dossier


def sent(world, call: OpenCall, at, name: str = "amina"):
    """A dossier with everything in it, submitted: what the office can see."""
    dossier = complete(world, call, at, name)
    return dossiers.submit(dossier.pk, actor=world.applicant(name, call.slug), at=at)


def mails(world, slug: str = "emat", **chosen) -> list[OutboxMessage]:
    with acting(world.system(slug)):
        return list(OutboxMessage.objects.filter(**chosen).order_by("created_at", "id"))


def token_in(message: OutboxMessage) -> str:
    """The token in the link of a request's mail."""
    return message.body.split("/reference/")[1].split("/")[0]

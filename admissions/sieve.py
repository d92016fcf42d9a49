"""What may come in as a file: name, first bytes and a real parse must say the same.

Limits and their reasons: quality.md D1 to D3. A PDF is parsed by `pdf_probe` in a child process; the
upload is read in pieces and never held twice. Every refusal names rule, fact and next step.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from admissions import pictures
from consortium.errors import Invalid

MOST_PAGES = 60
WALL_SECONDS = 20
EDGE = 1024
PROBE = Path(__file__).with_name("pdf_probe.py")
# Space as the PDF standard counts it.
WHITE = b"\0\t\n\f\r "
FOREIGN = (b"PK\x03\x04", b"PK\x05\x06", b"<html", b"<!doctype html", b"<script", b"<?php")

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
TYPES = {"pdf": PDF, "jpg": JPEG, "jpeg": JPEG, "png": PNG}
MAGIC = {PDF: b"%PDF-", JPEG: pictures.JPEG_MAGIC, PNG: pictures.PNG_MAGIC}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the file is; `pages` of a PDF alone."""

    media_type: str
    size: int
    pages: int | None
    sha256: str


def inspect(upload: "UploadedFile[Any]", *, formats: Collection[str], max_bytes: int) -> Inspected:
    """Look through an upload. Needs no transaction and should have none: a PDF may take seconds.

    formats: of pdf, jpg, png. Raises Invalid with the message under the field `file`. Leaves the
    upload at its beginning.
    """
    with TemporaryFile() as copy:
        size, digest = _copy(upload, copy, max_bytes)
        media_type = _type_of(upload.name or "", copy, formats)
        pages = _pages(copy) if media_type == PDF else None
        if media_type != PDF:
            _check_picture(copy, media_type)
    return Inspected(media_type, size, pages, digest)


def _copy(upload: "UploadedFile[Any]", copy: IO[bytes], max_bytes: int) -> tuple[int, str]:
    digest, size = sha256(), 0
    for piece in upload.chunks():
        size += len(piece)
        if size > max_bytes:
            raise _too_large(max_bytes)
        digest.update(piece)
        copy.write(piece)
    upload.seek(0)
    if size == 0:
        raise refusal(
            _("A file must have something in it."),
            fact=_("This one is empty: 0 bytes."),
            next_step=_("Check the file on your device and choose it again."),
        )
    copy.flush()
    return size, digest.hexdigest()


def _too_large(max_bytes: int) -> Invalid:
    return refusal(
        _("A file here has at most %(most)s MB.") % {"most": f"{max_bytes / 1024 / 1024:g}"},
        fact=_("This one is larger."),
        next_step=_("Save it in a smaller size, or scan in grey at 150 dpi."),
    )


def _type_of(name: str, copy: IO[bytes], formats: Collection[str]) -> str:
    """The type on which ending and first bytes agree, if it is among the wanted ones."""
    wanted = {TYPES[each] for each in formats}
    copy.seek(0)
    start = copy.read(16)
    found = next((kind for kind, magic in MAGIC.items() if start.startswith(magic)), None)
    ending = PurePosixPath(name.lower()).suffix.lstrip(".")
    if found is None or found not in wanted:
        raise refusal(
            _("Only these kinds of file are taken here: %(kinds)s.")
            % {"kinds": ", ".join(sorted(formats)).upper()},
            fact=_("This is something else, whatever its name says."),
            next_step=_("Open it and save or print it as one of these."),
        )
    if TYPES.get(ending) != found:
        raise refusal(
            _("The ending of a file's name must say what the file is."),
            fact=_("This is %(kind)s, but its name ends in “%(ending)s”.")
            % {"kind": found, "ending": ending[:20]},
            next_step=_("Rename the file, or save it anew from the program that made it."),
        )
    return found


def _pages(copy: IO[bytes]) -> int:
    _check_edges(copy)
    answer = _probe(copy)
    if "refused" in answer:
        raise _refused(str(answer["refused"]))
    pages: int = answer["pages"]
    if pages > MOST_PAGES:
        raise refusal(
            _("A document has at most %(most)d pages.") % {"most": MOST_PAGES},
            fact=_("This one has %(pages)d.") % {"pages": pages},
            next_step=_("Leave out what is not asked for."),
        )
    return pages


def _check_edges(copy: IO[bytes]) -> None:
    """Nothing after the end, nothing of another format at the beginning or the end."""
    copy.seek(0)
    first = copy.read(EDGE)
    size = copy.seek(0, 2)
    copy.seek(max(0, size - EDGE))
    last = copy.read()
    _, marker, after = last.rpartition(b"%%EOF")
    if not marker:
        raise _refused("damaged")
    if after.strip(WHITE) or _holds_foreign(first + last):
        raise _refused("polyglot")


def _holds_foreign(edges: bytes) -> bool:
    return any(each.lower() in edges.lower() for each in FOREIGN)


def _probe(copy: IO[bytes]) -> dict[str, Any]:
    """What the child says; a child that dies of its limits says "bomb"."""
    copy.seek(0)
    try:
        ended = subprocess.run(  # noqa: S603  # our own interpreter and file, no input in the words
            [sys.executable, "-I", str(PROBE)],
            stdin=copy,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "bomb"}
    if ended.returncode != 0 or not ended.stdout:
        return {"refused": "bomb"}
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def _check_picture(copy: IO[bytes], media_type: str) -> None:
    copy.seek(0)
    data = copy.read()
    try:
        (pictures.check_jpeg if media_type == JPEG else pictures.check_png)(data)
    except pictures.Damaged:
        raise _refused("damaged") from None
    except pictures.Bomb:
        raise _refused("bomb") from None
    except pictures.Polyglot:
        raise _refused("polyglot") from None
    if _holds_foreign(data[:EDGE] + data[-EDGE:]):
        raise _refused("polyglot")


def _refused(word: str) -> Invalid:
    rules = {
        "encrypted": (
            _("Reviewers must be able to open a document without a password."),
            _("This PDF is encrypted."),
            _("Save or print it as a new PDF without protection."),
        ),
        "bomb": (
            _("A document must open quickly on a small computer."),
            _("This one is far larger inside than it looks, or takes too long to read."),
            _("Print it as a new PDF, or scan the paper again."),
        ),
        "active": (
            _("A document holds pages, and nothing that runs or is attached."),
            _("This PDF has a script, a form that runs, or a file inside."),
            _("Print it as a new PDF; that leaves only the pages."),
        ),
        "polyglot": (
            _("A file must be one thing only."),
            _("Something else begins before the beginning or after the end of this one."),
            _("Open it and save it anew, or take a new photo."),
        ),
        "damaged": (
            _("A file must be whole."),
            _("This one cannot be read to its end."),
            _("Check that it opens on your device, save it anew and choose it again."),
        ),
    }
    rule, fact, next_step = rules[word]
    return refusal(rule, fact=fact, next_step=next_step)


def refusal(rule: str, *, fact: str, next_step: str) -> Invalid:
    """A refusal of a file; the field is `file`."""
    return Invalid(rule, fact=fact, next_step=next_step, fields={"file": f"{fact} {next_step}"})

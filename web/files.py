"""Files in words and on their way out: sizes, kinds, and headers under which they are harmless."""

from collections.abc import Sequence
from typing import IO

from django.http import FileResponse
from django.utils.formats import number_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

KINDS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_NAMES = {"pdf": "PDF", "jpg": "JPEG", "png": "PNG"}
_INLINE = frozenset(KINDS.values())


def size_in_words(size: int) -> str:
    """310 KB, 2.5 MB; a megabyte has 1024 kilobytes, as the limits do."""
    if size < 1024 * 1024:
        return _("%(n)s KB") % {"n": number_format(max(1, round(size / 1024)))}
    return _("%(n)s MB") % {"n": f"{size / 1024 / 1024:.1f}".removesuffix(".0")}


def formats_in_words(formats: Sequence[str]) -> str:
    """PDF, JPEG or PNG."""
    names = [_NAMES.get(each, each.upper()) for each in formats]
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s or %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def accept(formats: Sequence[str]) -> str:
    """For the accept attribute; with images in it a phone offers its camera."""
    return ",".join(KINDS[each] for each in formats if each in KINDS)


def facts_in_words(*, size: int, pages: int | None) -> str:
    told = size_in_words(size)
    if not pages:
        return told
    return ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages} + f", {told}"


def file_response(file: IO[bytes], *, name: str, media_type: str, download: bool) -> FileResponse:
    """Never run, never kept, never sniffed: what was uploaded may be hostile.

    A type that is not one of ours leaves as a download, whatever was asked for.
    """
    inline = media_type in _INLINE and not download
    response = FileResponse(file, content_type=media_type if inline else "application/octet-stream")
    disposition = content_disposition_header(as_attachment=not inline, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response

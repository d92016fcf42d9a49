"""Documents and letters on their way to the office: opened by an act that journals the reading."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse

from admissions.domain.documents import content, open_document
from admissions.domain.letters import open_letter
from admissions.models import Document, ReferenceLetter
from web.base import Page
from web.files import file_response
from web.office.desk import Desk


def document_response(
    page: Page, document_id: UUID, opening: Callable[..., Document] = open_document
) -> FileResponse:
    """The file in the browser's own viewer, or as a download with `?download`.

    opening: the act that reaches the document and journals the reading.
    """
    document = opening(document_id, actor=page.actor, at=page.at)
    response = file_response(
        content(document),
        name=document.name,
        media_type=document.media_type,
        download="download" in page.request.GET,
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def letter_response(
    page: Page, letter_id: UUID, opening: Callable[..., ReferenceLetter] = open_letter
) -> FileResponse | HttpResponse:
    """A letter that came as a file; one that came as text is a plain text file."""
    letter = opening(letter_id, actor=page.actor, at=page.at)
    response: FileResponse | HttpResponse
    if letter.file:
        response = file_response(
            letter.file.open("rb"),
            name=letter.name,
            media_type="application/pdf",
            download="download" in page.request.GET,
        )
    else:
        response = HttpResponse(letter.text, content_type="text/plain; charset=utf-8")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        response["Content-Security-Policy"] = "sandbox"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


class DocumentFile(Desk):
    leaves_trace = True
    right = "view_dossiers"
    of_one_call = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return document_response(self, kwargs["id"])


class LetterFile(Desk):
    leaves_trace = True
    right = "view_dossiers"
    of_one_call = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return letter_response(self, kwargs["id"])

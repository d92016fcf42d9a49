"""Files of assigned dossiers, on their way to the reviewer; each reading is journalled by the act."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

from web.office.downloads import document_response, letter_response
from web.reviewer.queue import Reading


class DocumentFile(Reading):
    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return document_response(self, kwargs["id"])


class LetterFile(Reading):
    leaves_trace = True

    def get(  # type: ignore[override]  # a file streams
        self, request: HttpRequest, **kwargs: Any
    ) -> FileResponse | HttpResponse:
        return letter_response(self, kwargs["id"])

"""Files on their way out: always as downloads, never run, never kept, never sniffed."""

from io import BytesIO
from typing import IO

from django.http import FileResponse


def download(file: IO[bytes], *, name: str) -> FileResponse:
    """What was uploaded may be hostile; its type is not told."""
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response


def text_download(text: str, *, name: str) -> FileResponse:
    return download(BytesIO(text.encode()), name=name)

"""Tables to take away as CSV: the one way out of the house into a spreadsheet.

A cell that a spreadsheet would compute is text again behind an apostrophe (quality.md E1): formulas
in names have emptied accounts elsewhere.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from numbers import Number
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

FORMULA = frozenset("=+-@|%")
CONTROL = frozenset("\t\r\n\0")
# Spreadsheets of the West read bytes as Latin-1 unless the file begins with this.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download in UTF-8. `name` without its ending."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([guarded(each) for each in head])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    response = HttpResponse(MARK + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.csv")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def guarded(value: Any) -> Any:
    """A number as it is, nothing as an empty cell, a text so that no spreadsheet computes it."""
    if value is None:
        return ""
    if isinstance(value, Number):
        return value
    text = str(value)
    return f"'{text}" if (text[:1] in CONTROL and text) or _first(text) in FORMULA else text


def _first(text: str) -> str:
    """The first character that shows, in its plain form: a full-width = is a =."""
    for each in unicodedata.normalize("NFKC", text):
        if not each.isspace() and unicodedata.category(each) not in {"Cc", "Cf"}:
            return each
    return ""

"""Tables to take away as CSV or XLSX: the one way out of the house into a spreadsheet.

A cell that a spreadsheet would compute is text again behind an apostrophe (quality.md E1): formulas
in names have emptied accounts elsewhere.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Number
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

FORMULA = frozenset("=+-@|%")
CONTROL = frozenset("\t\r\n\0")
# Spreadsheets of the West read bytes as Latin-1 unless the file begins with this.
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[Any]]


def sheet_response(
    request: HttpRequest, name: str, head: Sequence[str], rows: Rows
) -> HttpResponse:
    """A download as XLSX with `?as=xlsx`, else as CSV."""
    make = xlsx_response if request.GET.get("as") == "xlsx" else csv_response
    return make(name, head, rows)


def csv_response(name: str, head: Sequence[str], rows: Rows) -> HttpResponse:
    """A download in UTF-8. `name` without its ending."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([guarded(each) for each in head])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return _download((MARK + sheet.getvalue()).encode(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_response(name: str, head: Sequence[str], rows: Rows) -> HttpResponse:
    """A download with one sheet. `name` without its ending.

    Texts are written as texts, numbers as numbers, days as days; the same texts are guarded as in
    CSV, because a sheet is saved as CSV by the next person.
    """
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, label in enumerate(head):
        sheet.write_string(0, column, guarded(label), bold)
    for line, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(line, column, cell)
            elif isinstance(cell, Number):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, guarded(cell))
    sheet.autofit()
    book.close()
    return _download(made.getvalue(), f"{name}.xlsx", XLSX)


def _download(content: bytes, filename: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=filename)
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

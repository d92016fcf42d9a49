"""What leaves for a spreadsheet is data: nothing in it is ever computed there."""

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from web.spreadsheet import MARK, XLSX, csv_response, guarded, sheet_response, xlsx_response

DANGEROUS = "=+-@|%"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30 1234",
        "-1",
        "@SUM(A1)",
        "|calc",
        "%TEMP%",
        "  =1",
        "\N{NO-BREAK SPACE}=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
        "\N{FULLWIDTH COMMERCIAL AT}x",
        "\N{ZERO WIDTH SPACE}=1",
        "\N{ZERO WIDTH NO-BREAK SPACE}=1",
        "\tx",
        "\rx",
        "\nx",
        "\0x",
        "\n=1",
    ],
)
def test_what_a_spreadsheet_would_compute_is_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 2.5, 0, "", "Ana-Maria", "a=b", "5%", "Ó Briain", "'=1"])
def test_numbers_and_plain_texts_stay_as_they_are(value):
    assert guarded(value) == value


def test_nothing_is_an_empty_cell():
    assert guarded(None) == ""


@given(st.text())
def test_no_text_begins_with_what_is_computed(text):
    cell = guarded(text)
    shown = unicodedata.normalize("NFKC", cell).lstrip()
    assert not shown or shown[0] not in DANGEROUS
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


@given(st.lists(st.lists(st.text().filter(lambda t: "\0" not in t), min_size=2, max_size=2)))
def test_a_reader_gets_the_cells_back(rows):
    response = csv_response("sheet", ["a", "b"], rows)
    text = response.content.decode().removeprefix(MARK)
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found == [["a", "b"], *([guarded(cell) for cell in row] for row in rows)]


def test_it_is_a_download_that_nobody_keeps_or_sniffs():
    response = csv_response("emat-funding", ["=a"], [])
    assert response["Content-Disposition"] == 'attachment; filename="emat-funding.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response.content.decode() == f"{MARK}'=a\r\n"


# -- as XLSX

NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(response):
    """(type, value) by address; the type of a text is s, of a number n or none."""
    book = ZipFile(io.BytesIO(response.content))
    texts = [
        "".join(part.text or "" for part in each.iter(f"{NAME}t"))
        for each in ET.fromstring(book.read("xl/sharedStrings.xml"))
    ]
    found = {}
    for each in ET.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{NAME}c"):
        assert each.find(f"{NAME}f") is None
        value = each.find(f"{NAME}v").text
        is_text = each.get("t") == "s"
        found[each.get("r")] = ("text", texts[int(value)]) if is_text else ("number", value)
    return found


@pytest.mark.parametrize(
    "text",
    ["=1+1", "{=1}", "+1", "-1", "@SUM(A1)", "https://evil.example", "12", "2027-01-01", "\t=1"],
)
def test_no_text_of_a_book_is_computed_linked_or_counted(text):
    assert cells(xlsx_response("sheet", ["a"], [[text]]))["A2"] == ("text", guarded(text))


def test_a_book_keeps_numbers_days_and_gaps():
    found = cells(
        xlsx_response("sheet", ["=n"], [[7, Decimal("2.5"), date(2027, 1, 1), None, "é"]])
    )
    assert found["A1"] == ("text", "'=n")
    assert (found["A2"], found["B2"]) == (("number", "7"), ("number", "2.5"))
    assert found["C2"] == ("number", "46388")
    assert found.get("D2", ("text", "")) == ("text", "")
    assert found["E2"] == ("text", "é")


@pytest.mark.parametrize(
    ("query", "kind"),
    [("", "text/csv; charset=utf-8"), ("?as=xlsx", XLSX), ("?as=exe", "text/csv; charset=utf-8")],
)
def test_who_asks_says_as_what(query, kind):
    response = sheet_response(RequestFactory().get(f"/{query}"), "emat", ["a"], [["b"]])
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"

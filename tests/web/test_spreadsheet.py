"""What leaves for a spreadsheet is data: nothing in it is ever computed there."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.spreadsheet import MARK, csv_response, guarded

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

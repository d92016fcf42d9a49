"""A host changes how many students it takes; the office reads it on its board and in its mail."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.steps import Person, open_letter

CLASS = "Class 22"


def test_a_host_changes_its_seats(enter: Callable[[str], Person]) -> None:
    bruno, chiara = enter("Bruno Castelnau"), enter("Chiara Rossetti")
    bruno.goes_to("/i-mesc/partner/")
    bruno.follows("Seats")
    line = bruno.card(re.compile(CLASS)).get_by_role("row").filter(has_text="Thesis").first
    expect(line).to_contain_text("not yet")
    line.locator("summary").first.click()
    line.get_by_label("Least to open").fill("5")
    line.get_by_label("Seats", exact=True).fill("4")
    line.get_by_label("Note").fill("Two benches more than last year.")
    bruno.presses("Confirm these seats", within=line)
    bruno.sees("5 is the least, and there are 4 seats.")
    line.get_by_label("Least to open").fill("0")
    expect(line.get_by_label("Note")).to_have_value("Two benches more than last year.")
    bruno.presses("Confirm these seats", within=line)
    bruno.sees("Confirmed. The office sees it.", "Two benches more than last year.")

    open_letter(chiara, "chiara@amiens.example", "a host has changed its seats")
    chiara.goes_to("/i-mesc/office/tracks/")
    chiara.follows(CLASS)
    board = chiara.page.locator("table.seat-board")
    row = board.get_by_role("row").filter(has_text="TLS")
    expect(row.get_by_role("cell").last).to_contain_text(re.compile(r"of 4.*confirmed by the host"))
    chiara.sees("Two benches more than last year.")
    row.get_by_role("link").click()
    chiara.reads_title(re.compile("Toulouse"))
    with chiara.page.expect_download() as sheet:
        chiara.page.get_by_role("link", name="XLSX").click()
    assert sheet.value.suggested_filename == "i-mesc-TLS.xlsx"

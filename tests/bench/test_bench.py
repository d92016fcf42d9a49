"""The measuring itself: it runs, it compares like with like, and every row has its ratio."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

# Counting covered lines takes a third longer; what is covered here is covered elsewhere.
pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).resolve().parents[2]
READINGS = [
    f"{reading}{how}"
    for reading in (
        "reviewer of few: page and count",
        "reviewer of many: page and count",
        "reviewer of many: queue and count",
    )
    for how in ("", ", in the database", ", in the database, planned alike")
]
ROWS = [
    "who acts: coordinator",
    "who acts: reviewer",
    "context: SELECT 1 as an actor",
    "office: first 50 of a call by score",
    *READINGS,
    "office: that list as a page of HTML",
    "reviewer of many: that queue as a page of HTML",
    "submit a complete dossier",
    "journal: one entry, linked",
    "journal: 100 entries at once, linked",
    "verify the journal of one consortium",
    "place 50 students, 5 tracks",
    "place 500 students, 20 tracks",
    "place 500 students, 20 options, seats alone",
    "what-if over 500 students, 20 tracks",
    "certify and verify 500 students, 20 tracks",
    "grant 3 reviewers on 8 dossiers: rights",
    "grant 3 reviewers on 8 dossiers: act",
    "grant 3 reviewers on 8 dossiers: act and all it writes",
]
RATIO = re.compile(r"x\d+\.\d")


def bench(*options: str) -> tuple[list[str], list[list[str]], str]:
    """The head and the rows of the table it prints, and all it says."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--repeat=1", "--plans", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cells = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line] for line in cells]
    return head, rows, done.stdout


@pytest.mark.slow
def test_every_row_has_a_ratio():
    head, rows, said = bench("--consortia=2", "--dossiers=40", "--granted=8")
    assert [row[0] for row in rows] == ROWS
    ratio = head.index("ratio")
    assert [row[0] for row in rows if not RATIO.fullmatch(row[ratio])] == []
    assert "HiGHS" not in said.partition("| what")[0]
    assert said.count("on admissions_dossier (actual rows=") >= 2  # its plans


@pytest.mark.slow
def test_every_size_of_the_growth_run_has_its_ratios():
    head, rows, said = bench("--growth", "--consortia=3", "--totals", "50", "90", "--busy=20")
    assert head[:3] == ["what", "50", "90"]
    places = ("growing call", "busy call")
    assert [row[0] for row in rows] == [f"{at}, {what}" for at in places for what in READINGS]
    measured = [head.index(name) for name in ("50", "90", "ours grew", "bare grew")]
    assert [row[0] for row in rows if not all(RATIO.match(row[at]) for at in measured)] == []
    assert said.count("on admissions_dossier (actual rows=") >= 2  # its plans
    assert "50 dossiers, " in said

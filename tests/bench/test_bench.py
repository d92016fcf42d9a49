"""The measuring itself: it runs, it compares like with like, and every row has its ratio."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    "who acts: coordinator",
    "who acts: reviewer",
    "context: SELECT 1 as an actor",
    "office: first 50 of a call by score",
    "reviewer of few: page of 50 and count",
    "reviewer of many: page of 50 and count",
    "office: that list as a page of HTML",
    "submit a complete dossier",
    "journal: one entry, linked",
    "journal: 100 entries at once, linked",
    "verify the journal of one consortium",
    "place 30 students, 5 hosts",
    "place 500 students, 20 hosts",
    "place 50 students, 5 equal groups",
]


@pytest.mark.slow
def test_every_row_has_a_ratio():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--consortia=2", "--dossiers=40", "--repeat=1", "--plans"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cells = [line.split("|")[1:-1] for line in done.stdout.splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line] for line in cells]
    assert [row[0] for row in rows] == ROWS
    ratio = head.index("ratio")
    assert [row[0] for row in rows if not re.fullmatch(r"x\d+\.\d", row[ratio])] == []
    assert "HiGHS" not in done.stdout.partition("| what")[0]
    assert done.stdout.count("using dossier_list") == 4

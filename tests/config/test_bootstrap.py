import ast
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from config import installation, installers, lock
from config.steps import step

ROOT = Path(__file__).resolve().parents[2]
OLD = "import sys, runpy; sys.version_info = (3, 9, 1); runpy.run_module('config.bootstrap')"


def test_an_old_python_is_told_what_to_do(python: Callable[..., subprocess.Popen[str]]) -> None:
    with python("-c", OLD) as process:
        said, _ = process.communicate()
    assert process.returncode == 1
    assert said.startswith("Itinera needs Python 3.11 or newer; this is 3.9. Install")
    assert "make demo PYTHON=python3.12" in said


def test_old_pythons_can_read_the_door() -> None:
    source = (ROOT / "config" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 4))
    assert (ROOT / "config" / "__init__.py").read_text() == ""


def test_the_lock_names_no_place_and_hashes_everything() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"://|--index|--find-links|@ ", text)
    for block in lock._blocks(text):
        assert re.match(r"[a-z0-9.-]+==\S+( ; .*)? \\\n +--hash=sha256:", block), block[:60]


def test_the_lock_has_a_part_for_running_and_one_for_working_on_it() -> None:
    runtime = installation.part("runtime")
    assert "\ndjango==" in runtime
    assert "\npytest==" not in runtime
    assert installation.part("development").startswith(runtime)
    assert "\npytest==" in installation.part("development")
    assert "\nuv==" in installation.part("development")


def test_sorting_by_need_keeps_every_line() -> None:
    everything = "a==1 \\\n    --hash=x\nb==2 ; mark \\\n    --hash=y\nc==3 \\\n    --hash=z\n"
    found = lock._sorted_by_need(everything, {"a", "c"})
    first, _, then = found.partition(installation.DEVELOPMENT + "\n")
    assert first == "a==1 \\\n    --hash=x\nc==3 \\\n    --hash=z\n"
    assert then == "b==2 ; mark \\\n    --hash=y\n"


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("error: No space left on device (os error 28)", "The disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one the lock names"),
        ("Temporary failure in name resolution", "could not be reached"),
        ("[Errno 13] Permission denied: 'x'", "owns the project folder"),
        ("No module named 'ensurepip'", "apt install python3-venv"),
        ("something else", "could not be installed"),
    ],
)
def test_failures_are_explained_and_shown(output: str, sentence: str) -> None:
    refusal = str(installers.explained(output))
    assert sentence in refusal
    assert output in refusal


def test_a_full_disk_is_noticed_before_anything_is_downloaded() -> None:
    with pytest.raises(installers.Refusal, match="needs about 999999999 MiB"):
        installation._refuse_full_disk(999_999_999)


def test_a_matching_stamp_is_the_whole_second_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "VENV", tmp_path)
    monkeypatch.setattr(installation, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(installation, "_refuse_full_disk", lambda needed: pytest.fail("installs"))
    (tmp_path / "python").touch()
    digest = installation.hashlib.sha256(installation.part("runtime").encode()).hexdigest()
    (tmp_path / "itinera-runtime").write_text(digest)
    installation.ensure("runtime")


def test_a_step_says_how_long_it_took_and_whether_it_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with step("Database") as now:
        now.progress(1, 2)
        now.note = "was running"
    with pytest.raises(ZeroDivisionError), step("Tables"):
        1 / 0  # noqa: B018  # to fail
    first, second = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"  Database +\d+\.\d s  was running", first)
    assert re.fullmatch(r"  Tables +\d+\.\d s  failed", second)

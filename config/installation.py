"""`.venv` and what is in it. Standard library only: nothing is installed yet when this runs."""

# ruff: noqa: S603, S606, T201 - it prints, and runs only commands written here

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from config import installers
from config.installers import Refusal
from config.steps import step

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
DEVELOPMENT = "# --- development ---"
SPACE = {
    "runtime": 800,
    "development": 1600,
}  # MiB: measured, doubled for downloads and the database


def main(arguments: list[str]) -> int:
    """Install what is missing and become the module named in `arguments`.

    Returns only to refuse: a code for the shell.
    """
    section = "runtime"
    if arguments[:1] == ["--dev"]:
        section, arguments = "development", arguments[1:]
    try:
        os.chdir(ROOT)
        ensure(section)
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on where this one was.", file=sys.stderr)
        return 130
    return os.execv(PYTHON, [str(PYTHON), "-m", *arguments])


def ensure(section: str) -> None:
    """Bring `.venv` to what the lock says; at once when the stamp says so."""
    lock = part(section)
    stamp = VENV / f"itinera-{section}"
    digest = hashlib.sha256(lock.encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    _refuse_full_disk(SPACE[section])
    try:
        _make_venv()
        with step(f"Packages, {section}") as now:
            installers.install(lock, VENV, now, total=_count(lock))
        stamp.write_text(digest)
    except OSError as error:
        raise installers.explained(str(error)) from error


def part(section: str) -> str:
    """The lines of the lock for running, or all of them for working on the project."""
    text = LOCK.read_text()
    return text.partition(DEVELOPMENT)[0] if section == "runtime" else text


def _make_venv() -> None:
    """Without pip: unpacking it takes longer than everything else, and uv does not need it."""
    if _works():
        return
    with step(f"Environment, Python {sys.version_info[0]}.{sys.version_info[1]}"):
        shutil.rmtree(VENV, ignore_errors=True)
        venv.create(VENV, with_pip=False, symlinks=True)


def _works() -> bool:
    """False also after the interpreter it was made from was removed."""
    try:
        return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _count(lock: str) -> int:
    lines = [line for line in lock.splitlines() if "==" in line and "win32" not in line]
    return len({re.split(r"[=\[ ;]", line)[0] for line in lines})


def _refuse_full_disk(needed: int) -> None:
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < needed:
        raise Refusal(
            f"The first start needs about {needed} MiB; the disk of {ROOT} has {free} MiB free. "
            "Make room, then start again."
        )

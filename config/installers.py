"""Installing from the lock: uv when it can be had, else pip. Both check every hash."""

# ruff: noqa: S603 - only commands written here

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from config.steps import Step

QUIET_PIP = ("--disable-pip-version-check", "--no-input", "--retries", "1")
CHECKED = ("--require-hashes", "--no-deps")

DISK = r"No space left|os error 28|Errno 28|quota exceeded"
HASHES = r"DO NOT MATCH THE HASHES|Hash mismatch"
NETWORK = (
    r"name resolution|resolve host|dns error|unreachable|Connection|timed out"
    r"|error sending request|Failed to fetch|Could not find a version"
)
RIGHTS = r"Permission denied|Errno 13"
NO_PIP = r"No module named '?(ensurepip|pip)"
CAUSES = {
    DISK: "The disk is full. Make room (about 1 GiB), then start again; what is there is kept.",
    HASHES: "A downloaded package is not the one the lock names, so it was not installed. "
    "Ask whoever runs your package mirror, or try from another network.",
    NETWORK: "The package index could not be reached. The first start downloads about 100 MB: "
    "check the network, or set the proxy (HTTPS_PROXY) or mirror (PIP_INDEX_URL) it asks for.",
    RIGHTS: "A file could not be written. Start as the account that owns the project folder.",
    NO_PIP: "This Python came without pip. Debian, Ubuntu: apt install python3-venv. "
    "Fedora: dnf install python3-pip. Or install uv and put it on the PATH.",
}


class Refusal(Exception):  # noqa: N818 - not a fault of the program
    """Why the start cannot go on, in a sentence that says what to do."""


def explained(output: str) -> Refusal:
    """The cause in plain words where it is known, with the tool's own last lines beneath."""
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-6:])
    for pattern, sentence in CAUSES.items():
        if re.search(pattern, output, re.IGNORECASE):
            return Refusal(f"{sentence}\n{tail}")
    return Refusal(f"The packages could not be installed:\n{tail}")


def install(lock: str, venv: Path, now: Step, *, total: int) -> None:
    """Install exactly what `lock` names into `venv`. Raises Refusal.

    uv takes a third of pip's time, but knows nothing of pip's configuration: behind a mirror it
    fails and pip succeeds.
    """
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text(lock)
        python = venv / "bin" / "python"
        if uv := _uv(venv, Path(folder)):
            command = [uv, "pip", "install", "--python", str(python), *CHECKED, "-r", str(wanted)]
            code, output = _watched(command, venv, now, total)
            if code == 0:
                return
            if re.search(DISK, output):
                raise explained(output)
        pip = [*_pip(python), "install", "--no-compile", *QUIET_PIP, *CHECKED, "-r", str(wanted)]
        code, output = _watched(pip, venv, now, total)
        now.note = "with pip"
        if code:
            raise explained(output)


def find_uv(venv: Path) -> str | None:
    places = (shutil.which("uv"), venv / "bin" / "uv", venv / "installer" / "bin" / "uv")
    return next((str(place) for place in places if place and Path(place).exists()), None)


def _uv(venv: Path, folder: Path) -> str | None:
    """A uv that is there, or the one the lock names, brought by the interpreter's own pip."""
    if there := find_uv(venv):
        return there
    block = re.search(r"^uv==(?:.*\\\n)*.*$", Path("requirements.lock").read_text(), re.MULTILINE)
    if not block:
        return None
    wanted = folder / "uv.txt"
    wanted.write_text(block[0])
    target = ["--target", str(venv / "installer"), "--no-compile"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        *target,
        *QUIET_PIP,
        *CHECKED,
        "-r",
        str(wanted),
    ]
    subprocess.run(command, capture_output=True, check=False)
    return find_uv(venv)


def _pip(python: Path) -> list[str]:
    """The command of a pip that installs into the environment of `python`. Raises Refusal."""
    inside = [str(python), "-m", "pip"]
    outside = [sys.executable, "-m", "pip", "--python", str(python)]
    if _runs([*inside, "--version"]) or _runs([str(python), "-m", "ensurepip", "--default-pip"]):
        return inside
    if _runs([*outside, "--version"]):
        return outside
    raise explained("No module named 'ensurepip'")


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _watched(command: list[str], venv: Path, now: Step, total: int) -> tuple[int, str]:
    """Run while the bar counts the packages that have arrived. Returns code and output."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            while process.poll() is None:
                now.progress(sum(1 for _ in venv.glob("lib/*/site-packages/*.dist-info")), total)
                time.sleep(0.2)
        finally:
            process.kill()
            process.wait()
        said.seek(0)
        return process.returncode, said.read()

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.postgres import Server, cluster

ROOT = Path(__file__).resolve().parents[2]
COSTLY = "PYTHONDONTWRITEBYTECODE"  # every process would compile every import again


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder with a space in its name that the server's account may pass through.

    Not tmp_path: that one is closed to `nobody`, who runs the server when root runs the tests.
    """
    base = Path(tempfile.mkdtemp(prefix="itinera test "))
    base.chmod(0o755)
    try:
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    with passable_folder() as base:
        yield base


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with cluster(throwaway=True) as running:
        yield running


@pytest.fixture
def python() -> Callable[..., subprocess.Popen[str]]:
    """Run Python from the project's root, or from another one, with its output in a pipe."""

    def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if name != COSTLY}
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=cwd,
            env={**inherited, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return run


def processes(mention: object) -> list[str]:
    """The processes of this machine whose command line mentions it."""
    said = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True)
    return [line for line in said.stdout.splitlines() if str(mention) in line]


def eventually(check: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.05)
    return False

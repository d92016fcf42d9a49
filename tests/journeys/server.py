"""The demo as a visitor starts it: a process of its own, with a folder of its own, until the end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from demo import children
from demo import port as ports
from tests.config.conftest import ROOT, eventually, passable_folder, processes

READY = re.compile(r"Itinera is at (http://\S+)/")
PATIENCE = 600.0
# What tests/settings.py puts into the environment; the demo must not take it for its own.
OURS = re.compile(r"DATABASE_.*|ITINERA_TEST_.*|ITINERA_ENV|SECRET_KEY|DJANGO_.*|LOG_LEVEL|VAR_DIR")


@dataclass(frozen=True)
class Demo:
    """A running demonstration: its address, its folder, and how long it took to start."""

    url: str
    folder: Path
    seconds: float


@contextmanager
def running_demo() -> Iterator[Demo]:
    """From nothing to ready, and back: at the end no process of it is left."""
    with passable_folder() as folder:
        begun, port = time.monotonic(), _free_port()
        log = folder / "said.txt"
        process = _start(port, folder, log)
        try:
            url = _said_ready(process, log)
            assert _status(port, "/readyz") == 200
            yield Demo(url, folder, time.monotonic() - begun)
        finally:
            family = [process.pid, *_descendants(process.pid)]
            process.send_signal(signal.SIGTERM)
            code = _end_of(process)
        assert (code, log.read_text().rstrip().splitlines()[-1].strip()[:8]) == (0, "Stopped.")
        assert eventually(lambda: not _alive(family) and not processes(folder)), processes(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ports.HOST, 0))
        return int(probe.getsockname()[1])


def _start(port: int, folder: Path, log: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not OURS.fullmatch(name)}
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "demo", "--port", str(port), "--fresh"],
            cwd=ROOT,
            env={**environment, "VAR_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=children._not_outliving(),  # noqa: PLW1509 - pytest has no threads here
        )


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Its code; one that does not end in a minute is ended."""
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _said_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address of the line that says so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := READY.search(log.read_text()):
            return found[1]
        time.sleep(0.2)
    process.kill()
    pytest.fail(f"The demo did not start:\n{log.read_text()[-3000:]}")


def _status(port: int, path: str) -> int:
    connection = HTTPConnection(ports.HOST, port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def _descendants(pid: int) -> list[int]:
    said = subprocess.run(
        ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    children: dict[int, list[int]] = {}
    for line in said.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, waiting = [], [pid]
    while waiting:
        mine = children.get(waiting.pop(), [])
        found += mine
        waiting += mine
    return found


def _alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists()]

"""The demo's long-running processes: started, watched, stopped, none left behind."""

# ruff: noqa: S603 - only commands written here

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

GRACE = 10.0
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def code(self) -> int | None:
        return self.process.poll()


def spawn(name: str, command: Sequence[str], log: Path, environment: Mapping[str, str]) -> Child:
    """Start in a session of its own: Ctrl-C reaches only us, and we end the others in order."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
            preexec_fn=_not_outliving(),  # noqa: PLW1509 - no threads here
        )
    return Child(name, log, process)


def stop(children: Sequence[Child]) -> None:
    """SIGTERM to all, ten seconds to finish what they do, then SIGKILL to whole groups."""
    for child in children:
        if child.code is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        _kill_group(child.process.pid)
        child.process.wait()


def fallen(children: Sequence[Child]) -> Child | None:
    return next((child for child in children if child.code is not None), None)


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log, indented to stand under a sentence."""
    text = log.read_text(errors="replace").rstrip().splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in text)


def _kill_group(pid: int) -> None:
    """Also what a child left behind: it led its own group, whose number is its pid."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _not_outliving() -> Callable[[], object] | None:
    """On Linux, ask the kernel to end the child when we die by SIGKILL."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(DIE_WITH_PARENT, signal.SIGTERM)

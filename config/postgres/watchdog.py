"""A process that stops the server when the one that started it dies without a word.

SIGKILL runs no handler and no atexit; the watchdog notices that its standard input ends.
"""

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

from config.postgres import account as accounts
from config.postgres import postmaster

ROOT = Path(__file__).resolve().parents[2]
DISMISSED = b"."


def watch(pid: int, data: Path, pg_ctl: Path, remove: Path | None) -> subprocess.Popen[bytes]:
    """Watch over server `pid` for this process; `remove` is the folder to delete with it."""
    command = [sys.executable, "-m", "config.postgres", "guard"]
    command += [str(part) for part in (os.getpid(), pid, data, pg_ctl, remove) if part]
    # A session of its own: Ctrl-C in the terminal must reach only the process that can say goodbye.
    return subprocess.Popen(  # noqa: S603  # our own module
        command, stdin=subprocess.PIPE, cwd=ROOT, start_new_session=True
    )


def dismiss(dog: subprocess.Popen[bytes]) -> None:
    """The server was stopped properly: let the watchdog go, and see it gone."""
    try:
        dog.communicate(DISMISSED, timeout=5)
    except (BrokenPipeError, subprocess.TimeoutExpired):
        dog.kill()
        dog.wait()


def guard(parent: int, pid: int, data: Path, pg_ctl: Path, remove: Path | None) -> None:
    """What the watchdog's own process does until it is dismissed or its parent is gone."""
    if _dismissed(parent):
        return
    found = postmaster.alive(data)
    if found and found.pid == pid:  # never a server that somebody else started since
        mode = "immediate" if remove else "fast"
        postmaster.halt(data, pg_ctl, accounts.current(), mode=mode)
    if remove:
        shutil.rmtree(remove, ignore_errors=True)


def _dismissed(parent: int) -> bool:
    """Block until told to go (true) or until the parent is dead (false).

    The end of the pipe is not enough: a process forked from the parent may hold it open.
    """
    while os.getppid() == parent:
        readable, _, _ = select.select([sys.stdin], [], [], 1.0)
        if readable:
            return os.read(sys.stdin.fileno(), 1) == DISMISSED
    return False

"""One demo per folder: the second one says where the first one is."""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):  # noqa: N818 - not a fault
    """Where the running one is and how to stop it."""


@contextmanager
def only_one(folder: Path, url: str) -> Iterator[None]:
    """Hold the folder's lock for the block. Raises AlreadyRunning.

    The kernel drops the lock with the process, however it ends: there is no stale lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(_sentence(lock.read())) from None
        lock.truncate(0)
        json.dump({"pid": os.getpid(), "url": url}, lock)
        lock.flush()
        yield


def end(folder: Path) -> bool:
    """Ask the running demo of this folder to stop and wait until it has; false when none runs."""
    path = folder / "demo.lock"
    if not path.exists():
        return False
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            os.kill(int(json.loads(lock.read())["pid"]), signal.SIGTERM)
            fcntl.flock(lock, fcntl.LOCK_EX)
            return True
    return False


def _sentence(said: str) -> str:
    try:
        first = json.loads(said)
    except ValueError:
        return "Itinera is already starting from this folder."
    return (
        f"Itinera is already running: {first['url']} (process {first['pid']}). "
        f"Stop it with Ctrl-C where it runs, or with: kill {first['pid']}"
    )

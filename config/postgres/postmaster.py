"""One data directory's server process: is it alive, start it, stop it."""

# ruff: noqa: S603 - only commands written here

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.postgres.account import Account
from config.postgres.errors import PostgresError

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What `postmaster.pid` says: pid, data, start, port, sockets, address, memory, state."""

    pid: int
    sockets: Path
    ready: bool


def alive(data: Path) -> Postmaster | None:
    """The live server of exactly this data directory. A stale file whose pid was reused is none."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = int(lines[0])
    except (OSError, ValueError, IndexError):
        return None
    if str(data) not in _command_line(pid):
        return None
    lines += [""] * (8 - len(lines))
    return Postmaster(pid, Path(lines[4]), ready=lines[7].strip() == "ready")


def settled(data: Path) -> Postmaster | None:
    """Like `alive`, but waits while the server is on its way up or down."""
    deadline = time.monotonic() + PATIENCE
    while (found := alive(data)) and not found.ready:
        if time.monotonic() > deadline:
            raise PostgresError(
                "A database server that starts or stops must finish.",
                f"Process {found.pid} has been at it for a minute.",
                f"Look at {data / 'server.log'}, end the process, and start again.",
            )
        time.sleep(0.05)
    return found


def launch(data: Path, pg_ctl: Path, account: Account) -> Postmaster:
    """Start and wait until connections are accepted. Raises PostgresError with the log's end."""
    log = data / "server.log"
    try:
        done = account.run(
            pg_ctl, "start", "-w", "-s", "-t", f"{PATIENCE:.0f}", "-D", data, "-l", log
        )
        found = settled(data)
    except BaseException:  # interrupted half-way: the server may be up although we never saw it
        halt(data, pg_ctl, account)
        raise
    if done.returncode or not found:
        raise PostgresError(
            "The database server must start.",
            f"It did not: {_tail(log) or done.stderr.strip()}",
            f"The whole log is {log}.",
        )
    return found


def halt(data: Path, pg_ctl: Path, account: Account, *, mode: str = "fast") -> None:
    """Stop and wait until the process is gone. Nothing happens when none is running."""
    if not alive(data):
        return
    wait = ("-w", "-s", "-t", f"{PATIENCE:.0f}")
    done = account.run(pg_ctl, "stop", *wait, "-m", mode, "-D", data)
    if found := alive(data):
        raise PostgresError(
            "The database server must stop when asked.",
            f"Process {found.pid} did not: {done.stderr.strip()}",
            f"Look at {data / 'server.log'} and end the process by hand.",
        )


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        if Path("/proc/self").is_dir():
            return ""
    asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def _tail(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    except OSError:
        return ""
